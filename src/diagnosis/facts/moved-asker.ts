import { EXCHANGE_V2 } from "../../ike/registries/exchanges.js";
import type { Sighting } from "../../session/model.js";
import type { TunnelContext } from "../context.js";
import { onceInTurn } from "../once.js";
import { isMoved, type Unanswered, unansweredLater } from "./unanswered.js";

interface MovedAsker extends Unanswered {
  /** The first request that came from the new address. */
  readonly moved: Sighting;
}

/** An INFORMATIONAL of a peer that went on with its IKE SA from another address (RFC 4555), never answered there. */
export const movedAsker = onceInTurn((context: TunnelContext): MovedAsker | null => {
  const last = unansweredLater(
    context,
    ({ exchangeType }, _request, { sa }) =>
      sa.majorVersion === 2 && exchangeType === EXCHANGE_V2.INFORMATIONAL,
  ).findLast((found) => isMoved(context, found));
  const moved = last?.request.sightings.find(({ source }) => source.address !== last.asker.address);
  return last === undefined || moved === undefined ? null : { ...last, moved };
});

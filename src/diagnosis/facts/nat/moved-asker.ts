import { sightingsOf } from "../../../session/sightings.js";
import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import type { Sighting } from "../../../session/model.js";
import type { TunnelContext } from "../../context.js";
import { onceInTurn } from "../../once.js";
import { canonicalOf } from "../sides.js";
import { type Unanswered, unansweredLater } from "../silence/unanswered.js";

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

/**
 * The request comes from another address than the asker had, and the other side never sent anything there: MOBIKE (RFC 4555),
 * or a NAT device that changed. Where it had followed, the move is not what fails.
 */
export function isMoved({ tunnel }: TunnelContext, { request, asker, setup, firstTry }: Unanswered): boolean {
  const there = request.sightings.find(({ source: { address } }) =>
    tunnel.aliases.some(
      (alias) => alias.kind === "moved" && alias.address === address && alias.standsFor === asker.address,
    ),
  )?.source.address;
  if (there === undefined) return false;
  const sent = sightingsOf(setup.sa).filter(({ time }) => time < firstTry);
  const left = Math.max(
    ...sent.flatMap(({ source, time }) =>
      source.address !== there && canonicalOf(tunnel, source.address) === asker.address ? [time] : [],
    ),
  );
  const byIke = sent.some(({ destination, time }) => destination.address === there && time > left);
  return (
    !byIke && !tunnel.streams.some((stream) => stream.destination === there && stream.firstTime < firstTry)
  );
}

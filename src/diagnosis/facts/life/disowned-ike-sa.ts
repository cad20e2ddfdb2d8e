import { NOTIFY_V2 } from "../../../ike/registries/notify-v2.js";
import { notifiesOf } from "../../../session/payloads.js";
import { firstSighting } from "../../../session/sightings.js";
import type { Exchange, Sighting } from "../../../session/model.js";
import type { Setup, TunnelContext } from "../../context.js";

/** A request on an IKE SA that was up, answered in clear with INVALID_IKE_SPI. */
export interface DisownedIkeSa {
  readonly setup: Setup;
  readonly denied: Exchange;
  readonly answer: Sighting;
}

/** The last IKE SA that the peer says not to know any more (RFC 7296 2.21.4); null where none is. */
export function disownedIkeSa(context: TunnelContext): DisownedIkeSa | null {
  for (const setup of context.setups.toReversed()) {
    const { sa, progress } = setup;
    // INVALID_IKE_SPI right after the opening is a matter of load balancers: only an SA that was up can be forgotten.
    if (sa.majorVersion !== 2 || (progress.upAt === null && sa.startSeen)) continue;
    const denied = progress.later.find(({ response }) =>
      notifiesOf(response?.message).some(({ notifyType }) => notifyType === NOTIFY_V2.INVALID_IKE_SPI),
    );
    const answer = firstSighting(denied?.response ?? null);
    if (denied !== undefined && answer !== undefined) return { setup, denied, answer };
  }
  return null;
}

import { NOTIFY_V1 } from "../../../ike/registries/notify-v1.js";
import { NOTIFY_V2 } from "../../../ike/registries/notify-v2.js";
import { notifyName } from "../../../ike/registries/notify.js";
import { notifiesOf } from "../../../session/payloads.js";
import { firstSighting, sightingsOf } from "../../../session/sightings.js";
import type { Sighting, Transmission } from "../../../session/model.js";
import type { Setup, TunnelContext } from "../../context.js";

/** An IKE SA that was up, of which a peer says in clear that it does not know it. */
export interface DisownedIkeSa {
  readonly setup: Setup;
  /** The message that says so. */
  readonly answer: Sighting;
  /** The last message of the other side before it; undefined where the capture holds none. */
  readonly asked: Sighting | undefined;
  /** Name of the notify. */
  readonly notify: string;
}

/** The notify that says so: INVALID_IKE_SPI (RFC 7296 2.21.4), in IKEv1 INVALID-COOKIE (RFC 2408 5.2). */
const UNKNOWN_SA = { 1: NOTIFY_V1.INVALID_COOKIE, 2: NOTIFY_V2.INVALID_IKE_SPI } as const;

/** The last IKE SA that the peer says not to know any more; null where none is. */
export function disownedIkeSa(context: TunnelContext): DisownedIkeSa | null {
  for (const setup of context.setups.toReversed()) {
    const { sa, progress } = setup;
    // Right after the opening it is a matter of load balancers: only an SA that was up can be forgotten.
    if (progress.upAt === null && sa.startSeen) continue;
    const said = progress.later
      .map(({ request, response }) => (sa.majorVersion === 2 ? response : request))
      .find((message) => saysUnknown(sa.majorVersion, message));
    const answer = firstSighting(said ?? null);
    if (answer === undefined) continue;
    const asked = sightingsOf(sa)
      .filter(({ source, time }) => source.address !== answer.source.address && time <= answer.time)
      .toSorted((a, b) => a.time - b.time)
      .at(-1);
    return { setup, answer, asked, notify: notifyName(sa.majorVersion, UNKNOWN_SA[sa.majorVersion]) };
  }
  return null;
}

function saysUnknown(version: 1 | 2, message: Transmission | null): boolean {
  return notifiesOf(message?.message).some(({ notifyType }) => notifyType === UNKNOWN_SA[version]);
}

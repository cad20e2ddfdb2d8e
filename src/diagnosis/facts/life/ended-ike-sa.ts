import type { Micros } from "../../../bytes/time.js";
import { EXCHANGE_V1, EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import type { Exchange, IkeSa } from "../../../session/model.js";
import { deleteIkeLength } from "../../../session/short-messages.js";
import { firstTimeOf } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import { deletedV1, deleteLike, PAST_ANNOUNCEMENTS_US } from "./ike-delete.js";
import { deletesReplacedIkeSa } from "./replaced-ike-sa.js";
import { lastExchange } from "./setups.js";

/** Re-authentication deletes the IKE SA before, and begins the next one at once, or the reverse (RFC 7296 section 2.8.3). */
const AT_ONCE: Micros = 2_000_000;

/**
 * How an IKE SA that was up ended by its own messages: `deleted`, or `replaced` by a younger one of the same client. Null where nothing
 * shows an end: then two IKE SAs may be up side by side.
 */
export function endOfIkeSa(context: TunnelContext, setup: Setup): "deleted" | "replaced" | null {
  const { sa, progress } = setup;
  const upAt = progress.upAt ?? sa.firstTime;
  const younger = context.setups.filter((other) => other.sa.id !== sa.id && other.sa.firstTime > upAt);
  const isReplaced = younger.some((other) => other.progress.state === "up");
  const last = lastExchange(sa);
  const isDeleted = sa.majorVersion === 1 ? isDeletedV1(setup, younger) : isDeletedV2(setup, last, younger);
  if (isDeleted) return isReplaced ? "replaced" : "deleted";
  // IKEv1 goes on with the newest phase 1, whether the one before is deleted or left to expire.
  return sa.majorVersion === 1 && younger.some((other) => isLeftFor(setup, other)) ? "replaced" : null;
}

function isLeftFor({ sa }: Setup, { progress }: Setup): boolean {
  return progress.state === "up" && progress.upAt !== null && sa.lastTime <= progress.upAt + AT_ONCE;
}

function isDeletedV1(setup: Setup, younger: readonly Setup[]): boolean {
  if (deletedV1(setup) !== null) return true;
  const last = lastExchange(setup.sa);
  if (last?.exchangeType !== EXCHANGE_V1.INFORMATIONAL || last.response !== null) return false;
  const time = firstTimeOf(last.request);
  return younger.some(({ sa }) => sa.startSeen && sa.firstTime >= time && sa.firstTime <= time + AT_ONCE);
}

/** Its last exchange is as long as Delete(IKE), and a rekey or another setup of the client stands right beside it. */
function isDeletedV2(setup: Setup, last: Exchange | undefined, younger: readonly Setup[]): boolean {
  if (last?.request == null || last.response === null) return false;
  if (last.exchangeType !== EXCHANGE_V2.INFORMATIONAL) return false;
  const { fits, certain } = deleteIkeLength(last.request.message, setup.progress.suite);
  if (fits && deletesReplacedIkeSa(setup, last)) {
    // A block cipher hides whether it was the IKE SA or a Child SA: messages of its successor tell.
    return certain || younger.some(({ sa }) => !sa.startSeen);
  }
  const time = deleteLike(setup, last, PAST_ANNOUNCEMENTS_US.surely)?.time ?? null;
  if (time === null) return false;
  return younger.some(
    ({ sa, progress }) =>
      sa.startSeen && time >= sa.firstTime - AT_ONCE && time <= (progress.upAt ?? sa.firstTime) + AT_ONCE,
  );
}

/** Whether a request on an IKE SA was answered after `time`. */
export function isAnsweredAfter({ exchanges }: IkeSa, time: Micros): boolean {
  return exchanges.some(({ response }) => response !== null && firstTimeOf(response) > time);
}

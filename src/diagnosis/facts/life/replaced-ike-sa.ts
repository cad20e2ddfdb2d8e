import type { Micros } from "../../../bytes/time.js";
import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import type { Exchange } from "../../../session/model.js";
import { firstTimeOf, lastTimeOf } from "../../../session/sightings.js";
import type { Setup } from "../../context.js";
import { creationsOf } from "../child/first-child.js";

/** A rekey is followed by the Delete of what it replaced at once (RFC 7296 section 2.8); liveness checks wait for a second at least. */
const AT_ONCE: Micros = 500_000;

/**
 * Whether `exchange` looks like the Delete of the IKE SA that its asker has just rekeyed: the next request behind a CREATE_CHILD_SA
 * whose answer is as long as what it answers. Both hold SA, nonce and key exchange then; the request for a Child SA in place of another
 * names that one, and its answer does not (RFC 7296 section 1.3). A peer that has answered such a Delete forgets the SA, and ignores
 * its repeats.
 */
export function deletesReplacedIkeSa(
  setup: Setup,
  { exchangeType, startedBy, messageId, request }: Exchange,
): boolean {
  if (exchangeType !== EXCHANGE_V2.INFORMATIONAL) return false;
  return creationsOf(setup).some(
    (made) =>
      made.startedBy === startedBy &&
      made.messageId === messageId - 1 &&
      made.request?.message.header.length === made.response?.message.header.length &&
      firstTimeOf(request) - lastTimeOf(made.response) <= AT_ONCE,
  );
}

/** Whether CREATE_CHILD_SA rekeyed the IKE SA, as the Delete behind it tells. */
export function isIkeRekey(setup: Setup, made: Exchange): boolean {
  return setup.progress.later.some(
    (next) =>
      next.startedBy === made.startedBy &&
      next.messageId === made.messageId + 1 &&
      next.request !== null &&
      deletesReplacedIkeSa(setup, next),
  );
}

import type { Micros } from "../../../bytes/time.js";
import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import { firstTimeOf, lastTimeOf } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import { carriesEspAfter } from "../authentication/same-client.js";

/** An initiator says within this time that it does not accept the answer to IKE_AUTH, or ends what EAP came to; microseconds. */
const REFUSES: Micros = 5_000_000;

/**
 * Whether an IKE SA that looks up may have been refused by its initiator, and no length tells: the cipher or the round of IKE_AUTH is
 * not known, and all that follows the answer is one INFORMATIONAL of the initiator, soon, which a responder acknowledges also where
 * it says so (RFC 7296 2.21.2). ESP of the peers shows that it was not.
 */
export function mayBeRefused(context: TunnelContext, setup: Setup): boolean {
  const { suite, authClass, authentication, later } = setup.progress;
  const response = authentication.at(-1)?.response ?? null;
  const [only, ...more] = later;
  if (response === null || only?.request == null || more.length > 0) return false;
  return (
    (suite === null || authClass === "unknown") &&
    only.exchangeType === EXCHANGE_V2.INFORMATIONAL &&
    only.startedBy === "initiator" &&
    firstTimeOf(only.request) - lastTimeOf(response) < REFUSES &&
    !carriesEspAfter(context, setup, lastTimeOf(response))
  );
}

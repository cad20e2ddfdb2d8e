import { NOTIFY_V1 } from "../../../ike/registries/notify-v1.js";
import type { Exchange, Transmission } from "../../../session/model.js";
import { errorNotify } from "../../../session/payloads.js";
import { firstSighting, firstTimeOf } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";

/** A first message that was answered with a clear error notify of the wanted type. */
export interface Refusal {
  readonly setup: Setup;
  /** Which the first message belongs to; in IKEv1 the INFORMATIONAL itself, where the capture does not hold that message. */
  readonly exchange: Exchange;
  /** The message that carries the notify: the response, in IKEv1 an INFORMATIONAL of its own. */
  readonly answer: Transmission;
  readonly data: Uint8Array;
  readonly time: number;
}

/** IKEv1 notify types that refuse an identity, a key, a signature or a certificate (RFC 2408 3.14.1). */
export const AUTHENTICATION_REFUSALS_V1: readonly number[] = [17, 18, 20, 21, 22, 23, 24, 25, 28];

/** IKEv1 notify types about an SA that their sender does not have: alone they tell nothing of a setup, nor of a key. */
export const UNKNOWN_SA_ERRORS_V1: ReadonlySet<number> = new Set([
  NOTIFY_V1.INVALID_COOKIE,
  NOTIFY_V1.INVALID_MESSAGE_ID,
  NOTIFY_V1.INVALID_SPI,
]);

/** Clear refusals of a tunnel's setups with the given notify type, in order of time. */
export function refusalsOf(context: TunnelContext, typeV2: number, typeV1: number): Refusal[] {
  const refusals: Refusal[] = [];
  for (const setup of context.setups) {
    if (setup.sa.majorVersion === 2) addRefusalsV2(refusals, setup, typeV2);
    else addRefusalsV1(refusals, setup, typeV1);
  }
  return refusals;
}

function addRefusalsV2(refusals: Refusal[], setup: Setup, wanted: number): void {
  for (const exchange of setup.progress.opening) {
    const answer = exchange.response;
    const notify = errorNotify(answer);
    if (answer === null || notify?.notifyType !== wanted) continue;
    refusals.push({ setup, exchange, answer, data: notify.data, time: firstTimeOf(answer) });
  }
}

/** IKEv1 refuses phase 1 with an INFORMATIONAL in clear (RFC 2408 5.4), not with a response of the exchange. */
function addRefusalsV1(refusals: Refusal[], setup: Setup, wanted: number): void {
  const { opening, authentication, quick, later } = setup.progress;
  const asked = opening.at(-1);
  if (asked !== undefined && asked.response !== null) return;
  if (asked === undefined && authentication.length + quick.length > 0) return;
  for (const said of later) {
    const { startedBy, request: answer } = said;
    // The capture may hold nothing but the refusal.
    const exchange = asked ?? said;
    const notify = errorNotify(answer);
    if (answer === null || startedBy !== "responder" || notify?.notifyType !== wanted) continue;
    if (firstSighting(answer) === undefined) continue;
    refusals.push({ setup, exchange, answer, data: notify.data, time: firstTimeOf(answer) });
  }
}

import type { Micros } from "../../../bytes/time.js";
import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import { NOTIFY_V2 } from "../../../ike/registries/notify-v2.js";
import type { Transmission } from "../../../session/model.js";
import { notifiesOf } from "../../../session/payloads.js";
import { lastSighting } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import type { Rival } from "../../finding.js";
import { lostResponse } from "../silence/lost-response.js";
import { hidesPort4500 } from "../nat/port-4500-hidden.js";
import { silenceAfter } from "../silence/silence.js";

/** IKE_AUTH comes at once where it comes at all, behind the answers to IKE_INTERMEDIATE as well. */
const WAIT: Micros = 5_000_000;

/** Whether a setup stopped where USE_PPK was asked for and not agreed to, and the capture goes on long enough to say so. */
export function isPpkRefused(setup: Setup, context: TunnelContext): boolean {
  const { authentication } = setup.progress;
  const answer = lastSighting(lastAnswerOf(setup));
  if (!isPpkNotAgreed(setup) || answer === undefined) return false;
  if (authentication.some(({ exchangeType }) => exchangeType !== EXCHANGE_V2.IKE_INTERMEDIATE)) return false;
  return (
    !hidesPort4500(context) && lostResponse(setup, context) === null && silenceAfter(context, answer) >= WAIT
  );
}

/** The answer behind which the initiator gives up: to IKE_SA_INIT, or to the last IKE_INTERMEDIATE. */
export function lastAnswerOf({ progress: { authentication, chosen } }: Setup): Transmission | null {
  return (authentication.at(-1) ?? chosen)?.response ?? null;
}

/** The initiator asks for a PPK, and the whole answer has none. */
export function isPpkNotAgreed(setup: Setup): boolean {
  const response = setup.progress.chosen?.response ?? null;
  return asksForPpk(setup) && response !== null && response.message.problem === null && !carriesPpk(response);
}

/** The initiator asks for a PPK, the responder has none, and IKE_AUTH does not come. */
export const PPK_NOT_AGREED: Rival = {
  code: "ppk-mismatch",
  separatedBy: "the initiator's log: whether it gave up because the peer does not support PPK",
};

/** If both sides have one, a different key or identity looks like any failed authentication. */
export const PPK_DIFFERS: Rival = {
  code: "ppk-mismatch",
  separatedBy:
    "the responder's log: whether it knows the PPK identity that the initiator named, and has the same PPK for it",
};

export function asksForPpk({ progress: { chosen } }: Setup): boolean {
  return chosen !== null && carriesPpk(chosen.request);
}

function carriesPpk(transmission: Transmission | null): boolean {
  return notifiesOf(transmission?.message).some(({ notifyType }) => notifyType === NOTIFY_V2.USE_PPK);
}

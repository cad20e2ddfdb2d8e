import type { Micros } from "../../../bytes/time.js";
import { NOTIFY_V2 } from "../../../ike/registries/notify-v2.js";
import type { Transmission } from "../../../session/model.js";
import { lastSighting, lastTimeOf, notifiesOf } from "../../../session/progress.js";
import { type Setup, setupsIn, type TunnelContext, type TunnelRule } from "../../context.js";
import { attemptsText, evidenceOf } from "../../evidence.js";
import type { Rival } from "../../finding.js";
import { severityUnlessMended } from "../../facts/healing.js";
import { silenceAfter } from "../../facts/silence.js";
import { hidesPort4500 } from "../recording/capture-filter-blind.js";
import { isRefusedByIcmp } from "../../facts/icmp-errors.js";
import { lostResponse } from "../reachability/ike-response-lost.js";

/** IKE_AUTH comes at once where it comes at all. */
const WAIT: Micros = 5_000_000;

/**
 * The initiator asks for a post-quantum pre-shared key, the responder's IKE_SA_INIT does not agree, and the initiator does
 * not go on: RFC 8784 has it give up where the key is mandatory. Where it goes on, the key is optional and no fault.
 */
export const ppkMismatch: TunnelRule = (context) => {
  if (isRefusedByIcmp(context)) return null;
  const refused = setupsIn(context, "opening-answered").filter((setup) => isPpkRefused(setup, context));
  const last = refused.at(-1);
  const chosen = last?.progress.chosen;
  if (last === undefined || chosen?.response == null) return null;
  const { sa } = last;
  return {
    code: "ppk-mismatch",
    ...severityUnlessMended(context, last, lastTimeOf(chosen.response)),
    confidence: refused.length > 1 ? "likely" : "possible",
    provenance: "inferred",
    phase: "IKE_SA_INIT",
    headline: `${sa.initiator.address} wants a PPK (USE_PPK), ${sa.responder.address} does not, and the setup stops${attemptsText(refused)}`,
    summary: `${sa.initiator.address} sends USE_PPK in IKE_SA_INIT; the answer of ${sa.responder.address} goes on without it. IKE_AUTH, which must follow, never comes: an initiator whose post-quantum pre-shared key is mandatory gives up here.`,
    evidence: [
      ...evidenceOf(chosen.request, "IKE_SA_INIT request with USE_PPK", 1),
      ...evidenceOf(chosen.response, "IKE_SA_INIT response without USE_PPK; nothing follows", 1),
    ],
    rivals: [
      {
        code: "ike-auth-missing",
        separatedBy:
          "the initiator's log: it says that the peer does not support PPK, or it sent IKE_AUTH, which is lost",
      },
    ],
  };
};

/** Whether a setup stopped where USE_PPK was asked for and not agreed to, and the capture goes on long enough to say so. */
export function isPpkRefused(setup: Setup, context: TunnelContext): boolean {
  const { chosen } = setup.progress;
  const answer = lastSighting(chosen?.response ?? null);
  if (!asksForPpk(setup) || chosen?.response == null || answer === undefined) return false;
  if (carriesPpk(chosen.response) || setup.progress.authentication.length > 0) return false;
  return (
    !hidesPort4500(context) && lostResponse(setup, context) === null && silenceAfter(context, answer) >= WAIT
  );
}

/** Where both sides have one, a different key or identity looks like any failed authentication. */
export const PPK_DIFFERS: Rival = {
  code: "ppk-mismatch",
  separatedBy: "the responder's log: whether it knows the PPK identity that the initiator named",
};

export function asksForPpk({ progress: { chosen } }: Setup): boolean {
  return chosen !== null && carriesPpk(chosen.request);
}

function carriesPpk(transmission: Transmission | null): boolean {
  return notifiesOf(transmission?.message).some(({ notifyType }) => notifyType === NOTIFY_V2.USE_PPK);
}

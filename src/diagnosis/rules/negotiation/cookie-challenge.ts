import { carriesCookie } from "../../../session/progress.js";
import type { TunnelRule } from "../../context.js";
import { evidenceOf } from "../../evidence.js";

/** One COOKIE round, then normal. */
export const cookieChallenge: TunnelRule = ({ setups }) => {
  for (const { progress } of setups) {
    const round = progress.opening.find(({ response }) => carriesCookie(response));
    if (round === undefined || progress.chosen === null) continue;
    return {
      code: "cookie-challenge",
      confidence: "certain",
      provenance: "observed",
      phase: "IKE_SA_INIT",
      headline: "the responder asked for a cookie once",
      summary:
        "The responder answered the first IKE_SA_INIT with COOKIE; the initiator returned it and the setup went on.",
      evidence: evidenceOf(round.response, "COOKIE", 1),
    };
  }
  return null;
};

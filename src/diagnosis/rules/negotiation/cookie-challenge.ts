import { carriesCookie } from "../../../session/payloads.js";
import { evidenceOf } from "../../evidence.js";
import { defineRule } from "../../rule.js";

/** One COOKIE round, then normal. */
export const cookieChallenge = defineRule({
  code: "cookie-challenge",
  severity: "info",
  title: "The responder asked for a cookie before it went on",
  explanation:
    "A responder under load, or with a low threshold, makes the initiator prove its address. One round is normal.",
  signature: "COOKIE answers IKE_SA_INIT, the request comes again with that cookie, and goes on.",
  remedies: [
    "Nothing to do; if it happens all the time, look at the number of half-open IKE SAs of the responder.",
  ],
  commands: ["load", "halfOpen"],
  references: ["RFC 7296 section 2.6"],
  onlyWith: ["demand"],
  detect: ({ setups }) => {
    for (const { progress } of setups) {
      const round = progress.opening.find(({ response }) => carriesCookie(response));
      if (round === undefined || progress.chosen === null) continue;
      return {
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
  },
});

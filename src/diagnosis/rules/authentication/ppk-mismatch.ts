import { lastTimeOf } from "../../../session/sightings.js";
import { setupsIn } from "../../context.js";
import { attemptsText, evidenceOf } from "../../evidence.js";
import { severityUnlessMended } from "../../facts/life/healing.js";
import { isRefusedByIcmp } from "../../facts/icmp-errors.js";
import { isPpkRefused, lastAnswerOf } from "../../facts/authentication/ppk.js";
import { defineRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

/**
 * The initiator asks for a post-quantum pre-shared key, the responder's IKE_SA_INIT does not agree, and the initiator does
 * not go on: RFC 8784 has it give up where the key is mandatory. Where it goes on, the key is optional and no fault.
 */
export const ppkMismatch = defineRule({
  code: "ppk-mismatch",
  severity: "critical",
  title: "Only one side uses a post-quantum pre-shared key",
  explanation:
    "The initiator asks for a post-quantum pre-shared key (PPK) in the keys, the responder does not announce it, and the initiator stops there, as it must if the key is mandatory.",
  signature:
    "USE_PPK stands in the IKE_SA_INIT request and not in the accepted answer, and the initiator never sends IKE_AUTH.",
  remedies: [
    "Configure the same PPK and PPK identity at both ends.",
    "Or make it optional at the initiator.",
    "Check that the responder's version supports RFC 8784.",
  ],
  commands: ["ppk", "log"],
  references: ["RFC 8784 section 3"],
  detect: (context) => {
    if (isRefusedByIcmp(context)) return null;
    const refused = setupsIn(context, "opening-answered").filter((setup) => isPpkRefused(setup, context));
    const last = refused.at(-1);
    const chosen = last?.progress.chosen;
    if (last === undefined || chosen?.response == null) return null;
    const { sa } = last;
    const answer = lastAnswerOf(last);
    return {
      ...severityUnlessMended(context, last, lastTimeOf(answer)),
      confidence: refused.length > 1 ? "likely" : "possible",
      provenance: "inferred",
      phase: "IKE_SA_INIT",
      headline: say`${sa.initiator.address} asks for a PPK (USE_PPK), ${sa.responder.address} does not announce it, and the setup stops${attemptsText(refused)}`,
      summary: say`${sa.initiator.address} sends USE_PPK in IKE_SA_INIT; the answer of ${sa.responder.address} goes on without it. IKE_AUTH, which must follow, never comes: an initiator whose post-quantum pre-shared key is mandatory gives up here.`,
      evidence: [
        ...evidenceOf(chosen.request, "IKE_SA_INIT request with USE_PPK", 1),
        ...(answer === chosen.response
          ? evidenceOf(answer, "IKE_SA_INIT response without USE_PPK; nothing follows", 1)
          : [
              ...evidenceOf(chosen.response, "IKE_SA_INIT response without USE_PPK", 1),
              ...evidenceOf(answer, "IKE_INTERMEDIATE response; nothing follows", 1),
            ]),
      ],
      rivals: [
        {
          code: "ike-auth-missing",
          separatedBy:
            "the initiator's log: it says that the peer does not support PPK, or it sent IKE_AUTH, which is lost",
        },
      ],
    };
  },
});

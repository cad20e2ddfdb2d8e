import { leftAnswersVerdict } from "../../facts/authentication/left-answers.js";
import { leftFirstRound } from "../../facts/authentication/left-first-round.js";
import { rejectedMainMode6 } from "../../facts/authentication/rejected-main-mode.js";
import { rejectedResponse } from "../../facts/authentication/rejected-response.js";
import { AUTHENTICATION_OF_RESPONDER } from "../../facts/host/logged-subjects.js";
import { withLoggedCause } from "../../facts/host/told-cause.js";
import { defineRule } from "../../rule.js";

/**
 * A whole IKE_AUTH response, then at once from the initiator an INFORMATIONAL that holds one notify or delete, and nothing
 * more of that IKE SA, no ESP either.
 */
export const authenticationRejectedByInitiator = defineRule({
  code: "authentication-rejected-by-initiator",
  severity: "critical",
  title: "The initiator refuses the responder's authentication",
  explanation:
    "The responder accepted and sent a whole IKE_AUTH response; the initiator answers it at once with one notify or delete, or with nothing, and drops the IKE SA.",
  signature:
    "The responder's answer to IKE_AUTH is long enough for identity, AUTH and a Child SA; the initiator's next message is an INFORMATIONAL of one notify or delete at once, and no ESP follows. Or (possible) it leaves such answers without a word, uses none of these IKE SAs and begins anew: three setups in a row with equal requests on a back-off, or three with certificates in the answer, within two minutes each, or five without, within 30 s each; behind NAT three with equal requests, within two minutes each; or one alone with certificates in the answer and no room for any in the request, as with EAP, if nothing follows for 30 s where ESP would be seen. Or, in IKEv1, it meets each copy of Main Mode 6 with an INFORMATIONAL.",
  remedies: [
    "Read the initiator's log: it names the reason (no trusted certificate, constraint check, identity mismatch).",
    "Compare the identity that the responder sends with the one that the initiator expects.",
    "Install the CA of the responder's certificate at the initiator, and check its validity, subjectAltName and extended key usage.",
  ],
  commands: ["credentials", "log", "clock"],
  references: ["RFC 7296 section 2.21.2"],
  onlyWith: ["several-messages"],
  detect: (context) =>
    withLoggedCause(
      context,
      AUTHENTICATION_OF_RESPONDER,
      rejectedResponse(context) ??
        rejectedMainMode6(context) ??
        leftAnswersVerdict(context) ??
        leftFirstRound(context),
    ),
});

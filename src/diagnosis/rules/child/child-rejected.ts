import { deletedAtOnce } from "../../facts/child/deleted-at-once.js";
import { deletedAtOnceV1 } from "../../facts/child/deleted-at-once-v1.js";
import { REFUSED_FIRST_CHILD_REMEDIES } from "../../facts/child/child-refusal-texts.js";
import { refusedQuickModeVerdict } from "../../facts/child/quick-mode-refusal.js";
import { refusedByComparison } from "../../facts/child/refused-by-comparison.js";
import {
  refusedBehindAuthentication,
  refusedInAuthentication,
} from "../../facts/child/refused-first-child.js";
import { someRefused } from "../../facts/child/some-refused.js";
import { CHILD_ADDRESS } from "../../facts/host/logged-subjects.js";
import { loggedCauseAlone, withLoggedCause } from "../../facts/host/told-cause.js";
import { defineRule } from "../../rule.js";

/**
 * IKEv2: the answer to IKE_AUTH is too long for one notify, too short for SA and selectors, and no ESP follows. IKEv1:
 * quick mode 1 is answered with an INFORMATIONAL of the responder instead of quick mode 2.
 */
export const childRejected = defineRule({
  code: "child-rejected",
  severity: "critical",
  title: "The peers authenticate, but the Child SA is refused",
  explanation:
    "The IKE SA comes up, yet the SA that would carry traffic does not: its proposal or its traffic selectors are not accepted, or the responder has no inner address for a client that needs one.",
  signature:
    "IKEv2: the answer to IKE_AUTH is too long for one notify and too short for SA, TSi and TSr under the negotiated suite, and neither ESP nor another child follows; or the initiator deletes the Child SA right after that answer, before any ESP, and keeps the IKE SA. IKEv1: quick mode 1 is answered with an INFORMATIONAL instead of quick mode 2; or (suspected) one side deletes both phases within half a second of Quick Mode 3, before any ESP. The log of either end (`--with`) says it where no internal address was given.",
  remedies: REFUSED_FIRST_CHILD_REMEDIES,
  commands: ["child", "log"],
  references: ["RFC 7296 section 1.2", "RFC 7296 section 2.9", "RFC 2409 section 5.5"],
  yieldsTo: ["child-no-proposal-chosen", "child-ts-unacceptable"],
  onlyWith: ["several-messages"],
  detect: (context) =>
    withLoggedCause(
      context,
      CHILD_ADDRESS,
      refusedInAuthentication(context) ??
        refusedBehindAuthentication(context) ??
        someRefused(context) ??
        deletedAtOnce(context) ??
        refusedByComparison(context) ??
        refusedQuickModeVerdict(context) ??
        deletedAtOnceV1(context),
    ),
  detectOnHost: (context) => loggedCauseAlone(context, CHILD_ADDRESS, "IKE_AUTH"),
});

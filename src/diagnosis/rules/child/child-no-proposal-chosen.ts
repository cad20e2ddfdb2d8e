import { NOTIFY_V1 } from "../../../ike/registries/notify-v1.js";
import { NOTIFY_V2 } from "../../../ike/registries/notify-v2.js";
import { openedChildRefusal } from "../../facts/opened/opened-child-refusal.js";
import { CHILD_PROPOSALS } from "../../facts/host/logged-subjects.js";
import { loggedCauseAlone, withLoggedCause } from "../../facts/host/told-cause.js";
import { defineRule } from "../../rule.js";

/** Said where keys open the notify, or a log says it; without them `child-rejected` deduces that the Child SA was refused. */
export const childNoProposalChosen = defineRule({
  code: "child-no-proposal-chosen",
  severity: "critical",
  title: "The Child SA is refused: no common proposal",
  explanation: "The responder accepts none of the ESP proposals that it is offered for the Child SA.",
  signature:
    "NO_PROPOSAL_CHOSEN in the answer to IKE_AUTH, CREATE_CHILD_SA or quick mode. The notify is encrypted: with keys (`--keys`) it is read, with the log of either end (`--with`) the daemon says it; without both `child-rejected` says that the Child SA was refused, and not why.",
  remedies: ["Compare the ESP proposals on both sides, with PFS group."],
  commands: ["child", "log"],
  references: ["RFC 7296 section 2.7", "RFC 2409 section 5.5"],
  needs: ["keys"],
  detect: (context) =>
    withLoggedCause(
      context,
      CHILD_PROPOSALS,
      openedChildRefusal(
        context,
        "proposals",
        ({ setup, notifyType }) =>
          notifyType ===
          (setup.sa.majorVersion === 2 ? NOTIFY_V2.NO_PROPOSAL_CHOSEN : NOTIFY_V1.NO_PROPOSAL_CHOSEN),
      ),
    ),
  detectOnHost: (context) => loggedCauseAlone(context, CHILD_PROPOSALS, "CREATE_CHILD_SA"),
});

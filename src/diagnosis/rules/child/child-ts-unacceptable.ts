import { NOTIFY_V1 } from "../../../ike/registries/notify-v1.js";
import { NOTIFY_V2 } from "../../../ike/registries/notify-v2.js";
import { openedChildRefusal } from "../../facts/opened/opened-child-refusal.js";
import { CHILD_SELECTORS } from "../../facts/host/logged-subjects.js";
import { loggedCauseAlone, withLoggedCause } from "../../facts/host/told-cause.js";
import { defineRule } from "../../rule.js";

/** Said where keys open the notify, or a log says it; without them `child-rejected` deduces that the Child SA was refused. */
export const childTsUnacceptable = defineRule({
  code: "child-ts-unacceptable",
  severity: "critical",
  title: "The Child SA is refused: traffic selectors",
  explanation: "The responder accepts none of the traffic selectors that it is offered for the Child SA.",
  signature:
    "TS_UNACCEPTABLE (IKEv1: INVALID-ID-INFORMATION) in the answer to IKE_AUTH, CREATE_CHILD_SA or quick mode. The notify is encrypted: with keys (`--keys`) it is read, with the log of either end (`--with`) the daemon says it; without both `child-rejected` says that the Child SA was refused, and not why.",
  remedies: ["Compare the subnets on both sides: one side's local must be the other side's remote."],
  commands: ["child", "log"],
  references: ["RFC 7296 section 2.9", "RFC 2409 section 5.5"],
  needs: ["keys"],
  detect: (context) =>
    withLoggedCause(
      context,
      CHILD_SELECTORS,
      openedChildRefusal(
        context,
        "selectors",
        ({ setup, notifyType }) =>
          notifyType ===
          (setup.sa.majorVersion === 2 ? NOTIFY_V2.TS_UNACCEPTABLE : NOTIFY_V1.INVALID_ID_INFORMATION),
      ),
    ),
  detectOnHost: (context) => loggedCauseAlone(context, CHILD_SELECTORS, "CREATE_CHILD_SA"),
});

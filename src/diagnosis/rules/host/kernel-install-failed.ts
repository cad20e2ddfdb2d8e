import { toldByLog } from "../../facts/host/told-by-log.js";
import { linesOf } from "../../facts/host/lines.js";
import { defineHostRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

/** The peers agreed, and the kernel did not take the state or the policy. */
export const kernelInstallFailed = defineHostRule({
  code: "kernel-install-failed",
  severity: "critical",
  title: "The kernel did not take what was negotiated",
  explanation:
    "The exchange succeeded, and the daemon could not install its states or policies in the kernel.",
  signature:
    "The log says 'unable to add SAD entry', 'unable to install ... in kernel', that the same policy exists for another reqid, or a netlink error, and no Child SA comes up after it.",
  remedies: [
    "Are the modules there: xfrm_user, esp4, esp6, and the algorithm (grep NAME /proc/crypto)?",
    "'the same policy ... exists': two connections with the same selectors; make them differ, or remove one.",
    "A container needs CAP_NET_ADMIN in the network namespace of its states.",
  ],
  references: [],
  needs: ["host"],
  detect: (context) => {
    const { events, isMended } = toldByLog(context, "kernel-error", "child-up");
    const [first] = events;
    if (first === undefined) return null;
    const { name } = context.host.records;
    return {
      ...(isMended ? { severity: "warning", mended: true } : {}),
      confidence: "certain",
      provenance: "observed",
      phase: null,
      headline: say`the kernel of ${name} refuses what was negotiated: ${first.text}`,
      summary: say`The daemon of ${name} could not install what it had negotiated: ${first.text}.${isMended ? " A later Child SA came up." : ""}`,
      evidence: [],
      lines: linesOf(context, events),
    };
  },
});

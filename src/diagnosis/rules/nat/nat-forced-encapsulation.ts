import { firstJudgement } from "../../../session/nat.js";
import { base } from "../../facts/nat-hashes.js";
import { defineRule } from "../../rule.js";

/** Both sides' hashes of themselves are wrong, both of the other are right. */
export const natForcedEncapsulation = defineRule({
  code: "nat-forced-encapsulation",
  severity: "info",
  title: "UDP encapsulation is forced",
  explanation:
    "A peer sends a NAT detection hash of its own address that is wrong on purpose, so that ESP travels in UDP even without NAT.",
  signature:
    "Both sides' hashes of their own address are wrong and both of the other's address are right. No NAT device causes that.",
  remedies: ["Nothing to do: it is a setting."],
  commands: ["natTraversal"],
  references: ["RFC 7296 section 2.23"],
  detect: (context) => {
    const nat = firstJudgement(context.tunnel, context.setups);
    if (nat === null || !nat.forced) return null;
    return {
      ...base(context, nat),
      confidence: "likely",
      headline: "both sides force UDP encapsulation",
      summary:
        "Both peers force UDP encapsulation: each sends a wrong NAT detection hash of its own address and a right one of the other's, which no NAT device does.",
      rivals: [
        {
          code: "nat-detected",
          separatedBy: "a capture at the other end: with real NAT the addresses or ports differ there",
        },
      ],
    };
  },
});

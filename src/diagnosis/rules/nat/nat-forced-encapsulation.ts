import { firstJudgement } from "../../../session/nat.js";
import type { TunnelContext } from "../../context.js";
import { base } from "../../facts/nat-hashes.js";
import { isNear, sideOf } from "../../facts/side.js";
import { defineRule } from "../../rule.js";
import { type Message, say } from "../../../texts/message.js";

/**
 * Both sides' hashes of themselves are wrong, both of the other are right. At the end where the capture was taken only force makes the
 * own hash wrong; the other end may be behind NAT as well.
 */
export const natForcedEncapsulation = defineRule({
  code: "nat-forced-encapsulation",
  severity: "info",
  title: "UDP encapsulation is forced",
  explanation:
    "A peer sends a NAT detection hash of its own address that is wrong on purpose, so that ESP travels in UDP even without NAT.",
  signature:
    "Both sides' hashes of their own address are wrong and both of the other's address are right: no single NAT device causes that. At the end where the capture was taken it is force; the other end may be behind NAT.",
  remedies: ["Nothing to do: it is a setting."],
  commands: ["natTraversal"],
  references: ["RFC 7296 section 2.23"],
  detect: (context) => {
    const nat = firstJudgement(context.tunnel, context.setups);
    if (nat === null || !nat.forced) return null;
    return {
      ...base(context, nat),
      confidence: "likely",
      ...textOf(context),
      rivals: [
        {
          code: "nat-detected",
          separatedBy: "a capture at the other end: with real NAT the addresses or ports differ there",
        },
      ],
    };
  },
});

function textOf(context: TunnelContext): { readonly headline: Message; readonly summary: Message } {
  const [one, other] = context.tunnel.addresses;
  const near = [one, other].find((address) => isNear(context, address));
  if (near !== undefined) {
    const far = near === one ? other : one;
    return {
      headline: say`${near} forces UDP encapsulation`,
      summary: say`${near} forces UDP encapsulation: the NAT detection hash of its own address is wrong where it leaves. That of ${far} is wrong here, too: ${far} forces it as well, or is behind NAT.`,
    };
  }
  if (sideOf(context, one) === "both-ends") {
    return {
      headline: "both sides force UDP encapsulation",
      summary:
        "Both peers force UDP encapsulation: each sends a NAT detection hash of its own address that is wrong where it leaves.",
    };
  }
  return {
    headline: "both sides force UDP encapsulation, or are behind NAT",
    summary:
      "Each peer sends a wrong NAT detection hash of its own address and a right one of the other's, which no single NAT device does: each of them forces UDP encapsulation, or is behind NAT.",
  };
}

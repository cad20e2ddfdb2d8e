import { firstJudgement } from "../../../session/nat.js";
import type { TunnelContext } from "../../context.js";
import { base } from "../../facts/nat/nat-hashes.js";
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
    "In the setup each peer sends a hash of its own address and port. If the hash does not match the packet that brings it, a NAT device changed the packet, and ESP is sent in UDP port 4500. A peer can be set to send a hash that never matches: then ESP is sent in UDP without any NAT. That is no fault.",
  signature:
    "Each peer's hash of its own address is wrong, and its hash of the other's address is right: a single NAT device cannot cause that. The peer where the capture was taken does it by a setting; the other one by a setting, too, or a NAT device stands before it.",
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
      summary: say`${near} is set to send ESP in UDP even without NAT: to detect NAT it sends a hash of its own address, and that hash is wrong already where it leaves. The hash of ${far} does not match its address here either: ${far} has the same setting, or is behind NAT. This is no fault.`,
    };
  }
  if (sideOf(context, one) === "both-ends") {
    return {
      headline: "both sides force UDP encapsulation",
      summary:
        "Both peers are set to send ESP in UDP even without NAT: to detect NAT each sends a hash of its own address, and that hash is wrong already where it leaves. This is no fault.",
    };
  }
  return {
    headline: "both sides force UDP encapsulation, or are behind NAT",
    summary:
      "To detect NAT each peer sends a hash of its own address and one of the other's. Both hashes of the own address are wrong, both of the other's are right, and a single NAT device cannot cause that. Each peer is set to send ESP in UDP even without NAT, or is behind NAT. The setting is no fault.",
  };
}

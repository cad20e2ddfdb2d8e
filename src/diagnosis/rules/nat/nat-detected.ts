import type { Role } from "../../../session/model.js";
import { otherRole } from "../../../session/model/queries.js";
import { firstJudgement, type NatJudgement } from "../../../session/nat.js";
import type { TunnelContext } from "../../context.js";
import type { Verdict } from "../../finding.js";
import { forcesEncapsulation, unprovenOf } from "../../facts/nat/behind-nat.js";
import { base } from "../../facts/nat/nat-hashes.js";
import { defineRule } from "../../rule.js";
import { joined, type Message, say } from "../../../texts/message.js";

/** A NAT detection hash does not fit the wire: says which side is translated. */
export const natDetected = defineRule({
  code: "nat-detected",
  severity: "info",
  title: "A NAT device is between the peers",
  explanation:
    "The NAT detection hashes do not match the addresses and ports on the wire, so a NAT device changes them between the peers.",
  signature:
    "NAT detection hashes (NAT_DETECTION_*_IP, in IKEv1 NAT-D), recomputed for the addresses and ports on the wire, differ for one side, and not in the way that forced encapsulation shows.",
  remedies: ["Nothing to do: with UDP 4500 open and keepalives on, this is normal operation."],
  commands: ["natTraversal"],
  references: ["RFC 7296 section 2.23"],
  detect: (context) => {
    const nat = firstJudgement(context.tunnel, context.setups);
    if (nat === null || nat.forced) return null;
    const { initiatorBehindNat, responderBehindNat } = nat;
    if (initiatorBehindNat !== true && responderBehindNat !== true) return null;
    const isBoth = initiatorBehindNat === true && responderBehindNat === true;
    const one = initiatorBehindNat === true ? "the initiator" : "the responder";
    const behind = isBoth ? "the initiator and the responder are behind NAT" : say`${one} is behind NAT`;
    const consequence =
      nat.initiator.sighting?.transport === "tcp"
        ? "TCP carries IKE and ESP through it."
        : "IKE and ESP must use UDP 4500.";
    if (nat.mayBeForced && !isBoth) {
      return {
        ...base(context, nat),
        confidence: "possible",
        headline: say`${one} is behind NAT, or forces UDP encapsulation`,
        summary: say`The NAT detection hash that ${one} sent of its own address is wrong. NAT does that, and so does a side that forces UDP encapsulation; the other side's hashes, which would tell, are not in the capture. ${consequence}`,
      };
    }
    const unproven = isBoth ? unprovenOf(nat) : null;
    if (unproven !== null)
      return { ...base(context, nat), ...ofOneAndPerhapsBoth(context, nat, unproven, consequence) };
    return {
      ...base(context, nat),
      confidence: isBoth ? "likely" : "certain",
      headline: behind,
      summary: say`The NAT detection hashes do not match the addresses on the wire: ${behind}. ${consequence}`,
    };
  },
});

function ofOneAndPerhapsBoth(
  context: TunnelContext,
  nat: NatJudgement,
  unproven: Role,
  consequence: Message,
): Pick<Verdict, "confidence" | "headline" | "summary"> {
  const [one, other] = [SIDES[otherRole(unproven)], SIDES[unproven]];
  const isForced = forcesEncapsulation(context, nat, unproven);
  return {
    confidence: "likely",
    headline: isForced
      ? say`${one} is behind NAT; ${other} forces UDP encapsulation`
      : say`${one} is behind NAT; ${other} forces UDP encapsulation, or is behind NAT too`,
    summary: joined(
      say`The NAT detection hashes do not match the addresses on the wire: ${one} is behind NAT. `,
      nat[otherRole(unproven)].destination === "absent"
        ? say`The hash that ${other} sent of its own address is wrong too, and that of ${one} for it, which would tell more, is not in the capture: `
        : say`The hash that ${other} sent of its own address is wrong, that of ${one} for it is right: `,
      isForced
        ? say`${other} is set to send ESP in UDP even without NAT, for its hash is wrong already where it leaves. `
        : say`${other} is set to send ESP in UDP even without NAT, or is behind NAT too. `,
      consequence,
    ),
  };
}

const SIDES: Readonly<Record<Role, Message>> = { initiator: "the initiator", responder: "the responder" };

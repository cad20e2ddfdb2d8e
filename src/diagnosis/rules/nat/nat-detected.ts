import { firstJudgement } from "../../../session/nat.js";
import { base } from "../../facts/nat-hashes.js";
import { defineRule } from "../../rule.js";

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
    const sides = [
      nat.initiatorBehindNat === true ? "the initiator" : null,
      nat.responderBehindNat === true ? "the responder" : null,
    ].filter((side) => side !== null);
    if (sides.length === 0) return null;
    const consequence =
      nat.initiator.sighting?.transport === "tcp"
        ? "TCP carries IKE and ESP through it."
        : "IKE and ESP must use UDP 4500.";
    const [who] = sides;
    if (nat.mayBeForced && sides.length === 1) {
      return {
        ...base(context, nat),
        confidence: "possible",
        headline: `${who} is behind NAT, or forces UDP encapsulation`,
        summary: `The NAT detection hash that ${who} sent of its own address is wrong. NAT does that, and so does a side that forces UDP encapsulation; the other side's hashes, which would tell, are not in the capture. ${consequence}`,
      };
    }
    return {
      ...base(context, nat),
      confidence: sides.length === 1 ? "certain" : "likely",
      headline: `${sides.join(" and ")} ${sides.length === 1 ? "is" : "are"} behind NAT`,
      summary: `The NAT detection hashes do not match the addresses on the wire: ${sides.join(" and ")} ${sides.length === 1 ? "is" : "are"} behind NAT. ${consequence}`,
    };
  },
});

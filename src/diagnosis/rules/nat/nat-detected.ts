import { firstJudgement } from "../../../session/nat.js";
import type { TunnelRule } from "../../context.js";
import { base } from "../../facts/nat-hashes.js";

/** A NAT detection hash does not fit the wire: says which side is translated. */
export const natDetected: TunnelRule = (context) => {
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
  return {
    ...base(context, nat),
    code: "nat-detected",
    confidence: sides.length === 1 ? "certain" : "likely",
    headline: `${sides.join(" and ")} ${sides.length === 1 ? "is" : "are"} behind NAT`,
    summary: `NAT detection hashes and addresses on the wire tell that ${sides.join(" and ")} ${sides.length === 1 ? "is" : "are"} translated on the way. ${consequence}`,
  };
};

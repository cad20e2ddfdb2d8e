import { firstJudgement, type HashMatch, type NatJudgement } from "../../../session/nat.js";
import type { Evidence, Verdict } from "../../finding.js";
import type { TunnelContext, TunnelRule } from "../../context.js";
import { evidenceAt } from "../../evidence.js";

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

/** Both sides' hashes of themselves are wrong, both of the other are right. */
export const natForcedEncapsulation: TunnelRule = (context) => {
  const nat = firstJudgement(context.tunnel, context.setups);
  if (nat === null || !nat.forced) return null;
  return {
    ...base(context, nat),
    code: "nat-forced-encapsulation",
    confidence: "likely",
    headline: "both sides force UDP encapsulation",
    summary:
      "Each side's hash of its own address is wrong and its hash of the other's is right. One translator cannot do that: both sides force UDP encapsulation.",
    rivals: [
      {
        code: "nat-detected",
        separatedBy: "a capture at the other end: with real NAT the addresses or ports differ there",
      },
    ],
  };
};

function base(
  { setups }: TunnelContext,
  nat: NatJudgement,
): Pick<Verdict, "provenance" | "phase" | "evidence"> {
  const evidence: Evidence[] = [];
  for (const [name, side] of [
    ["initiator", nat.initiator],
    ["responder", nat.responder],
  ] as const) {
    if (side.sighting === null) continue;
    evidence.push(
      evidenceAt(
        side.sighting,
        `${name}'s NAT detection hashes: ${hashText(side.source)} for its own address, ${hashText(side.destination)} for its peer's`,
      ),
    );
  }
  const version = setups[0]?.sa.majorVersion ?? 2;
  return { provenance: "observed", phase: version === 2 ? "IKE_SA_INIT" : "MAIN_MODE", evidence };
}

function hashText(match: HashMatch): string {
  switch (match) {
    case "match":
      return "right";
    case "mismatch":
      return "wrong";
    case "absent":
      return "none";
  }
}

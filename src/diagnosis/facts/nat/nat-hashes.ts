import type { NatJudgement, HashMatch } from "../../../session/nat.js";
import type { TunnelContext } from "../../context.js";
import { evidenceAt } from "../../evidence.js";
import type { Verdict, Evidence } from "../../finding.js";
import { say } from "../../../texts/message.js";

export function base(
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
        say`${name}'s NAT detection hashes: ${hashText(side.source)} for its own address, ${hashText(side.destination)} for its peer's`,
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

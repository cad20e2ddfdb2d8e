import { firstJudgement } from "../../../session/nat.js";
import type { TunnelRule } from "../../context.js";
import { base } from "../../facts/nat-hashes.js";

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

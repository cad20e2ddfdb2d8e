import type { Setup } from "../diagnosis/context.js";
import { setupsCited } from "../diagnosis/facts/life/setups.js";
import type { JudgedTunnel } from "../diagnosis/judgement.js";

/**
 * At most `limit` setups of a tunnel, in their order: those whose messages a finding above info cites, the severest first, then the
 * first setup and the last ones.
 */
export function shownSetups({ setups, findings }: JudgedTunnel, limit: number): readonly Setup[] {
  if (setups.length <= limit) return setups;
  const cited = findings.flatMap((finding) =>
    finding.severity === "info" ? [] : setupsCited(setups, finding),
  );
  const byRank = new Set([...cited, ...setups.slice(0, 1), ...setups.slice(1).toReversed()]);
  const kept = new Set([...byRank].slice(0, limit));
  return setups.filter((setup) => kept.has(setup));
}

import type { Status } from "../diagnosis/finding.js";
import type { JudgedTunnel } from "../diagnosis/judgement.js";

const ORDER: readonly Status[] = ["failing", "suspected", "degraded", "nothing-to-judge", "up", "healthy"];

/** The rank of a status in a list from the worst to the best, from 0. */
export function statusRank(status: Status): number {
  return ORDER.indexOf(status);
}

/** The tunnels from failing to healthy, those of one status in their own order. */
export function worstFirst(tunnels: readonly JudgedTunnel[]): JudgedTunnel[] {
  return tunnels.toSorted((a, b) => statusRank(a.status) - statusRank(b.status));
}

/** The same, but of tunnels alike in their root finding one each comes before a second one; at most `limit`. */
export function exemplary(tunnels: readonly JudgedTunnel[], limit: number): JudgedTunnel[] {
  const sorted = worstFirst(tunnels);
  const seen = new Set<string>();
  const isFirstOfItsKind = ({ status, findings }: JudgedTunnel): boolean => {
    const kind = `${status} ${findings.find(({ severity }) => severity !== "info")?.code ?? ""}`;
    const isFirst = !seen.has(kind);
    seen.add(kind);
    return isFirst;
  };
  const firsts = new Set(sorted.filter(isFirstOfItsKind));
  const chosen = [...firsts, ...sorted.filter((judged) => !firsts.has(judged))].slice(0, limit);
  return worstFirst(chosen);
}

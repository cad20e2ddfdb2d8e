import type { Verdict } from "./finding.js";
import type { TunnelRule } from "./rule.js";
import { severityRank } from "./severity.js";

/** The gravest of what a rule finds in several parts of a tunnel, the first one of these; null where it finds nothing. */
export function gravestOf(rule: TunnelRule, found: readonly (Verdict | null)[]): Verdict | null {
  const rankOf = ({ severity = rule.severity }: Verdict): number => severityRank(severity);
  const verdicts = found.filter((verdict) => verdict !== null);
  return verdicts.toSorted((a, b) => rankOf(a) - rankOf(b))[0] ?? null;
}

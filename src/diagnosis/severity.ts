/**
 * critical: the tunnel does not come up or carries nothing. warning: it works badly or will break. info: an explanation,
 * never a fault.
 */
export type Severity = "critical" | "warning" | "info";

/** All severities, the most severe first. */
export const SEVERITIES = ["critical", "warning", "info"] as const satisfies readonly Severity[];

/** 0 for the most severe: the order in which findings are told. */
export function severityRank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

/** Whether a severity reaches the one that is asked for. */
export function isAtLeast(severity: Severity, limit: Severity): boolean {
  return severityRank(severity) <= severityRank(limit);
}

/** The most severe first, else in their order. */
export function bySeverity<T extends { readonly severity: Severity }>(findings: readonly T[]): T[] {
  return findings.toSorted((a, b) => severityRank(a.severity) - severityRank(b.severity));
}

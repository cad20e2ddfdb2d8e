import type { Severity } from "../../diagnosis/severity.js";

/** The most severe first. */
const SEVERITIES: readonly Severity[] = ["critical", "warning", "info"];

export function isAtLeast(severity: Severity, limit: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(limit);
}

import type { Phase, Verdict } from "./finding.js";
import type { Severity } from "./severity.js";

/** Phases of an SA that is there: a fault in them may be none at all. */
const OF_WHAT_STANDS: ReadonlySet<Phase | null> = new Set<Phase | null>([
  "ESP",
  "INFORMATIONAL",
  "CREATE_CHILD_SA",
  null,
]);

/**
 * What is only possible fells no tunnel that stands: it is a warning at most. That a setup stopped is seen, and stays as grave
 * as it is, even where its cause is only possible.
 */
export function limitedSeverity(
  { confidence, phase }: Pick<Verdict, "confidence" | "phase">,
  severity: Severity,
): Severity {
  return confidence === "possible" && severity === "critical" && OF_WHAT_STANDS.has(phase)
    ? "warning"
    : severity;
}

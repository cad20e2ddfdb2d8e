import type { Doubt, Finding, Phase, Verdict } from "./finding.js";

/** Phases of an IKE SA that is up: silence in them may be no fault at all. */
const AFTER_THE_SETUP: ReadonlySet<Phase | null> = new Set<Phase | null>([
  "ESP",
  "INFORMATIONAL",
  "CREATE_CHILD_SA",
  null,
]);

/**
 * What is open in a verdict: null where it is more than possible. A setup that stops is a fault that is seen, whatever its cause;
 * on a tunnel that is up the fault itself is in doubt. A rule that knows better says so.
 */
export function doubtOf({ confidence, phase, doubt }: Verdict): Doubt | null {
  if (confidence !== "possible") return null;
  return doubt ?? (AFTER_THE_SETUP.has(phase) ? "fault" : "cause");
}

/** A critical finding that may be none: it makes a tunnel suspected, not failing. */
export function isSuspicion({ severity, doubt }: Pick<Finding, "severity" | "doubt">): boolean {
  return severity === "critical" && doubt === "fault";
}

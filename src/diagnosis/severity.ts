/**
 * critical: the tunnel does not come up or carries nothing. warning: it works badly or will break. info: an explanation,
 * never a fault.
 */
export type Severity = "critical" | "warning" | "info";

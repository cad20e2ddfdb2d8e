import { isSuspicion } from "../diagnosis/doubt.js";
import type { Finding } from "../diagnosis/finding.js";
import { RULES } from "../diagnosis/rules/index.js";

/** The finding as it is told to who watches for days: what may well be in order accuses nobody, and a suspicion is a warning. */
export function milder(finding: Finding): Finding {
  if (isSuspicion(finding)) return { ...finding, severity: "warning" };
  const { severity, live } = RULES[finding.code];
  return live !== undefined && finding.severity === severity ? { ...finding, ...live } : finding;
}

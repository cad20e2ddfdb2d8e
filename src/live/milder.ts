import type { Code } from "../diagnosis/catalogue/index.js";
import { isSuspicion } from "../diagnosis/doubt.js";
import type { Finding } from "../diagnosis/finding.js";

/** What is worth a question in a capture that somebody made for a reason, and everyday on a gateway: a spare line is idle. */
const EVERYDAY: ReadonlySet<Code> = new Set<Code>(["esp-absent"]);

/** The finding as it is told to who watches for days: what may well be in order accuses nobody, and a suspicion is a warning. */
export function milder(finding: Finding): Finding {
  if (isSuspicion(finding)) return { ...finding, severity: "warning" };
  return EVERYDAY.has(finding.code) && finding.severity === "warning"
    ? { ...finding, severity: "info" }
    : finding;
}

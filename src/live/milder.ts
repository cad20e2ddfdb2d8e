import type { Code } from "../diagnosis/catalogue/index.js";
import type { Finding } from "../diagnosis/finding.js";

/** What is worth a question in a capture that somebody made for a reason, and everyday on a gateway: a spare line is idle. */
const EVERYDAY: ReadonlySet<Code> = new Set<Code>(["esp-absent"]);

/** The finding as it is told to who watches for days: what may well be in order accuses nobody. */
export function milder(finding: Finding): Finding {
  return EVERYDAY.has(finding.code) && finding.severity === "warning"
    ? { ...finding, severity: "info" }
    : finding;
}

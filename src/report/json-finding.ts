import { isoTime } from "../bytes/time.js";
import type { Finding } from "../diagnosis/finding.js";

/** A finding as every JSON has it. How its frames and times are written, the caller knows. */
export function findingJson<Evidence>(finding: Finding, evidence: readonly Evidence[]) {
  return {
    code: finding.code,
    severity: finding.severity,
    confidence: finding.confidence,
    provenance: finding.provenance,
    tunnel: finding.tunnel,
    phase: finding.phase,
    vantage: finding.vantage,
    title: finding.title,
    headline: finding.headline,
    summary: finding.summary,
    evidence,
    hostLines: finding.lines.map(({ source, time, writtenTime, text }) => ({
      file: source.file,
      line: source.line,
      time: time === null ? null : isoTime(time),
      writtenTime: writtenTime === "" ? null : writtenTime,
      text,
    })),
    rivals: finding.rivals.map(({ code, separatedBy }) => ({ code, separatedBy })),
    remedies: [...finding.remedies],
    commands: finding.commands.map(({ peer, product, lines }) => ({ peer, product, lines: [...lines] })),
    references: [...finding.references],
    mended: finding.mended,
    causedBy: finding.causedBy,
  };
}

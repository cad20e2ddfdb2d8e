import { frameCapture, frameNumber } from "../../bytes/frame.js";
import { type Clock, timeOfDay } from "../../bytes/clock.js";
import type { Finding } from "../../diagnosis/finding.js";
import type { Judgement } from "../../diagnosis/judgement.js";
import { markdownCode, markdownTable, markdownText } from "./escape.js";

/** Evidence of one finding that is listed. */
const EVIDENCE = 6;

/**
 * One finding above info: what was seen, in which frames, what else it could be, and what to do. A consequence has no
 * steps of its own: it goes away with its cause.
 */
export function findingMarkdown(finding: Finding, { files }: Judgement, clock: Clock): string[] {
  const { code, severity, confidence, provenance, title, summary, evidence, rivals, remedies, references } =
    finding;
  const severalFiles = files.length > 1;
  const rows = evidence
    .slice(0, EVIDENCE)
    .map(({ frame, time, text }) => [
      ...(severalFiles ? [markdownCode(files[frameCapture(frame)]?.file ?? "?")] : []),
      String(frameNumber(frame)),
      timeOfDay(clock, time),
      markdownText(text),
    ]);
  const head = [...(severalFiles ? ["capture"] : []), "frame", `time (${clock.name})`, "what it shows"];
  const cause = finding.causedBy;
  const lines = [
    `### ${severity.toUpperCase()}: ${markdownText(title)}`,
    "",
    `\`${code}\`, ${confidence}, ${provenance}${cause === null ? "" : `, follows from \`${cause}\``}`,
    "",
    markdownText(summary),
    "",
    ...(rows.length === 0 ? [] : [...markdownTable(head, rows, ["frame"]), ""]),
    ...hostTable(finding, clock),
  ];
  if (cause !== null) return lines;
  const steps = remedies.map((remedy, index) => `${index + 1}. ${markdownText(remedy)}`);
  return [
    ...lines,
    ...rivals.map((rival) => `- or \`${rival.code}\`; to decide: ${markdownText(rival.separatedBy)}`),
    ...(rivals.length === 0 ? [] : [""]),
    ...(steps.length === 0 ? [] : ["What to do:", "", ...steps, ""]),
    `${references.length === 0 ? "" : `See ${markdownText(references.join(", "))}. `}Commands: \`ikescope explain ${code}\``,
    "",
  ];
}

/** Lines of hosts that show it. */
function hostTable({ lines }: Finding, clock: Clock): string[] {
  if (lines.length === 0) return [];
  const rows = lines
    .slice(0, EVIDENCE)
    .map(({ source, time, text }) => [
      markdownCode(source.file),
      String(source.line),
      time === null ? "" : timeOfDay(clock, time),
      markdownText(text),
    ]);
  return [...markdownTable(["file", "line", `time (${clock.name})`, "what it says"], rows, ["line"]), ""];
}

/** What explains and is no fault, a line for each code. */
export function infoMarkdown(findings: readonly Finding[]): string[] {
  const infos = findings.filter(({ severity }) => severity === "info");
  const codes = [...new Set(infos.map(({ code }) => code))];
  if (codes.length === 0) return [];
  const lines = codes.flatMap((code) => {
    const same = infos.filter((finding) => finding.code === code);
    const [first] = same;
    if (first === undefined) return [];
    const [evidence] = first.evidence;
    const frame = evidence === undefined ? "" : ` (frame ${frameNumber(evidence.frame)})`;
    const others = same.length > 1 ? ` The same holds for ${same.length - 1} more.` : "";
    return `- \`${code}\`: ${markdownText(first.summary)}${frame}${others}`;
  });
  return ["## For information", "", ...lines, ""];
}

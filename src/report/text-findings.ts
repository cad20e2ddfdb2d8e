import { frameCapture, frameNumber } from "../bytes/frame.js";
import { printable } from "../bytes/text.js";
import { type Clock, timeOfDay } from "../bytes/clock.js";
import type { Evidence, Finding } from "../diagnosis/finding.js";
import type { JudgedTunnel, Judgement } from "../diagnosis/judgement.js";
import type { Paint } from "./paint.js";
import { comparisonTexts } from "./words.js";
import { wrap } from "./wrap.js";

/** What a finding is told beside. */
export type FindingSetting = Pick<Judgement, "files" | "tunnels" | "findings">;

/** Evidence of a finding that stands beside the root cause: what to do comes from the root. */
const BESIDE_ROOT = 2;

function isBesideRoot({ severity, tunnel }: Finding, { findings }: FindingSetting): boolean {
  return (
    severity !== "critical" &&
    findings.some((other) => other.severity === "critical" && other.tunnel === tunnel)
  );
}

/** One finding above info, with its evidence, rivals and remedies; of a consequence only what it is and where it shows. */
export function findingLines(
  finding: Finding,
  judgement: FindingSetting,
  width: number,
  paint: Paint,
  clock: Clock,
): string[] {
  const { code, severity, confidence, provenance, tunnel, title, headline, summary, references, causedBy } =
    finding;
  const about = tunnel === null || judgement.tunnels.length === 1 ? "" : `, tunnel ${tunnel}`;
  const head = `${paint.severity(severity, severity.toUpperCase())}  ${paint.bold(code)}  ${paint.dim(`${confidence}, ${provenance}${about}`)}`;
  const lines = [
    head,
    ...wrap(printable(title), width, "  ").map(paint.bold),
    ...wrap(printable(causedBy === null ? summary : `${headline}; follows from ${causedBy}`), width, "  "),
  ];
  if (isBesideRoot(finding, judgement)) {
    lines.push(
      ...evidenceLines(finding, judgement, width, BESIDE_ROOT, clock),
      paint.dim(`  ikescope explain ${code}`),
    );
    return [...lines, ""];
  }
  lines.push(...evidenceLines(finding, judgement, width, 5, clock));
  for (const { code: rival, separatedBy } of finding.rivals) {
    lines.push(...wrap(printable(`or ${rival}; to decide: ${separatedBy}`), width, "    ", "  "));
  }
  for (const [index, remedy] of finding.remedies.entries()) {
    lines.push(...wrap(remedy, width, "     ", `  ${index + 1}. `));
  }
  const more = `${references.join(", ")}${references.length > 0 ? "; " : ""}commands: ikescope explain ${code}`;
  lines.push(...wrap(more, width, "  ").map(paint.dim));
  return [...lines, ""];
}

/** What explains and is no fault, a paragraph for each code, however many tunnels it is about. */
export function infoLines({ findings, files }: FindingSetting, width: number, paint: Paint): string[] {
  const infos = findings.filter(({ severity }) => severity === "info");
  return [...new Set(infos.map(({ code }) => code))].flatMap((code) => {
    const same = infos.filter((finding) => finding.code === code);
    const [first] = same;
    if (first === undefined) return [];
    const [evidence] = first.evidence;
    const file = files.length > 1 && evidence !== undefined ? `${fileName(files, evidence)} ` : "";
    const frame = evidence === undefined ? "" : ` (${file}frame ${frameNumber(evidence.frame)})`;
    const others = same.length > 1 ? ` The same holds for ${same.length - 1} more.` : "";
    const [head = "", ...rest] = wrap(
      `info  ${first.code}: ${printable(first.summary)}${frame}${others}`,
      width,
      "  ",
      "",
    );
    return [paint.severity("info", "info") + head.slice(4), ...rest];
  });
}

/** What differs between a setup that worked and one that failed. */
export function comparisonLines(judged: JudgedTunnel, width: number): string[] {
  const comparison = comparisonTexts(judged);
  if (comparison === null) return [];
  return [
    ...wrap(comparison.head, width, "  "),
    ...comparison.changes.flatMap((change) => wrap(printable(change), width, "      ", "    ")),
  ];
}

function fileName(files: Judgement["files"], { frame }: Evidence): string {
  return printable(files[frameCapture(frame)]?.file ?? "?");
}

function evidenceLines(
  { evidence, lines }: Finding,
  { files }: FindingSetting,
  width: number,
  limit: number,
  clock: Clock,
): string[] {
  const ofFrames = evidence.slice(0, limit).flatMap((item) => {
    const file = files.length > 1 ? `${fileName(files, item)} ` : "";
    const start = `  ${file}frame ${frameNumber(item.frame)}  ${timeOfDay(clock, item.time)}  `;
    return wrap(printable(item.text), width, "      ", start);
  });
  const ofHosts = lines.slice(0, limit).flatMap(({ source, time, text }) => {
    const moment = time === null ? "" : `${timeOfDay(clock, time)}  `;
    return wrap(
      printable(text),
      width,
      "      ",
      `  ${printable(source.file)} line ${source.line}  ${moment}`,
    );
  });
  return [...ofFrames, ...ofHosts];
}

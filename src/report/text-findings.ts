import { columnsOfText } from "../bytes/columns.js";
import { frameCapture, frameNumber, type FrameRef } from "../bytes/frame.js";
import { printable } from "../bytes/text.js";
import { type Clock, timeOfDay } from "../bytes/clock.js";
import type { Evidence, Finding } from "../diagnosis/finding.js";
import type { JudgedTunnel, Judgement } from "../diagnosis/judgement.js";
import { listed, type Message, say, verbatim } from "../texts/message.js";
import type { Texts } from "../texts/texts.js";
import { othersText, tunnelText } from "./finding-tunnels.js";
import type { Paint } from "./paint.js";
import { commandsHead, comparisonTexts, rivalText } from "./words.js";
import { wrap } from "./wrap.js";

/** The judgement that a finding is told in. */
export type FindingSetting = Pick<Judgement, "files" | "tunnels" | "findings">;

/** How findings are written. */
export interface FindingStyle {
  readonly width: number;
  readonly paint: Paint;
  readonly clock: Clock;
  readonly texts: Texts;
}

/** Evidence of a finding that stands beside the root cause: what to do comes from the root. */
const BESIDE_ROOT = 2;

function isBesideRoot({ severity, tunnel }: Finding, { findings }: FindingSetting): boolean {
  return (
    severity !== "critical" &&
    findings.some((other) => other.severity === "critical" && other.tunnel === tunnel)
  );
}

/** How a finding is told that stands for several tunnels. */
export interface FindingOfMany {
  /** Behind the confidence: "30 tunnels"; empty where it is about the capture. */
  readonly about: Message;
  /** The confidence, where it is not the same for all of them. */
  readonly confidence?: Message;
  /** Facts about all of them, a line each. */
  readonly lines: readonly string[];
  /** Before the summary, which is of one of them; empty where it is of all. */
  readonly example: string;
}

/** A line of a finding, painted. */
export interface FindingLine {
  readonly text: string;
  /** The frame that it cites, if it is evidence. */
  readonly frame: FrameRef | null;
}

/** The texts of {@link citedFindingLines}. */
export function findingLines(
  finding: Finding,
  judgement: FindingSetting,
  style: FindingStyle,
  ofMany?: FindingOfMany,
): string[] {
  return citedFindingLines(finding, judgement, style, ofMany).map(({ text }) => text);
}

/** One finding above info, with its evidence, rivals and remedies; of a consequence only what it is and where it shows. */
export function citedFindingLines(
  finding: Finding,
  judgement: FindingSetting,
  style: FindingStyle,
  ofMany?: FindingOfMany,
): FindingLine[] {
  const { width, paint, texts } = style;
  const { code, severity, confidence, provenance, title, headline, summary, causedBy } = finding;
  const about = ofMany?.about ?? tunnelText(finding, judgement);
  const known = [ofMany?.confidence ?? confidence, provenance, about].filter((part) => part !== "");
  const sure = texts.of(listed(known, "clauses"));
  const told = causedBy === null ? summary : texts.of(say`${headline}; follows from ${causedBy}`);
  const head = `${paint.severity(severity, texts.of(severity.toUpperCase()))}  ${paint.bold(code)}  ${paint.dim(sure)}`;
  const claim = uncited([
    head,
    ...wrap(printable(title), width, "  ").map(paint.bold),
    ...(ofMany?.lines ?? []).flatMap((line) => wrap(printable(line), width, "    ", "  ")),
    ...wrap(printable(`${ofMany?.example ?? ""}${told}`), width, "  "),
  ]);
  if (isBesideRoot(finding, judgement)) {
    return [
      ...claim,
      ...evidenceLines(finding, judgement, BESIDE_ROOT, style),
      ...uncited([paint.dim(`  ikescope explain ${code}`), ""]),
    ];
  }
  return [
    ...claim,
    ...evidenceLines(finding, judgement, 5, style),
    ...uncited([...adviceLines(finding, style), ""]),
  ];
}

function uncited(texts: readonly string[]): FindingLine[] {
  return texts.map((text) => ({ text, frame: null }));
}

/** Rivals, remedies, commands, and where to read more. */
function adviceLines(finding: Finding, style: FindingStyle): string[] {
  const { width, paint, texts } = style;
  const { code, references } = finding;
  const lines: string[] = [];
  for (const rival of finding.rivals) {
    const other = texts.of(rivalText(rival, rival.separatedBy));
    lines.push(...wrap(printable(other), width, "    ", "  "));
  }
  for (const [index, remedy] of finding.remedies.entries()) {
    lines.push(...wrap(remedy, width, "     ", `  ${index + 1}. `));
  }
  lines.push(...commandLines(finding, style));
  const sources = references.length === 0 ? [] : [listed(references)];
  const more = listed([...sources, say`commands: ikescope explain ${code}`], "statements");
  lines.push(...wrap(texts.of(more), width, "  ").map(paint.dim));
  return lines;
}

/**
 * What explains and is no fault, a paragraph for each code, however many tunnels it is about; of what the first line says already,
 * what to do instead, and so of all where nothing can be judged.
 */
export function infoLines(
  judgement: FindingSetting & Partial<Pick<Judgement, "headline" | "status">>,
  { width, paint, texts }: FindingStyle,
): string[] {
  const { findings, headline, status } = judgement;
  const isToldFirst = (finding: Finding): boolean =>
    finding.tunnel === null && finding.severity === "info" && finding.headline === headline;
  const steps = findings.filter(isToldFirst).flatMap(({ remedies }) => stepLines(remedies, width));
  // A finding that another one of the same tunnel names as a rival is told there.
  const named = new Set(
    findings
      .filter(({ severity }) => severity !== "info")
      .flatMap(({ tunnel, rivals }) => rivals.map(({ code }) => `${tunnel} ${code}`)),
  );
  const infos = findings.filter(
    (finding) =>
      finding.severity === "info" && !isToldFirst(finding) && !named.has(`${finding.tunnel} ${finding.code}`),
  );
  const isUnjudged = status === "nothing-to-judge";
  return [...steps, ...paragraphs(infos, judgement, { width, paint, texts }, isUnjudged)];
}

/** Steps of a finding, with their numbers. */
function stepLines(remedies: readonly string[], width: number): string[] {
  return remedies.flatMap((remedy, index) => wrap(remedy, width, "     ", `  ${index + 1}. `));
}

function paragraphs(
  infos: readonly Finding[],
  setting: FindingSetting,
  { width, paint, texts }: Pick<FindingStyle, "width" | "paint" | "texts">,
  withSteps: boolean,
): string[] {
  return [...new Set(infos.map(({ code }) => code))].flatMap((code) => {
    const [first, ...others] = infos.filter((finding) => finding.code === code);
    if (first === undefined) return [];
    const { files } = setting;
    const [evidence] = first.evidence;
    const tunnel = tunnelText(first, setting);
    const what = listed([first.code, ...(tunnel === "" ? [] : [tunnel])], "clauses");
    const file = files.length > 1 && evidence !== undefined ? `${fileName(files, evidence)} ` : "";
    const frame = evidence === undefined ? "" : say` (${file}frame ${frameNumber(evidence.frame)})`;
    const word = texts.of("info");
    const told = texts.of(say`${what}: ${printable(first.summary)}${frame}${othersText(others, setting)}`);
    const [head = "", ...rest] = wrap(told, width, "  ", `${word} `);
    const steps = withSteps ? stepLines(first.remedies, width) : [];
    return [paint.severity("info", word) + head.slice(word.length), ...rest, ...steps];
  });
}

/** Lines with the differences between a setup that worked and one that failed. */
export function comparisonLines(
  judged: JudgedTunnel,
  severalFiles: boolean,
  width: number,
  texts: Texts,
): string[] {
  const comparison = comparisonTexts(judged, severalFiles);
  if (comparison === null) return [];
  return [
    ...wrap(texts.of(comparison.head), width, "  "),
    ...comparison.changes.flatMap((change) => wrap(printable(texts.of(change)), width, "      ", "    ")),
  ];
}

function fileName(files: Judgement["files"], { frame }: Evidence): string {
  return printable(files[frameCapture(frame)]?.file ?? "?");
}

/** Before a command: as far as the steps stand. */
const COMMAND_INDENT = "     ";

/**
 * What to type first, at each peer whose product is known. They are there to be copied: one that is too long for the width is
 * left out, never wrapped; `ikescope explain` has it.
 */
function commandLines({ commands }: Finding, { width, texts }: FindingStyle): string[] {
  return commands.flatMap(({ peer, product, known, lines }) => {
    const fitting = lines.map((line) => COMMAND_INDENT + line).filter((line) => columnsOfText(line) <= width);
    if (fitting.length === 0) return [];
    return [...wrap(texts.of(commandsHead(peer, product, known)), width, "  "), ...fitting];
  });
}

function evidenceLines(
  { evidence, lines }: Finding,
  { files }: FindingSetting,
  limit: number,
  { width, clock, texts }: FindingStyle,
): FindingLine[] {
  const ofFrames = evidence.slice(0, limit).flatMap((item) => {
    const file = files.length > 1 ? `${fileName(files, item)} ` : "";
    const frame = texts.of(say`frame ${frameNumber(item.frame)}`);
    const start = `  ${file}${frame}  ${timeOfDay(clock, item.time)}  `;
    return wrap(printable(item.text), width, "      ", start).map((text) => ({ text, frame: item.frame }));
  });
  const ofHosts = lines.slice(0, limit).flatMap(({ source, writtenTime, text }) => {
    const moment = writtenTime === "" ? "" : `${printable(writtenTime)}  `;
    const place = texts.of(say`${verbatim(printable(source.file))} line ${source.line}`);
    return wrap(printable(text), width, "      ", `  ${place}  ${moment}`);
  });
  return [...ofFrames, ...uncited(ofHosts)];
}

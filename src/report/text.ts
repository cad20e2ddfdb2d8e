import { printable } from "../bytes/text.js";
import { type Clock, dateAndTime } from "../bytes/clock.js";
import { humanDuration } from "../bytes/time.js";
import type { Finding } from "../diagnosis/finding.js";
import { peersText } from "../diagnosis/headline.js";
import type { JudgedTunnel, Judgement } from "../diagnosis/judgement.js";
import { formatSuite } from "../ike/suite-text.js";
import type { IkeSa } from "../session/model.js";
import { namedJudgement } from "./named-judgement.js";
import { type Paint, paintFor } from "./paint.js";
import { PLAIN, type Presentation } from "./presentation.js";
import { comparisonLines, findingLines, infoLines } from "./text-findings.js";
import { exchangeTable, streamTable, turnsTable } from "./text-tables.js";
import {
  aliasText,
  clientsText,
  implementationTexts,
  notJudgedText,
  showsTurns,
  statusText,
  streamsNotKeptText,
  verdictWord,
  vantageText,
} from "./words.js";
import { exemplary } from "./worst-first.js";
import { wrap } from "./wrap.js";

export interface TextOptions {
  /** Columns of the output; 100 where not given. */
  readonly width?: number;
  readonly colour?: boolean;
  readonly presentation?: Presentation;
}

/** Tunnels that are shown with their tables, worst first; the others are counted. */
const TUNNELS = 6;
/** IKE SAs of one tunnel that are shown. */
const IKE_SAS = 2;

/** The report for people: the verdict first, then each tunnel, then the findings with their evidence. */
export function renderText(judged: Judgement, options: TextOptions = {}): string {
  const { width = 100, presentation = PLAIN } = options;
  const { clock, names } = presentation;
  const judgement = namedJudgement(judged, names);
  const paint = paintFor(options.colour ?? false);
  const lines = [...verdictLines(judgement, width, paint), ...fileLines(judgement, width, paint, clock)];
  lines.push(...scopeLines(judgement, width));
  const shown = exemplary(judgement.tunnels, TUNNELS);
  for (const tunnel of shown) lines.push("", ...tunnelLines(tunnel, judgement, width, paint, presentation));
  const hidden = judgement.tunnels.length - shown.length;
  if (hidden > 0) lines.push("", `${hidden} more tunnel${hidden === 1 ? "" : "s"}: ${countText(judgement)}`);
  lines.push(...limitLines(judgement, width));
  const findings = shownFindings(judgement, shown);
  if (findings.length > 0) lines.push("");
  for (const finding of findings.filter(({ severity }) => severity !== "info")) {
    lines.push(...findingLines(finding, judgement, width, paint, clock));
  }
  lines.push(...infoLines(judgement, width, paint));
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

function verdictLines(judgement: Judgement, width: number, paint: Paint): string[] {
  const { status, headline } = judgement;
  const word = verdictWord(judgement);
  const [first = "", ...rest] = wrapKeepingGaps(`${word}  ${printable(headline)}`, width);
  return [paint.status(status, word) + first.slice(word.length), ...rest];
}

/** The headline has double blanks between its parts; where it is too long for one line, each part has its own. */
function wrapKeepingGaps(text: string, width: number): string[] {
  if (text.length <= width) return [text];
  const [status = "", ...parts] = text.split("  ");
  const indent = "  ";
  const [who = "", ...what] = parts;
  return [...wrap(who, width, indent, `${status}  `), ...what.flatMap((part) => wrap(part, width, indent))];
}

function fileLines({ files }: Judgement, width: number, paint: Paint, clock: Clock): string[] {
  return files.flatMap(({ file, format, packets, firstTime, lastTime, notes }) => {
    const span =
      firstTime === null || lastTime === null
        ? ""
        : `, ${dateAndTime(clock, firstTime)} ${clock.name}, ${humanDuration(lastTime - firstTime)}`;
    return [
      ...wrap(`${printable(file)}: ${format}, ${packets} packets${span}`, width, "  ", "").map(paint.dim),
      ...notes.flatMap(({ text }) => wrap(printable(text), width, "    ", "  note: ")).map(paint.dim),
    ];
  });
}

/** Who is hit, where more than one tunnel was judged: by finding, and what the failing ones share. */
function scopeLines({ tunnels, findings, scope, shared }: Judgement, width: number): string[] {
  const failing = tunnels.filter(({ status }) => status === "failing").length;
  if (failing < 2) return [];
  const critical = findings.filter(({ severity }) => severity === "critical");
  const byCode = new Map<string, number>();
  for (const { code } of critical) byCode.set(code, (byCode.get(code) ?? 0) + 1);
  const counts = [...byCode].toSorted(([, a], [, b]) => b - a).map(([code, count]) => `${count} ${code}`);
  const lines = [
    ...wrap(
      `${scope.replaceAll("-", " ")}: ${failing} of ${tunnels.length} tunnels fail: ${counts.join(", ")}`,
      width,
      "  ",
      "",
    ),
  ];
  if (shared.length > 0) lines.push(...wrap(`they share ${shared.map(printable).join(", ")}`, width, "  "));
  return ["", ...lines];
}

function limitLines({ observations }: Judgement, width: number): string[] {
  const text = notJudgedText(observations);
  return text === null ? [] : ["", ...wrap(text, width)];
}

function countText({ tunnels }: Judgement): string {
  const counts = new Map<string, number>();
  for (const { status } of tunnels) counts.set(status, (counts.get(status) ?? 0) + 1);
  return `${tunnels.length} in all, ${[...counts].map(([status, count]) => `${count} ${status.replaceAll("-", " ")}`).join(", ")}`;
}

function unkeptText({ unkept, unkeptChecks }: IkeSa): string {
  if (unkept === unkeptChecks)
    return `${unkept} more messages, answered liveness checks like these, are not listed`;
  return `${unkept} more messages of this IKE SA were counted and not kept`;
}

function tunnelLines(
  judged: JudgedTunnel,
  { files, observations }: Judgement,
  width: number,
  paint: Paint,
  { names }: Presentation,
): string[] {
  const capture = { severalFiles: files.length > 1, end: observations.lastTime };
  const { tunnel, status, vantage, setups } = judged;
  const lines = [
    `${paint.bold(`Tunnel ${tunnel.id}`)}  ${names.in(peersText(judged))}  ${paint.status(status, statusText(judged))}`,
    ...wrap(printable(`captured ${vantageText(vantage.place)}: ${vantage.reason}`), width, "  ").map(
      paint.dim,
    ),
    ...implementationLines(judged, width),
    ...clientsText(judged).flatMap((text) => wrap(printable(text), width, "  ")),
    ...tunnel.aliases.flatMap((alias) => wrap(printable(aliasText(alias)), width, "  ")),
  ];
  const sas = setups.length <= IKE_SAS ? setups : [...setups.slice(0, 1), ...setups.slice(-(IKE_SAS - 1))];
  for (const { sa, progress } of sas) {
    const suite = progress.suite === null ? "" : `, ${formatSuite(progress.suite)}`;
    lines.push(
      ...wrap(
        `IKEv${sa.majorVersion} SA ${sa.initiatorSpi} / ${sa.responderSpi}, ${progress.state.replaceAll("-", " ")}${suite}`,
        width,
        "  ",
      ),
      ...exchangeTable(sa, tunnel.firstTime, capture, width),
    );
    if (sa.unkept > 0) lines.push(...wrap(unkeptText(sa), width, "  "));
  }
  if (setups.length > sas.length)
    lines.push(
      `  ${setups.length - sas.length} more IKE SA${setups.length - sas.length === 1 ? "" : "s"} between these peers`,
    );
  if (tunnel.streams.length > 0) lines.push(...streamTable(tunnel, width));
  const notKept = streamsNotKeptText(tunnel);
  if (notKept !== null) lines.push(...wrap(notKept, width, "  "));
  if (showsTurns(judged)) lines.push(...turnsTable(tunnel, width));
  lines.push(...comparisonLines(judged, width));
  return lines;
}

function implementationLines(judged: JudgedTunnel, width: number): string[] {
  const known = implementationTexts(judged);
  return known.length === 0 ? [] : wrap(printable(known.join(", ")), width, "  ");
}

/** Findings of the shown tunnels and of the capture. */
function shownFindings({ findings }: Judgement, shown: readonly JudgedTunnel[]): Finding[] {
  const ids = new Set(shown.map(({ tunnel }) => tunnel.id));
  return findings.filter(({ tunnel }) => tunnel === null || ids.has(tunnel));
}

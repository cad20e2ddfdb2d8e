import { columnsOfText } from "../bytes/columns.js";
import { printable } from "../bytes/text.js";
import { startShown } from "../bytes/clock.js";
import { humanDuration } from "../bytes/time.js";
import { peersText } from "../diagnosis/headline.js";
import type { JudgedTunnel, Judgement } from "../diagnosis/judgement.js";
import { formatSuite } from "../ike/suite-text.js";
import type { IkeSa } from "../session/model.js";
import { listed, type Message, say, verbatim } from "../texts/message.js";
import type { Texts } from "../texts/texts.js";
import { presentedJudgement } from "./presented-judgement.js";
import { type Paint, paintFor } from "./paint.js";
import { PLAIN, type Presentation, presentationOf } from "./presentation.js";
import { citedFrames } from "./cited-frames.js";
import { leftOutText, shownJudgement } from "./shown-judgement.js";
import { shownSetups } from "./shown-setups.js";
import { comparisonLines, findingLines, type FindingStyle, infoLines } from "./text-findings.js";
import { attemptsLegend, exchangeTable, isAbridged } from "./tables/exchanges.js";
import { streamTable } from "./tables/streams.js";
import { turnsTable } from "./tables/turns.js";
import {
  aliasTexts,
  clientsText,
  implementationTexts,
  moreSasText,
  notJudgedText,
  saStateText,
  showsTurns,
  statusText,
  streamsNotKeptText,
  verdictWord,
  vantageText,
} from "./words.js";
import { isAboutTunnel, isOutageReport, recordingRemarks, tunnelsText } from "./outage/words.js";
import { outageLines } from "./outage/text.js";
import { worstFirst } from "./worst-first.js";
import { wrap } from "./wrap.js";

export interface TextOptions {
  /** Columns of the output; 100 where not given. */
  readonly width?: number;
  readonly colour?: boolean;
  readonly presentation?: Presentation;
  /** All tunnels are listed, the healthy ones too. */
  readonly all?: boolean;
}

/** IKE SAs of one tunnel that are shown. */
const IKE_SAS = 2;

/** The report for people: the verdict first, then each tunnel, then the findings with their evidence. */
export function renderText(judged: Judgement, options: TextOptions = {}): string {
  const { width = 100, presentation: asked = PLAIN, all = false } = options;
  const presentation = presentationOf(judged.files, asked);
  const { clock, texts } = presentation;
  const whole = presentedJudgement(judged, presentation);
  const judgement = all ? whole : shownJudgement(whole);
  const paint = paintFor(options.colour ?? false);
  const lines = [
    ...verdictLines(judgement, width, paint, texts),
    ...fileLines(judgement, width, paint, presentation),
  ];
  if (isOutageReport(judgement)) {
    lines.push(...outageLines(judgement, { width, paint, presentation, all }));
    lines.push(...limitLines(judgement, whole, width, texts));
  } else {
    lines.push(...scopeLines(judgement, width, texts));
    for (const tunnel of worstFirst(judgement.tunnels)) {
      lines.push("", ...tunnelLines(tunnel, judgement, width, paint, presentation));
    }
    lines.push(...limitLines(judgement, whole, width, texts));
    if (judgement.findings.length > 0) lines.push("");
    lines.push(...eachFindingLines(judgement, { width, paint, clock, texts }));
  }
  lines.push(...infoLines(judgement, { width, paint, clock, texts }));
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

/** The findings above info of tunnels that are shown one by one; what is said of the recording once, however many it is said of. */
function eachFindingLines(judgement: Judgement, style: FindingStyle): string[] {
  const remarks = new Map(recordingRemarks(judgement).map((remark) => [remark.finding, remark.tunnels]));
  return judgement.findings
    .filter((finding) => finding.severity !== "info" && (isAboutTunnel(finding) || remarks.has(finding)))
    .flatMap((finding) => {
      const tunnels = remarks.get(finding) ?? 0;
      const ofMany = { about: tunnelsText(tunnels), lines: [], example: "" };
      return findingLines(finding, judgement, style, tunnels > 1 ? ofMany : undefined);
    });
}

function verdictLines(judgement: Judgement, width: number, paint: Paint, texts: Texts): string[] {
  const { status, headline } = judgement;
  const word = texts.of(verdictWord(judgement));
  const [first = "", ...rest] = wrapKeepingGaps(`${word}  ${printable(headline)}`, width);
  return [paint.status(status, word) + first.slice(word.length), ...rest];
}

/** The headline has double blanks between its parts; where it is too long for one line, each part has its own. */
function wrapKeepingGaps(text: string, width: number): string[] {
  if (columnsOfText(text) <= width) return [text];
  const [status = "", ...parts] = text.split("  ");
  const indent = "  ";
  const [who = "", ...what] = parts;
  return [...wrap(who, width, indent, `${status}  `), ...what.flatMap((part) => wrap(part, width, indent))];
}

function fileLines(
  { files, headline }: Judgement,
  width: number,
  paint: Paint,
  { clock, texts }: Presentation,
): string[] {
  return files.flatMap(({ file, format, packets, firstTime, lastTime, notes }) => {
    const span =
      firstTime === null || lastTime === null
        ? ""
        : say`, ${startShown(clock, firstTime)} ${clock.name}, ${humanDuration(lastTime - firstTime)}`;
    return [
      ...wrap(
        texts.of(
          say`${verbatim(printable(file))}: ${format}, ${packets} packet${packets === 1 ? "" : "s"}${span}`,
        ),
        width,
        "  ",
        "",
      ).map(paint.dim),
      ...notes
        .filter(({ text, message = verbatim(text) }) => texts.of(message) !== headline)
        .flatMap(({ text, message = verbatim(text) }) =>
          wrap(printable(texts.of(say`note: ${message}`)), width, "    ", "  "),
        )
        .map(paint.dim),
    ];
  });
}

/** The tunnels that are hit, where more than one was judged: by finding, and what the failing ones share. */
function scopeLines({ tunnels, findings, scope, shared }: Judgement, width: number, texts: Texts): string[] {
  const failing = tunnels.filter(({ status }) => status === "failing").length;
  if (failing < 2) return [];
  const critical = findings.filter(({ severity }) => severity === "critical");
  const byCode = new Map<string, number>();
  for (const { code } of critical) byCode.set(code, (byCode.get(code) ?? 0) + 1);
  const counts = [...byCode].toSorted(([, a], [, b]) => b - a).map(([code, count]) => `${count} ${code}`);
  const who = scope.replaceAll("-", " ");
  const hit = say`${who}: ${failing} of ${tunnels.length} tunnels fail: ${listed(counts)}`;
  const lines = wrap(texts.of(hit), width, "  ", "");
  if (shared.length > 0) {
    lines.push(...wrap(texts.of(say`they share ${listed(shared.map(printable))}`), width, "  "));
  }
  return ["", ...lines];
}

/** How many tunnels are not shown, and what was not judged. */
function limitLines(shown: Judgement, whole: Judgement, width: number, texts: Texts): string[] {
  return [leftOutText(whole, shown), notJudgedText(shown.observations)].flatMap((text) =>
    text === null ? [] : ["", ...wrap(texts.of(text), width)],
  );
}

function unkeptText({ unkept, unkeptChecks }: IkeSa): Message {
  if (unkept === unkeptChecks)
    return say`${unkept} more messages, answered liveness checks like these, are not listed`;
  return say`${unkept} more messages of this IKE SA were counted and not kept`;
}

function tunnelLines(
  judged: JudgedTunnel,
  { files, observations }: Judgement,
  width: number,
  paint: Paint,
  { names, texts }: Presentation,
): string[] {
  const capture = { severalFiles: files.length > 1, end: observations.lastTime };
  const { tunnel, status, vantage, setups } = judged;
  const wrapped: Wrapped = (message) => wrap(printable(texts.of(message)), width, "  ");
  const lines = [
    `${paint.bold(texts.of(say`Tunnel ${tunnel.id}`))}  ${names.in(peersText(judged))}  ${paint.status(status, texts.of(statusText(judged)))}`,
    ...wrapped(say`captured ${vantageText(judged)}: ${vantage.reason}`).map(paint.dim),
    ...implementationLines(judged, wrapped),
    ...clientsText(judged).flatMap(wrapped),
    ...aliasTexts(judged).flatMap(wrapped),
  ];
  const sas = shownSetups(judged, IKE_SAS);
  const cited = citedFrames(judged.findings.filter(({ severity }) => severity !== "info"));
  for (const { sa, progress } of sas) {
    const suite = progress.suite === null ? "" : say`, ${formatSuite(progress.suite)}`;
    lines.push(
      ...wrapped(
        say`IKEv${sa.majorVersion} SA ${sa.initiatorSpi} / ${sa.responderSpi}, ${saStateText(judged, { sa, progress })}${suite}`,
      ),
      ...exchangeTable(sa, tunnel.firstTime, capture, width, texts, judged.told, cited),
      ...attemptsLegend(sa, cited).flatMap(wrapped),
    );
    if (sa.unkept > 0) lines.push(...wrapped(unkeptText(sa)));
  }
  const more = setups.length - sas.length;
  const inLadder = `ikescope ladder --tunnel ${tunnel.id}`;
  if (more > 0) lines.push(...wrapped(say`${moreSasText(more)}: ${inLadder} shows them`));
  else if (sas.some(({ sa }) => isAbridged(sa, cited)))
    lines.push(...wrapped(say`${inLadder} shows what is left out`));
  if (tunnel.streams.length > 0) lines.push(...streamTable(tunnel, width, texts));
  const notKept = streamsNotKeptText(tunnel);
  if (notKept !== null) lines.push(...wrapped(notKept));
  if (showsTurns(judged)) lines.push(...turnsTable(tunnel, width, texts));
  lines.push(...comparisonLines(judged, capture.severalFiles, width, texts));
  if (judged.next !== null) lines.push(...wrapped(judged.next));
  return lines;
}

/** A message as lines of the report. */
type Wrapped = (message: Message) => string[];

function implementationLines(judged: JudgedTunnel, wrapped: Wrapped): string[] {
  const known = implementationTexts(judged);
  return known.length === 0 ? [] : wrapped(listed(known));
}

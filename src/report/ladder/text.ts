import { beginning, columnsOfText, padBefore, padBehind } from "../../bytes/columns.js";
import { frameName } from "../../bytes/frame.js";
import { printable } from "../../bytes/text.js";
import { type Clock, startShown, timeOfDay, UTC } from "../../bytes/clock.js";
import { humanDuration } from "../../bytes/time.js";
import { listed, type Message, say } from "../../texts/message.js";
import { ENGLISH, type Texts } from "../../texts/texts.js";
import type { Paint } from "../paint.js";
import type { HostLine } from "./host-lines.js";
import { wrap } from "../wrap.js";
import {
  fateText,
  type Ladder,
  type LadderPeer,
  type LadderRow,
  type PlacedRow,
  type RowKind,
} from "./row.js";

export interface LadderTextOptions {
  readonly width: number;
  readonly paint: Paint;
  /** Frame numbers stand behind the number of their file, as in "2:17". */
  readonly severalFiles: boolean;
  /** UTC where not given. */
  readonly clock?: Clock;
  /** English where not given. */
  readonly texts?: Texts;
  /** Lines of hosts that stand between the rows, in order of time; none where not given. */
  readonly hostLines?: readonly HostLine[];
}

/** Silence of this length has a line of its own. */
const PAUSE = 2_000_000;
/** An arrow that a label does not fit is no arrow. */
const NARROWEST = 44;
/** Lines of the diagram that a line of a log takes at most. */
const HOST_LINE_ROWS = 3;
/** Characters that an arrow has at least on either side of its words. */
const SHAFT = 2;

const LINE: Readonly<Record<RowKind, string>> = {
  message: "─",
  esp: "═",
  icmp: "┄",
  tcp: "─",
  fragments: "╌",
  malformed: "╌",
};

/** A line of the diagram, with the row that it draws; null for what stands around the rows. */
export interface LadderLine {
  readonly text: string;
  readonly row: PlacedRow | null;
}

/** The diagram as lines of at most `width` columns (68 at least): time from top to bottom, one side left, the other right. */
export function ladderLines(ladder: Ladder, options: LadderTextOptions): string[] {
  return linesWithRows(ladder, options).map(({ text }) => text);
}

/** The same lines, each with what it draws. */
export function linesWithRows(ladder: Ladder, options: LadderTextOptions): LadderLine[] {
  const { rows, start } = ladder;
  const { paint, texts = ENGLISH, hostLines = [] } = options;
  const labels = rows.map((row) => (row.kind === "omitted" ? ["", ""] : whenText(row, start, options)));
  const hostTimes = hostLines.map((line) => hostTimeText(line, start));
  const widest = (column: number): number =>
    Math.max(5, ...labels.map((label) => label[column]?.length ?? 0));
  const [frames, times] = [
    widest(0),
    hostTimes.reduce((most, { length }) => Math.max(most, length), widest(1)),
  ];
  const margin = frames + times + 4;
  const body = Math.max(NARROWEST, options.width - margin - 2);
  const rail = (inner: string): string => `${" ".repeat(margin)}${inner}`;
  const lines: LadderLine[] = peerLines(ladder, margin + body + 2, texts).map(around);
  const titles = paint.dim(
    `${padBefore(texts.of("frame"), frames)}  ${padBefore(texts.of("time"), times)}  `,
  );
  lines.push(around(`${titles}│${" ".repeat(body)}│`));
  let told = 0;
  /** The lines of hosts before a time; without `isShown` they are passed over, with the rows that they stand at. */
  const tellUntil = (time: number, isShown = true): void => {
    for (let line = hostLines[told]; line !== undefined && line.time < time; line = hostLines[++told]) {
      if (!isShown) continue;
      for (const [at, text] of hostLineText(line, body, texts).entries()) {
        const when = at === 0 ? (hostTimes[told] ?? "") : "";
        lines.push(around(`${" ".repeat(frames)}  ${when.padStart(times)}  │${paint.dim(text)}│`));
      }
    }
  };
  for (const [index, row] of rows.entries()) {
    if (row.kind !== "omitted") {
      const isBehindOmission = rows[index - 1]?.kind === "omitted";
      if (row.gap >= PAUSE) tellUntil(row.time - row.gap / 2);
      else tellUntil(row.time, !isBehindOmission);
    }
    if (row.kind === "omitted") {
      const text = row.count === 1 ? "1 row left out" : say`${row.count} rows left out`;
      lines.push(around(rail(`┊${paint.dim(centred(texts.of(text), body))}┊`)));
      continue;
    }
    if (row.gap >= PAUSE) lines.push(around(rail(`┊${paint.dim(centred(texts.of(pauseText(row)), body))}┊`)));
    tellUntil(row.time);
    const [frame = "", time = ""] = labels[index] ?? [];
    lines.push({
      text: `${frame.padStart(frames)}  ${time.padStart(times)} ${row.isCited ? "!" : " "}│${painted(arrow(row, body, texts), row, paint)}│`,
      row,
    });
  }
  tellUntil(Infinity);
  return [...lines, ...footLines(ladder, options).map(around)];
}

/** "+4.8 s" since the first row, "-20 ms" before it, "~" where only the order of lines tells it. */
function hostTimeText({ time, isNear }: HostLine, start: number): string {
  return `${isNear ? "~" : ""}${time < start ? "-" : "+"}${humanDuration(time - start)}`;
}

/** A line of a host on its own side, cut where it takes more than some lines of the diagram. */
function hostLineText({ side, text }: HostLine, width: number, texts: Texts): string[] {
  const wrapped = wrap(printable(texts.of(text)), width - 2, "  ", "");
  const shown = wrapped.slice(0, HOST_LINE_ROWS);
  const last = shown.at(-1) ?? "";
  if (wrapped.length > shown.length) shown[shown.length - 1] = `${beginning(last, width - 4)}…`;
  return shown.map((line) => {
    const padded = ` ${line} `;
    return side === "left" ? padBehind(padded, width) : padBefore(padded, width);
  });
}

function around(text: string): LadderLine {
  return { text, row: null };
}

/** "+4.8 s" since the first row, behind the frame. */
function whenText(row: LadderRow, start: number, { severalFiles }: LadderTextOptions): string[] {
  const [frame = 0] = row.frames;
  return [frameName(frame, severalFiles), `+${humanDuration(row.time - start)}`];
}

function peerLines({ left, right }: Ladder, width: number, texts: Texts): string[] {
  const both = [printable(texts.of(peerText(left))), printable(texts.of(peerText(right)))] as const;
  const [leftText, rightText] = both;
  const lines =
    columnsOfText(leftText) + columnsOfText(rightText) + 2 <= width
      ? [padBehind(leftText, width - columnsOfText(rightText)) + rightText]
      : [...wrap(leftText, width), ...wrap(rightText, width).map((line) => padBefore(line, width))];
  return lines;
}

function peerText({ address, role, about }: LadderPeer): Message {
  const words = [...(role === null ? [] : [role]), ...about];
  return words.length === 0 ? address : say`${address} (${listed(words)})`;
}

/** One arrow of exactly `width` columns: the words stand near its sender, what became of it near its head. */
function arrow(row: LadderRow, width: number, texts: Texts): string {
  const line = LINE[row.kind];
  const became = fateText(row);
  const fate = became === null ? null : texts.of(became);
  const head = row.fate === "unanswered" || row.fate === "incomplete" ? "╳" : row.to === "right" ? ">" : "<";
  const tail = row.from === null ? "   " : "";
  const end = fate === null ? "" : ` ${fate} `;
  const room = width - tail.length - 1 - columnsOfText(end) - (fate === null ? 2 : 3) * SHAFT - 2;
  const label = ` ${labelText(row, room, texts)} `;
  const words = columnsOfText(label) + columnsOfText(end);
  const shaft = line.repeat(Math.max(0, width - tail.length - SHAFT - words - SHAFT - 1));
  const short = line.repeat(SHAFT);
  return row.to === "right"
    ? `${tail}${short}${label}${shaft}${end}${short}${head}`
    : `${head}${short}${end}${shaft}${label}${short}${tail}`;
}

/** The title and as many of the details as there is room for. */
function labelText({ title, details }: LadderRow, room: number, texts: Texts): string {
  let text = printable(texts.of(title));
  for (const detail of details) {
    const longer = printable(texts.of(listed([text, detail], "clauses")));
    if (columnsOfText(longer) > room) break;
    text = longer;
  }
  return columnsOfText(text) <= room ? text : `${beginning(text, Math.max(0, room - 1))}…`;
}

function painted(text: string, { fate, kind }: LadderRow, paint: Paint): string {
  if (fate === "unanswered" || fate === "refused" || fate === "incomplete")
    return paint.severity("critical", text);
  if (kind === "icmp" || kind === "malformed" || fate === "repeated") return paint.severity("warning", text);
  return kind === "esp" ? paint.severity("info", text) : text;
}

function pauseText({ gap, hasTraffic }: PlacedRow): Message {
  return hasTraffic ? say`${humanDuration(gap)}, ESP goes on` : humanDuration(gap);
}

function centred(text: string, width: number): string {
  const before = Math.max(0, Math.floor((width - columnsOfText(text)) / 2));
  return padBehind(`${" ".repeat(before)}${text}`, width);
}

/** The time that "+0 s" is, what the signs mean where they are used, and what is not drawn. */
function footLines(
  { rows, start, notes }: Ladder,
  { width, paint, clock = UTC, texts = ENGLISH }: LadderTextOptions,
): string[] {
  const fraction = timeOfDay(clock, start).slice("HH:MM:SS".length);
  const zero = `${startShown(clock, start)}${fraction} ${clock.name}`;
  const drawn = rows.filter((row) => row.kind !== "omitted");
  const signs = [
    drawn.some(({ isCited }) => isCited) ? "! a finding cites it" : null,
    drawn.some(({ fate }) => fate === "unanswered") ? "╳ no answer in the capture" : null,
    drawn.some(({ fate }) => fate === "incomplete") ? "╳ fragments are missing" : null,
    drawn.some(({ fate }) => fate === "repeated")
      ? "lost? asked again: it, or its answer, may be lost or late"
      : null,
    drawn.some(({ kind }) => kind === "esp") ? "═ ESP or AH, many packets" : null,
    drawn.some(({ kind }) => kind === "icmp") ? "┄ ICMP error" : null,
  ].filter((sign) => sign !== null);
  return [
    ...wrap(texts.of(listed([say`+0 s is ${zero}`, ...signs], "statements")), width),
    ...notes.flatMap((note) => wrap(printable(texts.of(note)), width)),
  ].map(paint.dim);
}

import { frameCapture, frameNumber } from "../../bytes/frame.js";
import { printable } from "../../bytes/text.js";
import { type Clock, dateAndTime, timeOfDay, UTC } from "../../bytes/clock.js";
import { humanDuration } from "../../bytes/time.js";
import type { Paint } from "../paint.js";
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
}

/** Silence of this length has a line of its own. */
const PAUSE = 2_000_000;
/** An arrow that a label does not fit is no arrow. */
const NARROWEST = 44;
/** What an arrow has at least on either side of its words. */
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
  const { paint } = options;
  const labels = rows.map((row) => (row.kind === "omitted" ? ["", ""] : whenText(row, start, options)));
  const widest = (column: number): number =>
    Math.max(5, ...labels.map((label) => label[column]?.length ?? 0));
  const [frames, times] = [widest(0), widest(1)];
  const margin = frames + times + 4;
  const body = Math.max(NARROWEST, options.width - margin - 2);
  const rail = (inner: string): string => `${" ".repeat(margin)}${inner}`;
  const lines: LadderLine[] = peerLines(ladder, margin + body + 2).map(around);
  const titles = paint.dim(`${"frame".padStart(frames)}  ${"time".padStart(times)}  `);
  lines.push(around(`${titles}│${" ".repeat(body)}│`));
  for (const [index, row] of rows.entries()) {
    if (row.kind === "omitted") {
      const text = row.count === 1 ? "1 row left out" : `${row.count} rows left out`;
      lines.push(around(rail(`┊${paint.dim(centred(text, body))}┊`)));
      continue;
    }
    if (row.gap >= PAUSE) lines.push(around(rail(`┊${paint.dim(centred(pauseText(row), body))}┊`)));
    const [frame = "", time = ""] = labels[index] ?? [];
    lines.push({
      text: `${frame.padStart(frames)}  ${time.padStart(times)} ${row.isCited ? "!" : " "}│${painted(arrow(row, body), row, paint)}│`,
      row,
    });
  }
  return [...lines, ...footLines(ladder, options).map(around)];
}

function around(text: string): LadderLine {
  return { text, row: null };
}

/** "+4.8 s" since the first row, behind the frame. */
function whenText(row: LadderRow, start: number, { severalFiles }: LadderTextOptions): string[] {
  const [frame = 0] = row.frames;
  const number = severalFiles
    ? `${frameCapture(frame) + 1}:${frameNumber(frame)}`
    : String(frameNumber(frame));
  return [number, `+${humanDuration(row.time - start)}`];
}

function peerLines({ left, right }: Ladder, width: number): string[] {
  const texts = [peerText(left), peerText(right)] as const;
  const [leftText, rightText] = texts;
  const lines =
    leftText.length + rightText.length + 2 <= width
      ? [leftText.padEnd(width - rightText.length) + rightText]
      : [...wrap(leftText, width), ...wrap(rightText, width).map((line) => line.padStart(width))];
  return lines;
}

function peerText({ address, role, about }: LadderPeer): string {
  const words = [...(role === null ? [] : [role]), ...about];
  return printable(words.length === 0 ? address : `${address} (${words.join(", ")})`);
}

/** One arrow of exactly `width` columns: the words stand near its sender, what became of it near its head. */
function arrow(row: LadderRow, width: number): string {
  const line = LINE[row.kind];
  const fate = fateText(row);
  const head = row.fate === "unanswered" || row.fate === "incomplete" ? "╳" : row.to === "right" ? ">" : "<";
  const tail = row.from === null ? "   " : "";
  const end = fate === null ? "" : ` ${fate} `;
  const room = width - tail.length - 1 - end.length - (fate === null ? 2 : 3) * SHAFT - 2;
  const label = ` ${labelText(row, room)} `;
  const shaft = line.repeat(Math.max(0, width - tail.length - SHAFT - label.length - end.length - SHAFT - 1));
  const short = line.repeat(SHAFT);
  return row.to === "right"
    ? `${tail}${short}${label}${shaft}${end}${short}${head}`
    : `${head}${short}${end}${shaft}${label}${short}${tail}`;
}

/** The title and as many of the details as there is room for. */
function labelText({ title, details }: LadderRow, room: number): string {
  let text = printable(title);
  for (const detail of details) {
    const longer = `${text}, ${printable(detail)}`;
    if (longer.length > room) break;
    text = longer;
  }
  return text.length <= room ? text : `${text.slice(0, Math.max(0, room - 1))}…`;
}

function painted(text: string, { fate, kind }: LadderRow, paint: Paint): string {
  if (fate === "unanswered" || fate === "refused" || fate === "incomplete")
    return paint.severity("critical", text);
  if (kind === "icmp" || kind === "malformed" || fate === "repeated") return paint.severity("warning", text);
  return kind === "esp" ? paint.severity("info", text) : text;
}

function pauseText({ gap, hasTraffic }: PlacedRow): string {
  return hasTraffic ? `${humanDuration(gap)}, ESP goes on` : humanDuration(gap);
}

function centred(text: string, width: number): string {
  const before = Math.max(0, Math.floor((width - text.length) / 2));
  return `${" ".repeat(before)}${text}`.padEnd(width);
}

/** The time that "+0 s" is, what the signs mean where they are used, and what is not drawn. */
function footLines(
  { rows, start, notes }: Ladder,
  { width, paint, clock = UTC }: LadderTextOptions,
): string[] {
  const fraction = timeOfDay(clock, start).slice("HH:MM:SS".length);
  const zero = `${dateAndTime(clock, start)}${fraction} ${clock.name}`;
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
    ...wrap([`+0 s is ${zero}`, ...signs].join("; "), width),
    ...notes.flatMap((note) => wrap(printable(note), width)),
  ].map(paint.dim);
}

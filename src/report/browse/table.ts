import { type Clock, startShown } from "../../bytes/clock.js";
import { columnsOfText } from "../../bytes/columns.js";
import { printable } from "../../bytes/text.js";
import { humanDuration } from "../../bytes/time.js";
import type { Judgement } from "../../diagnosis/judgement.js";
import { toldTunnels } from "../../diagnosis/stray.js";
import { STATUSES } from "../../diagnosis/finding.js";
import { shortened } from "../live/slice.js";
import { type Message, say, verbatim } from "../../texts/message.js";
import type { Texts } from "../../texts/texts.js";
import type { Paint } from "../paint.js";
import type { Presentation } from "../presentation.js";
import { cellText, tableLine } from "../table-line.js";
import { verdictWord } from "../words.js";
import type { PlacedRowColumn } from "./columns.js";
import type { TunnelRow } from "./tunnel-row.js";

/** The part of a judgement that stands above the table; the headline as a person reads it. */
export type TableHead = Pick<Judgement, "status" | "confidence" | "headline" | "files">;

/** The verdict, how many tunnels stand how, and the captures; `fault` says why they were not read to their end. */
export function headLines(
  head: TableHead,
  rows: readonly TunnelRow[],
  fault: Message | null,
  width: number,
  paint: Paint,
  { clock, texts }: Presentation,
): string[] {
  const word = texts.of(verdictWord(head));
  const verdict = shortened(`${word}  ${printable(head.headline)}`, width);
  return [
    ...(fault === null ? [] : [paint.severity("critical", shortened(printable(texts.of(fault)), width))]),
    paint.status(head.status, verdict.slice(0, word.length)) + verdict.slice(word.length),
    countsLine(rows, width, paint, texts),
    paint.dim(shortened(printable(texts.of(filesText(head, clock))), width)),
  ];
}

/** "2000 tunnels:  32 failing  1968 healthy". */
function countsLine(rows: readonly TunnelRow[], width: number, paint: Paint, texts: Texts): string {
  const counts = new Map<string, number>();
  for (const { status } of rows) counts.set(status, (counts.get(status) ?? 0) + 1);
  // The verdict above does not count these.
  const strays = rows.length - toldTunnels(rows).length;
  let line = texts.of(
    strays === 0
      ? say`${rows.length} tunnel${rows.length === 1 ? "" : "s"}:`
      : say`${rows.length} tunnels, ${strays} of them stray packets:`,
  );
  let length = columnsOfText(line);
  for (const status of STATUSES) {
    const count = counts.get(status);
    if (count === undefined) continue;
    const text = texts.of(say`${count} ${status.replaceAll("-", " ")}`);
    length += columnsOfText(text) + 2;
    if (length > width) break;
    line += `  ${paint.status(status, text)}`;
  }
  return line;
}

function filesText({ files }: TableHead, clock: Clock): Message {
  const [first] = files;
  if (first === undefined) return "no capture";
  const packets = files.reduce((sum, file) => sum + file.packets, 0);
  const times = files.flatMap(({ firstTime, lastTime }) =>
    firstTime === null || lastTime === null ? [] : [firstTime, lastTime],
  );
  const [from, to] = [Math.min(...times), Math.max(...times)];
  const span =
    times.length === 0 ? "" : say`, ${startShown(clock, from)} ${clock.name}, ${humanDuration(to - from)}`;
  const name = files.length === 1 ? verbatim(first.file) : say`${files.length} files`;
  return say`${name}: ${packets} packet${packets === 1 ? "" : "s"}${span}`;
}

/** One tunnel in one line. */
export function rowLine(
  row: TunnelRow,
  columns: readonly PlacedRowColumn[],
  isSelected: boolean,
  width: number,
  paint: Paint,
  presentation: Presentation,
): string {
  const cells = columns.map(({ column, width: own }) => {
    const text = cellText(printable(column.text(row, own, presentation)), own, column.isRight);
    return column.paint === undefined ? text : column.paint(text, row, paint);
  });
  return tableLine(cells, columns, isSelected, width, paint);
}

import Table from "cli-table3";
import { frameName, type FrameRef } from "../bytes/frame.js";
import { columnsOfText } from "../bytes/columns.js";
import { hex32 } from "../bytes/hex.js";
import { humanDuration, type Micros } from "../bytes/time.js";
import { mayBeEither, phaseOf } from "../diagnosis/phases.js";
import type { ToldOutcomes } from "../diagnosis/told-outcomes.js";
import type { EspStream } from "../esp/stream.js";
import { IKE_PORT, NAT_T_PORT } from "../ike/ports.js";
import type { Exchange, IkeSa, KeptTunnel, Sighting, Transmission } from "../session/model.js";
import { listed, type Message, say } from "../texts/message.js";
import type { Texts } from "../texts/texts.js";
import { outcomeText } from "./outcome.js";
import { wrap } from "./wrap.js";

/** Rows of one table; a report is no log. What is left out is said. */
const ROWS = 10;
/** Rows of a longer table that are shown at its beginning and its end. */
const [FIRST_ROWS, LAST_ROWS] = [5, 4];
const ID_COLUMN = 3;
/** A column is not cut below this. */
const NARROWEST = 10;

/** How a table is fitted into a width. */
export interface TableShape {
  readonly rightAligned: readonly string[];
  /** Columns that go where the table would be too wide, the first one first. */
  readonly droppable: readonly string[];
  /** Columns that are cut where that is not enough, the widest first. */
  readonly cuttable: readonly string[];
  /** The text of columns that are cut goes on in a further line instead. */
  readonly isWrapped?: true;
}

const EXCHANGES: TableShape = {
  rightAligned: ["frame", "time", "port", "attempts"],
  droppable: ["ID", "port"],
  cuttable: ["exchange", "request", "response", "outcome"],
};
const STREAMS: TableShape = {
  rightAligned: ["packets", "bytes", "lost", "late", "dup"],
  droppable: ["bytes"],
  cuttable: ["dir", "sequence"],
};

const TURNS: TableShape = { rightAligned: ["turns", "from", "to"], droppable: [], cuttable: ["dir"] };

/** A table of at most `width` columns, as far as its shape allows that. */
export function tableLines(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  shape: TableShape,
  width: number,
  texts: Texts,
): string[] {
  const titles = head.map((name) => texts.of(name));
  const widths = titles.map(
    (title, column) => Math.max(...[title, ...rows.map((row) => row[column] ?? "")].map(columnsOfText)) + 2,
  );
  let excess = widths.reduce((sum, cell) => sum + cell + 1, 1) - width;
  const dropped = shape.droppable.find((name) => head.includes(name));
  if (excess > 0 && dropped !== undefined) {
    const column = head.indexOf(dropped);
    return tableLines(
      head.toSpliced(column, 1),
      rows.map((row) => row.toSpliced(column, 1)),
      shape,
      width,
      texts,
    );
  }
  const cuttable = shape.cuttable.map((name) => head.indexOf(name));
  // A word of a wrapped text is broken last.
  const words = widths.map((_, column) => (shape.isWrapped ? longestWord(rows, column) + 2 : 0));
  while (excess-- > 0) {
    const whole = cuttable.filter((column) => (widths[column] ?? 0) > (words[column] ?? 0));
    const from = whole.length > 0 ? whole : cuttable;
    const widest = from.toSorted((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0))[0] ?? 0;
    widths[widest] = Math.max(NARROWEST, (widths[widest] ?? 0) - 1);
  }
  const table = new Table({
    head: titles,
    colWidths: widths,
    style: { head: [], border: [], compact: true },
    colAligns: head.map((name) => (shape.rightAligned.includes(name) ? "right" : "left")),
  });
  table.push(
    ...rows.map((row) =>
      row.map((cell, column) => (shape.isWrapped ? wrap(cell, (widths[column] ?? 0) - 2).join("\n") : cell)),
    ),
  );
  return table.toString().split("\n");
}

function longestWord(rows: readonly (readonly string[])[], column: number): number {
  return Math.max(0, ...rows.flatMap((row) => (row[column] ?? "").split(" ").map(columnsOfText)));
}

/** What of the captures decides how a row reads. */
interface ShownCapture {
  readonly severalFiles: boolean;
  /** When they end. */
  readonly end: Micros | null;
}

/** The exchanges of an IKE SA, a row each; of many the first and the last, and those with `cited` frames. */
export function exchangeTable(
  sa: IkeSa,
  start: Micros,
  capture: ShownCapture,
  width: number,
  texts: Texts,
  told: ToldOutcomes,
  cited: ReadonlySet<FrameRef>,
): string[] {
  const head = ["frame", "time", "exchange", "ID", "port", "request", "response", "attempts", "outcome"];
  const rows = abridged(
    sa.exchanges.map((exchange) => exchangeRow(sa, exchange, start, capture, texts, told)),
    head.length,
    texts,
    ROWS,
    areCited(sa, cited),
  );
  // In IKEv1 the Message ID is random: the steps say more, and the room is needed.
  if (sa.majorVersion === 1) for (const row of [head, ...rows]) row.splice(ID_COLUMN, 1);
  return tableLines(head, rows, EXCHANGES, width, texts);
}

/** The meaning of two numbers of attempts, if a row of the table of exchanges has them. */
export function attemptsLegend({ exchanges }: IkeSa): Message[] {
  const shown = exchanges.find(hasTwoCounts);
  if (shown?.response == null) return [];
  const [asked, answered] = [shown.request?.tries ?? 0, shown.response.tries];
  return [
    say`attempts ${asked}/${answered}: the request was sent ${times(asked)}, the response ${times(answered)}`,
  ];
}

function times(count: number): Message {
  return count === 1 ? "once" : say`${count} times`;
}

function hasTwoCounts({ response }: Exchange): boolean {
  return response !== null && response.tries > 1;
}

/** Whether the table of an IKE SA leaves exchanges out. */
export function isAbridged(sa: IkeSa, cited: ReadonlySet<FrameRef>): boolean {
  return runsOf(sa.exchanges.length, ROWS, areCited(sa, cited)).some(({ isShown }) => !isShown);
}

function exchangeRow(
  sa: IkeSa,
  exchange: Exchange,
  start: Micros,
  { severalFiles, end }: ShownCapture,
  texts: Texts,
  told: ToldOutcomes,
): string[] {
  const { request, response, startedBy, messageId } = exchange;
  const first = (request ?? response)?.sightings[0];
  const frame = first?.frames[0] ?? 0;
  return [
    frameName(frame, severalFiles),
    first === undefined ? "" : `+${humanDuration(first.time - start)}`,
    stepName(sa, exchange),
    sa.majorVersion === 1 ? "" : String(messageId),
    first === undefined ? "" : portText(first),
    request === null
      ? "-"
      : `${startedBy === "initiator" ? ">" : "<"} ${texts.of(transmissionText(request))}`,
    response === null
      ? "-"
      : `${startedBy === "initiator" ? "<" : ">"} ${texts.of(transmissionText(response))}`,
    response !== null && hasTwoCounts(exchange)
      ? `${request?.tries ?? 0}/${response.tries}`
      : String(request?.tries ?? 0),
    texts.of(outcomeText(sa, exchange, end, told)),
  ];
}

function stepName(sa: IkeSa, exchange: Exchange): string {
  const name = phaseOf(sa, exchange);
  if (sa.majorVersion === 2 || name === "INFORMATIONAL") return name;
  const last = exchange.step + 1;
  if (mayBeEither(sa, exchange)) return `${name} ${exchange.step} or ${last}`;
  return `${name} ${exchange.response === null ? exchange.step : `${exchange.step}-${last}`}`;
}

/** "500 B", with the fragments that it came in. */
function transmissionText({ sightings, fragments, message }: Transmission): Message {
  const first = sightings[0];
  const pieces = Math.max(1, ...sightings.map(({ ipFragments }) => ipFragments));
  const size = fragments === null ? message.header.length : (first?.bytes ?? 0);
  const parts: Message[] = [`${size} B`];
  if (pieces > 1) parts.push(say`${pieces} IP frag`);
  if (fragments !== null) {
    const kind = message.header.majorVersion === 1 ? "frag" : "SKF";
    parts.push(say`${kind} ${fragments.seen.size}/${fragments.total}`);
  }
  return listed(parts, "blank");
}

/** The port of the two that is IKE's; the other may be a translator's. */
function portText({ source, destination }: Sighting): string {
  const known = [NAT_T_PORT, IKE_PORT].find((port) => source.port === port || destination.port === port);
  return String(known ?? destination.port);
}

export const STREAM_HEAD = [
  "dir",
  "in",
  "SPI",
  "packets",
  "bytes",
  "sequence",
  "lost",
  "late",
  "dup",
] as const;

/** The ESP and AH streams of a tunnel, a row each; of more than `most` the first and the last. */
export function streamTable(tunnel: KeptTunnel, width: number, texts: Texts, most = ROWS): string[] {
  const rows = tunnel.streams.map((stream) => streamCells(tunnel, stream, texts));
  return tableLines(STREAM_HEAD, abridged(rows, STREAM_HEAD.length, texts, most), STREAMS, width, texts);
}

/** "->" for what goes from the first address of the tunnel to the second, "<-" for what comes back. */
export function streamDirection(
  { addresses: [first, second] }: KeptTunnel,
  { source, destination }: EspStream,
): "->" | "<-" {
  return destination === first || source === second ? "<-" : "->";
}

/** "->" is the direction of the tunnel's own line above; a stream of another address names it. */
export function streamWay(tunnel: KeptTunnel, stream: EspStream): string {
  const [first, second] = tunnel.addresses;
  const { source, destination } = stream;
  const arrow = streamDirection(tunnel, stream);
  const isOwn = [source, destination].every((address) => address === first || address === second);
  const other = source === first || source === second ? destination : source;
  return isOwn ? arrow : `${arrow} ${other}`;
}

/** The cells of a stream's row, as `STREAM_HEAD` names them. */
export function streamCells(tunnel: KeptTunnel, stream: EspStream, texts: Texts): string[] {
  const { firstSequence, highestSequence, order } = stream;
  return [
    streamWay(tunnel, stream),
    stream.encapsulation === "udp" ? `UDP ${stream.destinationPort}` : stream.encapsulation.toUpperCase(),
    hex32(stream.spi),
    String(stream.packets),
    String(stream.bytes),
    `${firstSequence}-${highestSequence}${texts.of(wrapText(order.wraps))}`,
    String(stream.lost),
    String(stream.reordered),
    String(stream.duplicates),
  ];
}

/** The numbers ran over 2^32 and went on: extended sequence numbers. */
function wrapText(wraps: number): Message {
  if (wraps === 0) return "";
  return wraps === 1 ? " wrapped" : say` wrapped ${wraps} times`;
}

export const TURNS_HEAD = ["dir", "SPI", "came right after", "turns", "from", "to"] as const;

/** Which SPI followed which, how often and when, as `TURNS_HEAD` names it: a row for each two that took turns. */
export function turnsRows(tunnel: KeptTunnel): string[][] {
  const at = (time: number): string => `+${humanDuration(time - tunnel.firstTime)}`;
  return tunnel.streams.flatMap((stream) =>
    stream.answers.map(({ spi, turns, firstTime, lastTime }) => [
      streamWay(tunnel, stream),
      hex32(stream.spi),
      hex32(spi),
      String(turns),
      at(firstTime),
      at(lastTime),
    ]),
  );
}

/** The same as a table. */
export function turnsTable(tunnel: KeptTunnel, width: number, texts: Texts): string[] {
  const rows = turnsRows(tunnel);
  if (rows.length === 0) return [];
  return tableLines(TURNS_HEAD, abridged(rows, TURNS_HEAD.length, texts), TURNS, width, texts);
}

function abridged(
  rows: string[][],
  columns: number,
  texts: Texts,
  most = ROWS,
  isKept?: (index: number) => boolean,
): string[][] {
  return runsOf(rows.length, most, isKept).flatMap(({ from, to, isShown }) => {
    if (isShown) return rows.slice(from, to);
    const more = texts.of(say`... ${to - from} more ...`);
    return [Array.from({ length: columns }, (_, column) => (column === 2 ? more : ""))];
  });
}

/** Rows that stand together, of which all are shown, or none. */
interface Run {
  readonly from: number;
  /** The one after the last. */
  readonly to: number;
  readonly isShown: boolean;
}

/** Of more than `most` rows the first and the last are shown, and those between that are kept. */
function runsOf(count: number, most: number, isKept: (index: number) => boolean = () => false): Run[] {
  if (count <= most) return [{ from: 0, to: count, isShown: true }];
  const isShown = (index: number): boolean =>
    index < FIRST_ROWS || index >= count - LAST_ROWS || isKept(index);
  const runs: Run[] = [];
  for (let from = 0; from < count;) {
    let to = from + 1;
    while (to < count && isShown(to) === isShown(from)) to++;
    // A row that says that one is left out takes as much room.
    runs.push({ from, to, isShown: isShown(from) || to - from === 1 });
    from = to;
  }
  return runs;
}

/** Which exchanges have a message in one of these frames. */
function areCited({ exchanges }: IkeSa, cited: ReadonlySet<FrameRef>): (index: number) => boolean {
  return (index) => {
    const exchange = exchanges[index];
    return [exchange?.request, exchange?.response].some((message) =>
      message?.sightings.some(({ frames }) => frames.some((frame) => cited.has(frame))),
    );
  };
}

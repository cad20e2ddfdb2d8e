import { canonicalAddress } from "../../session/model/queries.js";
import { hex32 } from "../../bytes/hex.js";
import type { EspStream } from "../../esp/stream.js";
import type { KeptTunnel } from "../../session/model.js";
import { type Message, say } from "../../texts/message.js";
import type { Texts } from "../../texts/texts.js";
import { firstAndLast, ROWS } from "./abridged.js";
import { tableLines, type TableShape } from "./table.js";

const STREAMS: TableShape = {
  rightAligned: ["packets", "bytes", "lost", "late", "dup"],
  droppable: ["bytes"],
  cuttable: ["dir", "sequence"],
};

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
  const cells = (stream: EspStream): string[] => streamCells(tunnel, stream, texts);
  const rows = firstAndLast(tunnel.streams, cells, STREAM_HEAD.length, texts, most);
  return tableLines(STREAM_HEAD, rows, STREAMS, width, texts);
}

/** "->" for what goes from the first address of the tunnel to the second, "<-" for what comes back. */
export function streamDirection(
  { addresses: [first, second], aliases }: KeptTunnel,
  { source, destination }: EspStream,
): "->" | "<-" {
  const isBack =
    canonicalAddress(aliases, destination) === first || canonicalAddress(aliases, source) === second;
  return isBack ? "<-" : "->";
}

/** "->" is the direction of the tunnel's own line above; a stream of another address names it. */
export function streamWay(tunnel: KeptTunnel, stream: EspStream): string {
  const [first, second] = tunnel.addresses;
  const { source, destination } = stream;
  const arrow = streamDirection(tunnel, stream);
  const isOwn = [source, destination].every((address) => address === first || address === second);
  const [near, far] = arrow === "->" ? [source, destination] : [destination, source];
  // The address of the first peer, if both are others: it is the one that moved.
  const other = near === first ? far : near;
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
    String(stream.lost - seenElsewhere(tunnel, stream)),
    String(stream.reordered),
    String(stream.duplicates),
  ];
}

/** Packets that lie in gaps of this stream: a peer that moves away and comes back counts on meanwhile, at its other address or port. */
function seenElsewhere({ aliases, streams }: KeptTunnel, stream: EspStream): number {
  if (stream.lost === 0) return 0;
  const name = (address: string): string => canonicalAddress(aliases, address);
  const between = streams.filter(
    (other) =>
      other !== stream &&
      other.spi === stream.spi &&
      other.encapsulation === stream.encapsulation &&
      name(other.source) === name(stream.source) &&
      name(other.destination) === name(stream.destination) &&
      other.firstSequence > stream.firstSequence &&
      other.highestSequence < stream.highestSequence,
  );
  return Math.min(
    stream.lost,
    between.reduce((sum, { packets }) => sum + packets, 0),
  );
}

/** The numbers ran over 2^32 and went on: extended sequence numbers. */
function wrapText(wraps: number): Message {
  if (wraps === 0) return "";
  return wraps === 1 ? " wrapped" : say` wrapped ${wraps} times`;
}

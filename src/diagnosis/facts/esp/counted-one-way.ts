import type { Address } from "../../../bytes/address.js";
import type { EspStream } from "../../../esp/stream.js";
import { distinctPackets } from "../../../session/esp/esp-sas.js";
import { childSaCreations } from "../../../session/esp/child-sa-creations.js";
import type { TunnelContext } from "../../context.js";
import type { Verdict } from "../../finding.js";
import { onceInTurn } from "../../once.js";
import { packetsBetween } from "./esp-directions.js";
import { type ChildCount, childCounts, type SpiCount } from "../host/child-counters.js";
import { hostsOf } from "../host/events.js";
import { isNear } from "../side.js";
import { canonicalOf } from "../sides.js";

/** Fewer may be on the way while a counter is read. */
const LEAST_PACKETS = 3;
/** The size of packets of a stream that the capture does not show. */
const LARGEST_BYTES = 1500;
/** SPIs whose first number is higher have a past that the capture does not show. */
const FIRST_NUMBERS = 4;

/**
 * A direction of a Child SA whose fate the counters of its two ends tell. lost: sent, and the receiver has counted none. unseen: sent
 * by its counters, and none in a capture at the receiver. silent: received and decrypted, and the receiver has sent nothing back.
 */
export interface CountedOneWay {
  readonly kind: "lost" | "unseen" | "silent";
  /** "unseen" is likely without the receiver's own count: a filter of the capture may hide one direction. */
  readonly confidence: "certain" | "likely";
  readonly spi: number;
  readonly source: Address;
  readonly destination: Address;
  /** Packets that were sent; of "silent" those that were received. Null where a text tells bytes alone. */
  readonly packets: number | null;
  /** Whether the frames of the capture show them. */
  readonly stream: EspStream | null;
  readonly lines: NonNullable<Verdict["lines"]>;
}

/** A Child SA as one end has counted it. */
interface EndCount extends ChildCount {
  readonly own: Address;
  readonly peer: Address;
}

const endCounts = onceInTurn((context: TunnelContext): readonly EndCount[] =>
  context.capture.hosts === undefined
    ? []
    : hostsOf(context).flatMap((host) => {
        const { addresses } = context.tunnel;
        const own = addresses.find((address) => isOwn(context, host.records.addresses, address));
        const peer = addresses.find((address) => address !== own);
        if (own === undefined || peer === undefined) return [];
        const ofHost = { host, tunnel: context, capture: context.capture };
        return childCounts(ofHost).map((count): EndCount => ({ ...count, own, peer }));
      }),
);

/** Lines of the hosts' counters for the tunnel's Child SAs, for a verdict that they do not decide. */
export function countLines(context: TunnelContext): NonNullable<Verdict["lines"]> {
  return endCounts(context).flatMap(({ lines }) => lines);
}

/** Whether a host has counted packets of the direction of which the capture, which has the Child SA from its beginning, shows none: the capture misses them. */
export function isCountedUnseen(context: TunnelContext): boolean {
  return endCounts(context).some(({ received, sent }) => {
    if (received === null || sent === null || streamOf(context, received.spi) !== null) return false;
    const other = streamOf(context, sent.spi);
    return other !== null && isBorn(context, other) && leastPackets(received, other) >= LEAST_PACKETS;
  });
}

/** One-way traffic of the tunnel by the counters of its hosts, a loss first; null where they tell of none. */
export const countedOneWay = onceInTurn((context: TunnelContext): CountedOneWay | null => {
  const counts = endCounts(context);
  return (
    counts.flatMap((count) => lostTo(context, count, counts) ?? [])[0] ??
    counts.flatMap((count) => unseenFrom(context, count, counts) ?? [])[0] ??
    counts.flatMap((count) => silentAt(context, count) ?? [])[0] ??
    null
  );
});

function isOwn({ tunnel }: TunnelContext, addresses: ReadonlySet<Address>, address: Address): boolean {
  return [...addresses].some((one) => canonicalOf(tunnel, one) === address);
}

/** The receiver has counted none of what was sent, at a time at which it had sent itself. */
function lostTo(context: TunnelContext, count: EndCount, all: readonly EndCount[]): CountedOneWay | null {
  const { received, sent, own, peer } = count;
  if (received === null || received.packets !== 0 || received.refused > 0) return null;
  const stream = streamOf(context, received.spi);
  const bySender = all.find((other) => other.own === peer && other.sent?.spi === received.spi);
  const packets = Math.max(stream === null ? 0 : distinctPackets(stream), bySender?.sent?.packets ?? 0);
  if (sent === null || !isLate(context, sent)) return null;
  const isBehind = isReadLater(context, sent);
  if (packets < (isBehind ? 1 : LEAST_PACKETS)) return null;
  if (stream !== null && !isBehind && sentBefore(stream, context, sent) < LEAST_PACKETS) return null;
  // At that host the dump of states has its own verdict.
  if (count.by === "kernel" && stream !== null && isNear(context, own)) return null;
  const lines = [...count.lines, ...(bySender?.lines ?? [])];
  return {
    kind: "lost",
    confidence: "certain",
    spi: received.spi,
    source: peer,
    destination: own,
    packets,
    stream,
    lines,
  };
}

/** The sender has counted what it sent, and a capture at the receiver, from the setup on, shows none of it. */
function unseenFrom(context: TunnelContext, count: EndCount, all: readonly EndCount[]): CountedOneWay | null {
  const { sent, received, own, peer, lines } = count;
  if (sent === null || received === null) return null;
  const other = streamOf(context, received.spi);
  if (leastPackets(sent, other) < LEAST_PACKETS) return null;
  const isShown = context.tunnel.streams.some(({ source }) => canonicalOf(context.tunnel, source) === own);
  if (other === null || isShown || !isNear(context, peer) || !isBorn(context, other)) return null;
  if (isCountedUnseen(context)) return null;
  const isCounted = all.some(({ received: there }) => there?.spi === sent.spi && there.packets === 0);
  return {
    kind: "unseen",
    confidence: isCounted ? "certain" : "likely",
    spi: sent.spi,
    source: own,
    destination: peer,
    packets: sent.packets,
    stream: null,
    lines,
  };
}

/** The receiver has decrypted what came, and has sent nothing in that Child SA, nor in another one. */
function silentAt(context: TunnelContext, count: EndCount): CountedOneWay | null {
  const { sent, received, own, peer, lines } = count;
  if (received === null || sent === null || sent.packets !== 0 || !isLate(context, received)) return null;
  const stream = streamOf(context, received.spi);
  const isShown = context.tunnel.streams.some(({ source }) => canonicalOf(context.tunnel, source) === own);
  if (stream === null || isShown || distinctPackets(stream) < LEAST_PACKETS) return null;
  return {
    kind: "silent",
    confidence: "certain",
    spi: received.spi,
    source: peer,
    destination: own,
    packets: received.packets,
    stream,
    lines,
  };
}

/** Whether a counter shows that it was read when most of the packets of its SPI had passed: a count of 0 beside it is no early one. */
function isLate(context: TunnelContext, count: SpiCount | null): boolean {
  if (count === null) return false;
  const stream = streamOf(context, count.spi);
  const packets = leastPackets(count, stream);
  return packets >= LEAST_PACKETS && packets * 2 >= (stream === null ? 0 : distinctPackets(stream));
}

/** Packets of a stream that were there when the counter of the other direction was read, at least: it may be read before they came. */
function sentBefore(stream: EspStream, context: TunnelContext, count: SpiCount): number {
  const back = streamOf(context, count.spi);
  if (back === null) return stream.packets;
  const { firstTime, lastTime } = back;
  const isAll = leastPackets(count, back) >= distinctPackets(back);
  return packetsBetween(stream, stream.firstTime, isAll ? lastTime : (firstTime + lastTime) / 2);
}

/** Whether a counter was read behind the capture, which has the Child SA from its beginning: none of its packets was on the way then. */
function isReadLater(context: TunnelContext, count: SpiCount | null): boolean {
  const stream = count === null ? null : streamOf(context, count.spi);
  if (count === null || stream === null || !isBorn(context, stream)) return false;
  return leastPackets(count, stream) >= distinctPackets(stream) + LEAST_PACKETS;
}

/** Packets that a counter stands for, at least: where it tells bytes, as many as if each were as large as the largest frame of `stream`. */
function leastPackets({ packets, bytes }: SpiCount, stream: EspStream | null): number {
  return packets ?? Math.floor((bytes ?? 0) / (stream?.largest ?? LARGEST_BYTES));
}

function streamOf({ tunnel }: TunnelContext, spi: number): EspStream | null {
  return tunnel.streams.find((stream) => stream.spi === spi) ?? null;
}

/** The capture shows the Child SA from its beginning on, so that its counters began there, too. */
function isBorn({ tunnel }: TunnelContext, { firstSequence, firstTime }: EspStream): boolean {
  return (
    firstSequence <= FIRST_NUMBERS && childSaCreations(tunnel.ikeSas).some(({ time }) => time <= firstTime)
  );
}

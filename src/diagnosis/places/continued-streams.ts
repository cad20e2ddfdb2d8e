import type { Micros } from "../../bytes/time.js";
import type { EspStream, Rate, SequenceOrder, SizeDistribution } from "../../esp/stream.js";
import { distinctPackets } from "../../session/esp/esp-sas.js";

/** A stream as far as two places are compared by it. */
export interface PlaceStream extends Pick<
  EspStream,
  | "source"
  | "spi"
  | "encapsulation"
  | "packets"
  | "duplicates"
  | "firstTime"
  | "lastTime"
  | "firstFrame"
  | "lastFrame"
  | "firstSequence"
  | "highestSequence"
  | "lost"
  | "largest"
  | "rate"
  | "gapFrom"
  | "gapTo"
> {
  readonly order: Pick<SequenceOrder, "largestGap" | "afterLargestGap" | "restarts" | "wraps" | "tooOld">;
  readonly sizes: Pick<SizeDistribution, "packets" | "residues" | "lastLarge">;
}

/** Packets over the old and the new port of a peer may cross on the way, microseconds. */
const CROSSING_US: Micros = 1_000_000;

/**
 * The streams of a place, one for each SA whose packets went on under another port or address: a NAT device gave its peer a new
 * mapping, or the peer moved. Streams at the same time stay apart: they are two views of the same packets.
 */
export function continuedStreams(streams: readonly PlaceStream[]): PlaceStream[] {
  const kept: PlaceStream[] = [];
  for (const stream of streams.toSorted((a, b) => a.firstTime - b.firstTime)) {
    const at = kept.findLastIndex((before) => continues(before, stream));
    const before = kept[at];
    if (before === undefined) kept.push(stream);
    else kept[at] = joined(before, stream);
  }
  return kept;
}

function continues(before: PlaceStream, after: PlaceStream): boolean {
  return (
    before.spi === after.spi &&
    before.encapsulation === after.encapsulation &&
    after.firstTime >= before.lastTime - CROSSING_US &&
    after.firstSequence > before.firstSequence &&
    after.highestSequence > before.highestSequence
  );
}

/** `after` goes on with the numbers of `before`; what neither has is lost. */
function joined(before: PlaceStream, after: PlaceStream): PlaceStream {
  const packets = before.packets + after.packets;
  const duplicates = before.duplicates + after.duplicates;
  const numbers = after.highestSequence - before.firstSequence + 1;
  return {
    source: after.source,
    spi: after.spi,
    encapsulation: after.encapsulation,
    packets,
    duplicates,
    firstTime: before.firstTime,
    lastTime: Math.max(before.lastTime, after.lastTime),
    firstFrame: before.firstFrame,
    lastFrame: after.lastTime >= before.lastTime ? after.lastFrame : before.lastFrame,
    firstSequence: before.firstSequence,
    highestSequence: after.highestSequence,
    lost: Math.max(0, numbers - distinctPackets({ packets, duplicates })),
    largest: Math.max(before.largest, after.largest),
    rate: joinedRate(before.rate, after.rate),
    ...longestPause(before, after),
    order: joinedOrder(before.order, after.order),
    sizes: {
      packets: summed(before.sizes.packets, after.sizes.packets),
      residues: before.sizes.residues | after.sizes.residues,
      lastLarge: (before.largest > after.largest ? before : after).sizes.lastLarge,
    },
  };
}

/** The longest pause of both, or that between them. */
function longestPause(before: PlaceStream, after: PlaceStream): Pick<PlaceStream, "gapFrom" | "gapTo"> {
  const pauses = [before, { gapFrom: before.lastTime, gapTo: after.firstTime }, after];
  const [longest = before] = pauses.toSorted((a, b) => b.gapTo - b.gapFrom - (a.gapTo - a.gapFrom));
  return { gapFrom: longest.gapFrom, gapTo: longest.gapTo };
}

function joinedOrder(before: PlaceStream["order"], after: PlaceStream["order"]): PlaceStream["order"] {
  const { largestGap, afterLargestGap } = before.largestGap > after.largestGap ? before : after;
  return {
    largestGap,
    afterLargestGap,
    restarts: before.restarts + after.restarts,
    wraps: before.wraps + after.wraps,
    tooOld: before.tooOld + after.tooOld,
  };
}

/** All streams of a capture have one grid. */
function joinedRate(before: Rate, after: Rate): Rate {
  return { ...after, packets: summed(before.packets, after.packets) };
}

function summed(one: Uint32Array, other: Uint32Array): Uint32Array {
  return one.map((count, at) => count + (other[at] ?? 0));
}

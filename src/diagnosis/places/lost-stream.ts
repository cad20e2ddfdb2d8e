import { copiesOf, packetsBetween } from "../facts/esp/esp-directions.js";
import { distinctPackets } from "../../session/esp/esp-sas.js";
import type { Micros } from "../../bytes/time.js";
import { SIZE_BIN_WIDTH, SIZE_BINS } from "../../esp/stream.js";
import type { PlaceStream } from "./continued-streams.js";
import type { TunnelContext } from "../context.js";
import { allOf, missingOf, within } from "./holes.js";
import { endOf, hears, isFrom, isWithinFile, type Passage, startOf } from "./passage.js";
import { sameStreams } from "./view.js";

/** Fewer lost packets may be chance. */
const FEWEST = 3;
/** One packet of many is lost every day; of the last ones of a stream so many are worth a word. */
const FEWEST_AT_END = 2;

/** A sniffer that begins while a packet is under way has it at the other place only: longer than any way takes, in microseconds. */
const UNDER_WAY: Micros = 300_000;

/** The loss of a stream's packets between two places. */
export interface LostStream {
  readonly passage: Passage;
  /** As it left the first place. */
  readonly sent: PlaceStream;
  /** As it came to the second one; null where nothing of it did. */
  readonly arrived: PlaceStream | null;
  /** Packets of the first place, copies left out, and those of them that the second one has not. */
  readonly packets: number;
  readonly lost: number;
  /** Packets among these behind the last one that arrived, and since when (by the clock of the first place). */
  readonly tail: number;
  readonly tailFrom: Micros;
  /** Whether so many are no chance, and all were sent while the second place was recording. */
  readonly isSure: boolean;
  /** The largest packet that arrived, bytes, and how many larger ones were sent, if only large ones are lost; else null. */
  readonly size: { readonly largestArrived: number; readonly larger: number } | null;
}

/** Losses that random ones are so likely to make are no end. */
const BY_CHANCE = 0.01;

/** Whether so many packets at the end may be lost as others of the stream were before. */
export function isByChance({ packets, lost, tail }: LostStream, silent: number): boolean {
  const share = (lost - tail) / Math.max(1, packets - tail);
  return share ** silent > BY_CHANCE;
}

/** The streams of the sender of which packets are lost on the passage. */
export function lostStreams(context: TunnelContext, passage: Passage): LostStream[] {
  return passage.from.streams
    .filter(({ source }) => isFrom(context, passage, source))
    .flatMap((sent) => {
      const [arrived, ...others] = sameStreams(sent, passage.to);
      // Under several ports at once, what one of them lacks came by another.
      if (others.length > 0) return [];
      const lost = arrived === undefined ? allLost(context, passage, sent) : partLost(passage, sent, arrived);
      return lost === null ? [] : [lost];
    });
}

/** Nothing arrives, though the second place records, and would record such packets. */
function allLost(context: TunnelContext, passage: Passage, sent: PlaceStream): LostStream | null {
  // It came, under addresses that are not known to be those of this tunnel.
  if (passage.to.spis.has(sent.spi)) return null;
  const packets = recordablePackets(passage, sent);
  if (
    packets === 0 ||
    !records(passage, sent) ||
    !hears(context, passage, sent.encapsulation === "udp") ||
    !seesAllSas(passage)
  ) {
    return null;
  }
  const isSure = packets >= FEWEST && isWithinFile(passage, sent.lastTime);
  const tailFrom = recordedFrom(passage, sent.firstTime);
  return {
    passage,
    sent,
    arrived: null,
    packets,
    lost: packets,
    tail: packets,
    tailFrom,
    isSure,
    size: null,
  };
}

/**
 * Packets of a stream, copies left out, that were sent while the second place was recording: where it ended among them, those
 * before its end if they were sent at even intervals; 0 where it began later.
 */
export function recordablePackets(passage: Passage, sent: PlaceStream): number {
  if (!isWithinFile(passage, sent.firstTime) || mayPrecede(passage, sent)) return 0;
  const packets = distinctPackets(sent);
  if (isWithinFile(passage, sent.lastTime)) return packets - within(allOf(sent), passage.holes);
  return (
    Math.floor(((packets - 1) * (endOf(passage) - sent.firstTime)) / (sent.lastTime - sent.firstTime)) + 1
  );
}

/** Whether the second sniffer may have begun while the packets were under way: nothing that it has of the tunnel is older. */
function mayPrecede(passage: Passage, { firstTime, lastTime }: PlaceStream): boolean {
  const hasOlder = passage.to.ikeSas.some((sa) => sa.firstTime - passage.offset < firstTime);
  return !hasOlder && lastTime < startOf(passage) + UNDER_WAY;
}

/** Whether all IKE SAs of the first place are at the second one: where clients share an address, each has a way of its own. */
function seesAllSas(passage: Passage): boolean {
  const { from, to } = passage;
  const known = new Set(to.ikeSas.map(({ initiatorSpi }) => initiatorSpi));
  return from.ikeSas.every(
    ({ initiatorSpi, firstTime }) => known.has(initiatorSpi) || !isWithinFile(passage, firstTime),
  );
}

/** No filter keeps packets like those of the stream out of the second file. */
function records({ to: { observations, streams } }: Passage, { encapsulation }: PlaceStream): boolean {
  if (observations.otherPackets > 0) return true;
  if (encapsulation === "udp") return observations.port4500 > 0;
  return streams.some((other) => other.encapsulation === encapsulation);
}

/** Sequence numbers say what is missing here that was there, whatever the clocks show. */
function partLost(passage: Passage, sent: PlaceStream, arrived: PlaceStream): LostStream | null {
  if (!isCountable(sent) || !isCountable(arrived)) return null;
  // Packets that came together (receive offload) are one here and several there.
  if (arrived.largest > sent.largest) return null;
  const isWithin =
    arrived.firstSequence >= sent.firstSequence && arrived.highestSequence <= sent.highestSequence;
  if (!isWithin) return null;
  const missing = missingOf(sent, arrived, passage.offset);
  const head = isWithinFile(passage, sent.firstTime)
    ? missing.head.packets - within(missing.head, passage.holes)
    : 0;
  const tailFrom = recordedFrom(passage, missing.tail.from);
  const tail = Math.min(
    missing.tail.packets - within(missing.tail, passage.holes),
    isWithinFile(passage, sent.lastTime) ? Infinity : packetsBetween(sent, tailFrom, endOf(passage)),
  );
  const lost = Math.max(0, head + arrived.lost - within(missing.gap, passage.holes) + tail - sent.lost);
  if (lost < FEWEST && tail < FEWEST_AT_END) return null;
  const packets = distinctPackets(sent);
  const size = sizeLimit(sent, arrived, lost);
  return { passage, sent, arrived, packets, lost, tail, tailFrom, isSure: lost >= FEWEST, size };
}

/** The time itself, or the end of the hole in the recording that begins or goes on then. */
function recordedFrom({ holes }: Passage, time: Micros): Micros {
  return holes.find(({ from, until }) => time >= from && time < until)?.until ?? time;
}

function isCountable({ order }: PlaceStream): boolean {
  return order.restarts === 0 && order.wraps === 0 && order.tooOld === 0;
}

/** A limit of size: from some bin on nothing arrived, below it nearly everything did, and both is enough to tell. */
function sizeLimit(sent: PlaceStream, arrived: PlaceStream, lost: number): LostStream["size"] {
  const bin = Math.min(SIZE_BINS - 1, Math.floor(arrived.largest / SIZE_BIN_WIDTH));
  const copies = copiesOf(sent);
  const larger = Math.round(
    sent.sizes.packets.reduce((sum, count, at) => (at > bin ? sum + count : sum), 0) / copies,
  );
  const isEnough = larger >= FEWEST && distinctPackets(arrived) >= FEWEST;
  return isEnough && larger >= lost * 0.9 ? { largestArrived: arrived.largest, larger } : null;
}

import { isOfSeveralPlaces } from "../../extracts.js";
import type { Address } from "../../../bytes/address.js";
import type { Micros } from "../../../bytes/time.js";
import { type EspStream, SIZE_BINS } from "../../../esp/stream.js";
import type { CaptureFile, Tunnel } from "../../../session/model.js";
import type { EspSa } from "../../../session/esp/child-sa.js";
import { answersTo, distinctPackets, espSasOf } from "../../../session/esp/esp-sas.js";
import type { TunnelContext } from "../../context.js";
import type { Evidence } from "../../finding.js";
import { onceInTurn } from "../../once.js";
import { listed, type Message } from "../../../texts/message.js";

/** All ESP (or AH) of a tunnel in one direction. */
export interface EspDirection {
  readonly source: Address;
  readonly destination: Address;
  readonly espSas: readonly EspSa[];
  readonly streams: readonly EspStream[];
  /** Without copies. */
  readonly packets: number;
  readonly firstTime: Micros;
  readonly lastTime: Micros;
  /** The streams that the first and the last packet belong to. */
  readonly first: EspStream;
  readonly last: EspStream;
}

/** The directions of a tunnel that have traffic, at most two. */
export const espDirectionsOf = onceInTurn((tunnel: Tunnel): readonly EspDirection[] => {
  const espSas = espSasOf(tunnel);
  return tunnel.addresses.flatMap((address) => {
    const own = espSas.filter(({ source }) => source === address);
    const streams = own.flatMap((espSa) => espSa.streams);
    const first = streams.reduce<EspStream | null>(
      (best, stream) => (best === null || stream.firstTime < best.firstTime ? stream : best),
      null,
    );
    const last = streams.reduce<EspStream | null>(
      (best, stream) => (best === null || stream.lastTime > best.lastTime ? stream : best),
      null,
    );
    const [espSa] = own;
    if (espSa === undefined || first === null || last === null) return [];
    return [
      {
        source: espSa.source,
        destination: espSa.destination,
        espSas: own,
        streams,
        packets: sumOf(streams, distinctPackets),
        firstTime: first.firstTime,
        lastTime: last.lastTime,
        first,
        last,
      },
    ];
  });
});

export function sumOf<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}

/** "AH" or "ESP". */
export function carrierOf({ encapsulation }: Pick<EspStream, "encapsulation">): "AH" | "ESP" {
  return encapsulation === "ah" ? "AH" : "ESP";
}

/** "ESP", "AH", or both where there are streams of both. */
export function carriersOf(streams: readonly EspStream[]): Message {
  return listed([...new Set(streams.map((stream) => carrierOf(stream)))], "and");
}

/** How often packets of one direction came right after one of the other. */
export function turnsOf(direction: EspDirection, other: EspDirection): number {
  return sumOf(direction.espSas, (espSa) =>
    sumOf(other.espSas, (asked) => answersTo(espSa, asked)?.turns ?? 0),
  );
}

/** How often each packet of a stream is in the capture, 1 or more. */
export function copiesOf(stream: Pick<EspStream, "packets" | "duplicates">): number {
  return stream.packets / Math.max(1, distinctPackets(stream));
}

/**
 * Packets of a stream that came after `time`, at least: by the bins of its rate, which are wide in a long capture, and by
 * the last of its large packets.
 */
export function packetsAfter(stream: EspStream, time: Micros): number {
  const { rate, sizes } = stream;
  const inBins = rate.packets.reduce(
    (sum, count, bin) => (startOfBin(stream, bin) >= time ? sum + count : sum),
    0,
  );
  const large = sizes.lastLarge.filter((packet) => packet.time > time).length;
  return Math.floor(Math.max(inBins, large) / copiesOf(stream));
}

/** Packets of a stream that came between two times, at least: those in bins of its rate that lie between them. */
export function packetsBetween(
  stream: Pick<EspStream, "rate" | "firstTime" | "packets" | "duplicates">,
  from: Micros,
  to: Micros,
): number {
  const { rate } = stream;
  const inBins = rate.packets.reduce((sum, count, bin) => {
    const end = rate.from + (bin + 1) * rate.binWidth;
    return startOfBin(stream, bin) >= from && end <= to ? sum + count : sum;
  }, 0);
  return Math.floor(inBins / copiesOf(stream));
}

/** The first bin counts what is dated before all bins too, where a clock was set back. */
function startOfBin({ rate, firstTime }: Pick<EspStream, "rate" | "firstTime">, bin: number): Micros {
  const start = rate.from + bin * rate.binWidth;
  return bin === 0 ? Math.min(start, firstTime) : start;
}

/** Packets of these streams by size, without copies, and how many of them were answered at once. */
export function sizeBinsOf(
  streams: readonly EspStream[],
): { readonly packets: number; readonly answered: number }[] {
  const bins = Array.from({ length: SIZE_BINS }, () => ({ packets: 0, answered: 0 }));
  for (const stream of streams) {
    const { packets, answered } = stream.sizes;
    const copies = copiesOf(stream);
    for (const [index, bin] of bins.entries()) {
      bin.packets += (packets[index] ?? 0) / copies;
      bin.answered += answered[index] ?? 0;
    }
  }
  return bins;
}

/** A clock that goes back by less is that of a sniffer with several queues. */
const CLOCK_SET: Micros = 1_000_000;

/** Several files that overlap in time, an extract of such, or a clock that was set back: the order of packets is that of the merging. */
export function isMerged(files: readonly CaptureFile[]): boolean {
  const sorted = files
    .filter(({ firstTime }) => firstTime !== null)
    .toSorted((a, b) => (a.firstTime ?? 0) - (b.firstTime ?? 0));
  return (
    isOfSeveralPlaces(files) ||
    files.some(({ stepBack }) => (stepBack?.by ?? 0) >= CLOCK_SET) ||
    sorted.some((file, index) => index > 0 && (file.firstTime ?? 0) < (sorted[index - 1]?.lastTime ?? 0))
  );
}

/** The capture holds packets more than once: several interfaces, a mirror port, both sides of a router or NAT device. */
export function holdsCopies({ tunnel, capture }: TunnelContext): boolean {
  return (
    tunnel.duplicates.count > 0 ||
    tunnel.aliases.some(({ kind }) => kind === "nat-view") ||
    isMerged(capture.files)
  );
}

/** A line of evidence for a packet of a stream. */
export function momentOf(
  moment: { readonly frame: number; readonly time: Micros } | null,
  text: Message,
): Evidence[] {
  return moment === null ? [] : [{ frame: moment.frame, time: moment.time, nanos: 0, text }];
}

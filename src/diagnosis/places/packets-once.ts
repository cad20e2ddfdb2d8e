import type { EspStream } from "../../esp/stream.js";
import { distinctPackets } from "../../session/esp/esp-sas.js";
import type { ChildSa, EspSa } from "../../session/esp/child-sa.js";
import type { KeptTunnel, Place } from "../../session/model.js";
import { once } from "../once.js";

/** Streams with each packet counted once, by the streams in which those of all places stand. */
export type CountedOnce = ReadonlyMap<EspStream, EspStream>;

/**
 * The streams of a tunnel whose packets several places hold under the same addresses, for tables: there a packet that both ends have is one
 * packet and no duplicate. Rules look at the streams as they are read, in which the copies tell what both ends have.
 */
export function packetsOnce({ streams }: Pick<KeptTunnel, "streams">, places: readonly Place[]): CountedOnce {
  const counted = new Map<EspStream, EspStream>();
  if (places.length < 2) return counted;
  const atPlaces = places.map(streamsByKey);
  for (const stream of streams) {
    const key = keyOf(stream);
    const seen = atPlaces.flatMap((known) => known.get(key) ?? []);
    if (seen.length > 1) counted.set(stream, withoutCopies(stream, seen));
  }
  return counted;
}

/** The tunnel with those streams in place of its own. */
export function withPacketsOnce(kept: KeptTunnel, counted: CountedOnce): KeptTunnel {
  return counted.size === 0
    ? kept
    : { ...kept, streams: kept.streams.map((stream) => counted.get(stream) ?? stream) };
}

/** The Child SA with those streams in place of its own. */
export function childSaOnce(child: ChildSa, counted: CountedOnce): ChildSa {
  if (counted.size === 0) return child;
  const espSaOnce = (espSa: EspSa | null): EspSa | null =>
    espSa && { ...espSa, streams: espSa.streams.map((stream) => counted.get(stream) ?? stream) };
  return { ...child, forward: espSaOnce(child.forward), backward: espSaOnce(child.backward) };
}

/** The stream without what another place has too; numbers that one place holds twice stay duplicates. */
function withoutCopies(all: EspStream, seen: readonly EspStream[]): EspStream {
  const duplicates = Math.max(...seen.map((stream) => stream.duplicates));
  const packets = all.packets - Math.max(0, all.duplicates - duplicates);
  const holder = seen.find((stream) => distinctPackets(stream) >= packets - duplicates);
  if (holder !== undefined) return { ...valuesOf(all), ...countsOf(holder) };
  // No place has all of them: the mean size stands for those that are counted once less.
  const bytes = Math.round((all.bytes * packets) / all.packets);
  return { ...valuesOf(all), packets, bytes, duplicates, sizes: all.sizes };
}

type Counts = Pick<EspStream, "packets" | "bytes" | "duplicates" | "sizes">;

function countsOf({ packets, bytes, duplicates, sizes }: EspStream): Counts {
  return { packets, bytes, duplicates, sizes };
}

/** All but the counts: a stream is a view on its record, of which a spread has nothing. */
function valuesOf(stream: EspStream): Omit<EspStream, keyof Counts> {
  return {
    source: stream.source,
    destination: stream.destination,
    encapsulation: stream.encapsulation,
    sourcePort: stream.sourcePort,
    destinationPort: stream.destinationPort,
    spi: stream.spi,
    firstTime: stream.firstTime,
    lastTime: stream.lastTime,
    firstFrame: stream.firstFrame,
    lastFrame: stream.lastFrame,
    firstSequence: stream.firstSequence,
    lastSequence: stream.lastSequence,
    highestSequence: stream.highestSequence,
    lost: stream.lost,
    reordered: stream.reordered,
    largest: stream.largest,
    fragmented: stream.fragmented,
    firstFragmentedTime: stream.firstFragmentedTime,
    firstFragmentedFrame: stream.firstFragmentedFrame,
    gapFrom: stream.gapFrom,
    gapTo: stream.gapTo,
    gapFromFrame: stream.gapFromFrame,
    gapToFrame: stream.gapToFrame,
    order: stream.order,
    outer: stream.outer,
    rate: stream.rate,
    answers: stream.answers,
    plain: stream.plain,
  };
}

/** The streams of a place by what one stream of another place has in common with it. */
const streamsByKey = once(
  ({ tunnels }: Place): ReadonlyMap<string, EspStream> =>
    new Map(tunnels.flatMap(({ streams }) => streams.map((stream) => [keyOf(stream), stream] as const))),
);

function keyOf({
  source,
  destination,
  encapsulation,
  sourcePort,
  destinationPort,
  spi,
}: Pick<
  EspStream,
  "source" | "destination" | "encapsulation" | "sourcePort" | "destinationPort" | "spi"
>): string {
  return `${source} ${sourcePort} ${destination} ${destinationPort} ${encapsulation} ${spi}`;
}

import { sightingsOf } from "../../session/sightings.js";
import type { Micros } from "../../bytes/time.js";
import { distinctPackets } from "../../session/esp/esp-sas.js";
import type { TunnelContext } from "../context.js";
import { sumOf } from "../facts/esp/esp-directions.js";
import { canonicalOf } from "../facts/sides.js";
import type { PlaceStream } from "./continued-streams.js";
import type { Subpath } from "./device.js";
import { type PlaceView, sameStream } from "./view.js";

/** A sniffer drops a packet of many now and then; more that must have passed it, with nothing else recorded, are a hole. */
const FEWEST_MISSED = 2;

/** The share of what one stream lacks that may lie outside of the silence: its packets do not come at even intervals. */
const EDGES = 0.2;

/** A span of time by the clock of the place that packets pass first. */
export interface Span {
  readonly from: Micros;
  readonly until: Micros;
}

/** Packets of a stream that one place has and the other has not, one behind the other, and when they passed the first place. */
export interface Missing extends Span {
  readonly packets: number;
}

/**
 * The times in which `to` did not record, though its file goes on: it has nothing of the tunnel then, not even what the receiver
 * behind it sent and `from`, farther on, has. `offset` is by how much the clock of `to` is ahead.
 */
export function holesOf(
  { tunnel }: TunnelContext,
  { from, to, receiver }: Subpath,
  offset: Micros,
): readonly Span[] {
  const isOwn = ({ source }: PlaceStream): boolean => canonicalOf(tunnel, source) === receiver;
  const recorded = new Set(to.streams.filter(isOwn).map(({ encapsulation }) => encapsulation));
  const missed = from.streams
    // A place never has anything of a direction that its filter leaves out.
    .filter((stream) => isOwn(stream) && recorded.has(stream.encapsulation))
    .flatMap((passed) => {
      const same = sameStream(passed, to);
      if (same === undefined) return to.spis.has(passed.spi) ? [] : [allOf(passed)];
      return Object.values(missingOf(passed, same, offset));
    })
    .filter(({ packets }) => packets > 0);
  if (missed.length === 0) return [];
  return silencesOf(to, offset).filter(
    (silence) => sumOf(missed, (missing) => mostlyWithin(missing, silence)) >= FEWEST_MISSED,
  );
}

/** Packets of the receiver that a place lacks for longer, while it hears the sender, left by another interface: they say nothing of the silence. */
function mostlyWithin(missing: Missing, silence: Span): number {
  const packets = within(missing, [silence]);
  const outside = missing.packets - packets;
  return outside <= Math.max(FEWEST_MISSED, missing.packets * EDGES) ? packets : 0;
}

/** All packets of a stream. */
export function allOf(stream: PlaceStream): Missing {
  return { from: stream.firstTime, until: stream.lastTime, packets: distinctPackets(stream) };
}

/** Packets that a stream lacks where it arrived: before its first packet, in its largest gap if that is its longest pause too, behind its last one. */
export function missingOf(
  sent: PlaceStream,
  arrived: PlaceStream,
  offset: Micros,
): { readonly head: Missing; readonly gap: Missing; readonly tail: Missing } {
  const { order, gapFrom, gapTo } = arrived;
  const isPause = order.afterLargestGap?.time === gapTo;
  return {
    head: {
      from: sent.firstTime,
      until: arrived.firstTime - offset,
      packets: Math.max(0, arrived.firstSequence - sent.firstSequence),
    },
    gap: {
      from: gapFrom - offset,
      until: gapTo - offset,
      packets: isPause ? Math.min(order.largestGap, Math.max(0, arrived.lost - sent.lost)) : 0,
    },
    tail: {
      from: arrived.lastTime - offset,
      until: sent.lastTime,
      packets: Math.max(0, sent.highestSequence - arrived.highestSequence),
    },
  };
}

/** Packets of these that fell into the spans, if they came at even intervals. */
export function within({ from, until, packets }: Missing, spans: readonly Span[]): number {
  if (from >= until) return isInAny(from, spans) ? packets : 0;
  const common = sumOf(spans, (span) => Math.max(0, Math.min(until, span.until) - Math.max(from, span.from)));
  return Math.min(packets, Math.ceil((packets * common) / (until - from)));
}

export function isInAny(time: Micros, spans: readonly Span[]): boolean {
  return spans.some(({ from, until }) => time > from && time < until);
}

/** The times in which `to` has nothing of the tunnel, from the beginning of its file to the end. */
function silencesOf(to: PlaceView, offset: Micros): Span[] {
  const { firstTime, lastTime } = to.file;
  if (firstTime === null || lastTime === null) return [];
  const heard = [
    { from: firstTime, until: firstTime },
    ...to.ikeSas.flatMap(sightingsOf).map(({ time }) => ({ from: time, until: time })),
    ...to.streams.flatMap(runsOf),
    { from: lastTime, until: lastTime },
  ].toSorted((a, b) => a.from - b.from);
  const silences: Span[] = [];
  let end = firstTime;
  for (const { from, until } of heard) {
    if (from > end) silences.push({ from: end - offset, until: from - offset });
    end = Math.max(end, until);
  }
  return silences;
}

/** The time of a stream before its longest pause, and that behind it. */
function runsOf({ firstTime, lastTime, gapFrom, gapTo }: PlaceStream): Span[] {
  return gapTo <= gapFrom
    ? [{ from: firstTime, until: lastTime }]
    : [
        { from: firstTime, until: gapFrom },
        { from: gapTo, until: lastTime },
      ];
}

import type { Address } from "../../../bytes/address.js";
import type { FrameRef } from "../../../bytes/frame.js";
import type { Micros } from "../../../bytes/time.js";
import type { Moment, Tunnel } from "../../../session/model.js";
import { canonicalOf } from "../sides.js";

/** A time without any packet of certain senders, and the packets around it. */
export interface Gap {
  readonly from: Micros;
  readonly to: Micros;
  readonly fromFrame: FrameRef;
  readonly toFrame: FrameRef;
}

interface Span {
  readonly from: Micros;
  readonly to: Micros;
  readonly fromFrame: FrameRef;
  readonly toFrame: FrameRef;
}

/**
 * The times of at least `atLeast` in which none of `senders` sent IKE or ESP. Streams, and messages that were not kept, tell
 * their longest pause only, so that shorter ones go unseen, and times that streams are not known of any more count for nothing: what is said is
 * true, but may not be all.
 */
export function gapsOf(tunnel: Tunnel, senders: readonly Address[], atLeast: Micros): Gap[] {
  const busy = busySpans(tunnel, senders).toSorted((a, b) => a.from - b.from);
  const gaps: Gap[] = [];
  let last: Span | undefined;
  for (const span of busy) {
    if (last !== undefined && span.from - last.to >= atLeast && last.to >= tunnel.streamsWholeFrom) {
      gaps.push({ from: last.to, to: span.from, fromFrame: last.toFrame, toFrame: span.fromFrame });
    }
    if (last === undefined || span.to > last.to) last = span;
  }
  return gaps;
}

function spanOf(from: Moment, to: Moment): Span {
  return { from: from.time, to: to.time, fromFrame: from.frame, toFrame: to.frame };
}

function busySpans(tunnel: Tunnel, senders: readonly Address[]): Span[] {
  const isSender = (address: Address): boolean => senders.includes(canonicalOf(tunnel, address));
  const spans: Span[] = [];
  for (const { exchanges, unkeptSpan } of tunnel.ikeSas) {
    // Exchanges that were not kept are answered checks above all: both sides spoke all the time, but for the longest pause.
    if (unkeptSpan !== null) {
      const { from, to, pause } = unkeptSpan;
      if (pause === null) spans.push(spanOf(from, to));
      else spans.push(spanOf(from, pause.from), spanOf(pause.to, to));
    }
    for (const { request, response } of exchanges) {
      for (const { source, time, frames } of [
        ...(request?.sightings ?? []),
        ...(response?.sightings ?? []),
      ]) {
        const frame = frames[0] ?? 0;
        if (isSender(source.address)) spans.push({ from: time, to: time, fromFrame: frame, toFrame: frame });
      }
    }
  }
  for (const [source, { firstTime, lastTime, examples }] of tunnel.brokenEsp) {
    const frame = examples[0]?.fragments[0]?.frame ?? 0;
    if (isSender(source)) spans.push({ from: firstTime, to: lastTime, fromFrame: frame, toFrame: frame });
  }
  for (const stream of tunnel.streams) {
    if (!isSender(stream.source)) continue;
    const { firstTime, lastTime, firstFrame, lastFrame, gapFrom, gapTo, gapFromFrame, gapToFrame } = stream;
    if (gapTo === gapFrom) {
      spans.push({ from: firstTime, to: lastTime, fromFrame: firstFrame, toFrame: lastFrame });
    } else {
      spans.push({ from: firstTime, to: gapFrom, fromFrame: firstFrame, toFrame: gapFromFrame });
      spans.push({ from: gapTo, to: lastTime, fromFrame: gapToFrame, toFrame: lastFrame });
    }
  }
  return spans;
}

import { frameCapture } from "../../bytes/frame.js";
import type { Micros } from "../../bytes/time.js";
import type { EspStream } from "../../esp/stream.js";
import { StreamView } from "../../esp/stream-view.js";
import type { CaptureFile, KeptTunnel } from "../model.js";

/** Shorter pauses between two files are everyday. */
const SHORTEST_HOLE_US: Micros = 1_000_000;

/** A time between two files in which streams went on and nothing was recorded. */
export interface FileHole {
  /** Index of the file behind it. */
  readonly file: number;
  readonly from: Micros;
  readonly to: Micros;
  /** Sequence numbers that are missing across it, of all streams. */
  readonly numbers: number;
}

/**
 * The tunnels without the sequence numbers that are missing exactly across a time of which no file is there, for these are not lost:
 * a file of a rotation is missing, or the sniffer was stopped meanwhile. Beside them those times.
 */
export function withoutHoles(
  tunnels: readonly KeptTunnel[],
  files: readonly CaptureFile[],
): { readonly tunnels: readonly KeptTunnel[]; readonly holes: readonly FileHole[] } {
  const spans = spansBetween(files);
  if (spans.size === 0) return { tunnels, holes: [] };
  const numbers = new Map<number, number>();
  const kept = tunnels.map((tunnel) => {
    const streams = tunnel.streams.map((stream) => {
      const file = holeOf(stream, spans);
      if (file === null || !(stream instanceof StreamView)) return stream;
      numbers.set(file, (numbers.get(file) ?? 0) + stream.order.largestGap);
      return stream.withoutLoss(stream.order.largestGap);
    });
    return streams.some((stream, at) => stream !== tunnel.streams[at]) ? { ...tunnel, streams } : tunnel;
  });
  const holes = [...numbers].flatMap(([file, count]): FileHole[] => {
    const span = spans.get(file);
    return span === undefined ? [] : [{ file, from: span.from, to: span.to, numbers: count }];
  });
  return { tunnels: kept, holes };
}

interface Span {
  /** Index of the file before it. */
  readonly before: number;
  readonly from: Micros;
  readonly to: Micros;
}

/** By the file behind it, the time since the last one ended, where no other file holds any of it. */
function spansBetween(files: readonly CaptureFile[]): ReadonlyMap<number, Span> {
  const spans = new Map<number, Span>();
  const timed = files
    .flatMap(({ firstTime, lastTime }, index) =>
      firstTime === null || lastTime === null ? [] : [{ index, firstTime, lastTime }],
    )
    .toSorted((a, b) => a.firstTime - b.firstTime);
  let latest = timed[0];
  for (const file of timed.slice(1)) {
    if (latest !== undefined && file.firstTime - latest.lastTime >= SHORTEST_HOLE_US) {
      spans.set(file.index, { before: latest.index, from: latest.lastTime, to: file.firstTime });
    }
    if (latest === undefined || file.lastTime > latest.lastTime) latest = file;
  }
  return spans;
}

/** The file before which the stream's largest gap in numbers is, over the longest pause that it has; null where it is elsewhere. */
function holeOf(
  { order, gapFromFrame, gapToFrame }: EspStream,
  spans: ReadonlyMap<number, Span>,
): number | null {
  if (order.afterLargestGap?.frame !== gapToFrame) return null;
  const file = frameCapture(gapToFrame);
  const span = spans.get(file);
  return span !== undefined && frameCapture(gapFromFrame) !== file ? file : null;
}

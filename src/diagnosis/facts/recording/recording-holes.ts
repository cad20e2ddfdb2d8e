import type { Micros } from "../../../bytes/time.js";
import type { EspStream } from "../../../esp/stream.js";
import type { Tunnel } from "../../../session/model.js";
import { espDirectionsOf } from "../esp/esp-directions.js";

/** Shorter pauses are everyday. */
export const SHORTEST_HOLE: Micros = 1_000_000;
/** Both directions lack the same time, but for the packets at its ends. */
const COMMON = 0.5;

/** A time in which a stream went on and none of its packets was recorded. */
interface Hole {
  readonly from: Micros;
  readonly to: Micros;
}

/** The longest pause of a stream, where its largest gap in numbers lies in it; null where no numbers are missing there. */
function holeOf({ gapFrom, gapTo, order }: EspStream): Hole | null {
  const isThere = order.afterLargestGap?.time === gapTo && gapTo - gapFrom >= SHORTEST_HOLE;
  return isThere ? { from: gapFrom, to: gapTo } : null;
}

/** Whether a stream's hole begins within moments of this time. */
export function isHoleAt(stream: EspStream, time: Micros): boolean {
  const hole = holeOf(stream);
  return hole !== null && Math.abs(hole.from - time) < SHORTEST_HOLE;
}

/**
 * Whether the stream's largest gap is one of the recording: the other direction went on unseen in the same time. A file of a
 * ring that is missing leaves that, or a sniffer that stood still; a path that fails for both at once is rarer.
 */
export function isHoleOfRecording(stream: EspStream, tunnel: Tunnel): boolean {
  const own = holeOf(stream);
  if (own === null) return false;
  const others = espDirectionsOf(tunnel).filter((direction) => !direction.streams.includes(stream));
  return others.some(({ streams }) =>
    streams.some((other) => {
      const hole = holeOf(other);
      return hole !== null && common(own, hole) >= COMMON * Math.max(lengthOf(own), lengthOf(hole));
    }),
  );
}

function common(a: Hole, b: Hole): Micros {
  return Math.min(a.to, b.to) - Math.max(a.from, b.from);
}

function lengthOf({ from, to }: Hole): Micros {
  return to - from;
}

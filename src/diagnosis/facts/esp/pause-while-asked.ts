import type { Micros } from "../../../bytes/time.js";
import type { EspStream } from "../../../esp/stream.js";
import { isHoleAt } from "../recording/recording-holes.js";

/** The longest pauses of both sides are one and the same up to the way of a packet. */
const SAME_PAUSE: Micros = 1_000_000;

/**
 * The longest time that these streams were silent and those of the other side were not; 0 where the longest pause of each was shared:
 * then nothing was asked in it, and shorter ones are not known. What the recording lacks is no shared pause.
 */
export function pauseWhileAsked(silent: readonly EspStream[], asking: readonly EspStream[]): Micros {
  const isShared = (stream: EspStream): boolean =>
    !isHoleAt(stream, stream.gapFrom) &&
    asking.some(
      (other) =>
        other.gapTo > other.gapFrom &&
        other.gapFrom <= stream.gapFrom + SAME_PAUSE &&
        other.gapTo >= stream.gapTo - SAME_PAUSE,
    );
  const alone = silent.filter((stream) => !isShared(stream));
  return Math.max(0, ...alone.map(({ gapFrom, gapTo }) => gapTo - gapFrom));
}

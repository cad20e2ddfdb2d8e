import type { Micros } from "../../../bytes/time.js";
import type { EspStream } from "../../../esp/stream.js";

/** The longest pauses of both sides are one and the same up to the way of a packet. */
const SAME_PAUSE: Micros = 1_000_000;

/**
 * The longest time that these streams were silent and those of the other side were not; 0 where the longest pause of each was shared:
 * then nothing was asked in it, and shorter ones are not known.
 */
export function pauseWhileAsked(silent: readonly EspStream[], asking: readonly EspStream[]): Micros {
  const isShared = ({ gapFrom, gapTo }: EspStream): boolean =>
    asking.some(
      (other) =>
        other.gapTo > other.gapFrom &&
        other.gapFrom <= gapFrom + SAME_PAUSE &&
        other.gapTo >= gapTo - SAME_PAUSE,
    );
  const alone = silent.filter((stream) => !isShared(stream));
  return Math.max(0, ...alone.map(({ gapFrom, gapTo }) => gapTo - gapFrom));
}

import type { Micros } from "../bytes/time.js";
import type { MessageNote } from "../evidence/record.js";
import type { WireMessage } from "./wire.js";

/** Comparisons of a line with a frame in one search, at the most. */
export const MOST_COMPARED = 10_000_000;

/** The frames that lines of a log may be about, by the length of their messages. */
export class WireIndex {
  readonly #byLength = new Map<number, WireMessage[]>();
  readonly #byAddress: boolean;

  /** `byAddress`: whether the log tells addresses of the capture, so that they must be the same. */
  constructor(frames: readonly WireMessage[], byAddress: boolean) {
    this.#byAddress = byAddress;
    for (const frame of frames) {
      const same = this.#byLength.get(frame.length);
      if (same === undefined) this.#byLength.set(frame.length, [frame]);
      else same.push(frame);
    }
  }

  /** Frames of the length that the line tells, in order of time. */
  alike({ length }: MessageNote): readonly WireMessage[] {
    return this.#byLength.get(length ?? -1) ?? [];
  }

  /** Whether the line can be about that frame. */
  isSame(message: MessageNote, frame: WireMessage): boolean {
    return isSame(message, frame, this.#byAddress);
  }
}

/** Whether the line can be about that frame. */
export function isSame(message: MessageNote, frame: WireMessage, byAddress: boolean): boolean {
  const { from, to, length, exchange, messageId, response } = message;
  if (length !== frame.length) return false;
  if (
    exchange !== null &&
    (exchange !== frame.exchange || messageId !== frame.messageId || response !== frame.response)
  ) {
    return false;
  }
  return (
    !byAddress ||
    (from?.address === frame.from.address &&
      to?.address === frame.to.address &&
      from.port === frame.from.port &&
      to.port === frame.to.port)
  );
}

/** Index of the first frame at or after a time. */
export function firstAfter(frames: readonly WireMessage[], time: Micros): number {
  let [low, high] = [0, frames.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((frames[middle]?.time ?? Infinity) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

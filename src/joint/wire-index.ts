import type { Micros } from "../bytes/time.js";
import type { MessageNote } from "../evidence/record.js";
import type { WireMessage } from "./wire.js";

/** Comparisons of a line with a frame in one search, at the most. */
export const MOST_COMPARED = 10_000_000;

/** The frames that lines of a log may be about, by the length of their messages, and by addresses and ports where logs tell them. */
export class WireIndex {
  readonly #frames = new Map<string, WireMessage[]>();
  /** The frames of each line that was asked for: every difference of the clocks that is tried asks for all of them. */
  readonly #ofMessage = new Map<MessageNote, readonly WireMessage[]>();
  readonly #byAddress: boolean;

  /** `byAddress`: whether the log tells addresses of the capture, so that they must be the same. */
  constructor(frames: readonly WireMessage[], byAddress: boolean) {
    this.#byAddress = byAddress;
    for (const frame of frames) {
      const key = this.#keyOf(frame);
      const same = this.#frames.get(key);
      if (same === undefined) this.#frames.set(key, [frame]);
      else same.push(frame);
    }
  }

  /** Frames of the length that the line tells, and of its addresses where they must be the same, in order of time. */
  alike(message: MessageNote): readonly WireMessage[] {
    let found = this.#ofMessage.get(message);
    if (found === undefined) {
      found = this.#frames.get(this.#keyOf(message)) ?? NONE;
      this.#ofMessage.set(message, found);
    }
    return found;
  }

  /** Whether the line can be about that frame. */
  isSame(message: MessageNote, frame: WireMessage): boolean {
    return isSame(message, frame, this.#byAddress);
  }

  #keyOf({ length, from, to }: Pick<MessageNote, "length" | "from" | "to">): string {
    const size = String(length ?? "");
    if (!this.#byAddress) return size;
    return `${size} ${from?.address ?? ""} ${from?.port ?? ""} ${to?.address ?? ""} ${to?.port ?? ""}`;
  }
}

const NONE: readonly WireMessage[] = [];

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

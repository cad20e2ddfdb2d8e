import type { Micros } from "../bytes/time.js";
import type { ClockDoubt, ClockProof } from "./clock-proof.js";
import type { LoggedEvent } from "./host.js";
import type { WireMessage } from "./wire.js";

/** For how long one difference between two clocks held, by the host's clock. */
export interface Stretch {
  readonly from: Micros;
  readonly to: Micros;
  /** The host's clock minus that of the capture, and its bounds. */
  readonly offset: Micros;
  readonly low: Micros;
  readonly high: Micros;
  readonly joined: number;
}

/** A line about a packet and the frame that shows it. */
export interface Join {
  readonly entry: LoggedEvent;
  readonly frame: WireMessage;
  /** The line's time by the capture's clock, minus that of the frame; null where the log has no times. */
  readonly late: Micros | null;
}

/**
 * messages: found from messages that both show. assumed: nothing could be joined, and both are taken to be right. order: the log
 * has no times. none: it cannot be told.
 */
export interface HostClock {
  readonly by: "messages" | "assumed" | "order" | "none";
  /** Why the difference of the clocks is believed; null unless messages told it. */
  readonly proof: ClockProof | null;
  /** A difference that would join messages and is not believed; null where there is none. */
  readonly doubt: ClockDoubt | null;
  /** In order of time; none where it is not known. */
  readonly stretches: readonly Stretch[];
  readonly joins: readonly Join[];
  /** Lines about packets within the time of the capture that no frame shows. */
  readonly lonely: readonly LoggedEvent[];
}

/** The clock of a host of which nothing is known. */
export const NO_CLOCK: HostClock = {
  by: "none",
  proof: null,
  doubt: null,
  stretches: [],
  joins: [],
  lonely: [],
};

/** Two clocks that are taken to be right. */
export const ASSUMED: Stretch = { from: -Infinity, to: Infinity, offset: 0, low: 0, high: 0, joined: 0 };

/** The capture's time of a moment of the host's clock; null where that clock is not known. */
export function captureTime({ stretches }: HostClock, time: Micros): Micros | null {
  const inside = stretches.find(({ from, to }) => time >= from && time <= to);
  const distance = ({ from, to }: Stretch): number => Math.max(from - time, time - to);
  const nearest = inside ?? stretches.toSorted((a, b) => distance(a) - distance(b))[0];
  return nearest === undefined ? null : time - nearest.offset;
}

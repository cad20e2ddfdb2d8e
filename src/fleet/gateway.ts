import type { Micros } from "../bytes/time.js";
import type { CaptureStatus } from "../live/account/account.js";

/** A gateway as its events tell of it. */
export interface Gateway {
  readonly name: string;
  labels: Readonly<Record<string, string>>;
  boot: string;
  /** The highest that was taken of this boot. */
  sequence: number;
  /** Events that were given up on their way, by the gaps of the sequence. */
  missed: number;
  /** The newest one; null before the first. */
  status: CaptureStatus | null;
  /** Time of the newest event, by the clock of the gateway. */
  lastTime: Micros;
  /** Arrival of the newest event, by the clock of who took it; null if that says nothing, as of a file. */
  lastArrival: Micros | null;
  /** It said that it ends. */
  hasEnded: boolean;
}

export function newGateway(name: string, boot: string): Gateway {
  return {
    name,
    labels: {},
    boot,
    sequence: 0,
    missed: 0,
    status: null,
    lastTime: -Infinity,
    lastArrival: null,
    hasEnded: false,
  };
}

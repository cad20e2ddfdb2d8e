import type { Micros } from "../bytes/time.js";
import type { CaptureRecord } from "./source.js";

const TWO_32 = 4_294_967_296;
/** Resolution of a pcapng file that does not say one: microseconds. */
export const DEFAULT_RESOLUTION = 6;

/**
 * Turns the 64-bit time stamps of a pcapng interface into microseconds and the nanoseconds below, exactly.
 *
 * 2^64 does not fit a double, so the high and low halves are divided apart: with d ticks in a microsecond and
 * 2^32 = q*d + r, a stamp is high*q microseconds and (high*r + low) ticks, and that sum stays below 2^53 for every
 * d up to a million. That, coarser decimal clocks and binary clocks down to 2^-32 need no BigInt; others do.
 */
export class TickClock {
  /** The clock tells times apart that lie less than a microsecond apart. */
  readonly belowMicroseconds: boolean;
  /** Ticks in a microsecond, 1 or 1000, of a clock that counts them from 1970; null for all others. */
  readonly plainTicks: 1 | 1000 | null;
  readonly #kind: "fine" | "coarse" | "binary" | "big";
  readonly #offset: number;
  /** Ticks per microsecond (fine), microseconds per tick (coarse), ticks per second (binary). */
  readonly #scale: number;
  readonly #quotient: number;
  readonly #remainder: number;
  readonly #ticksPerSecond: bigint;

  /**
   * `resolution` is the if_tsresol byte: a negative power of 10, or of 2 where its high bit is set. `offsetSeconds`
   * is if_tsoffset, added to every time.
   */
  constructor(resolution: number, offsetSeconds: number) {
    const exponent = resolution & 0x7f;
    const binary = (resolution & 0x80) !== 0;
    this.belowMicroseconds = binary ? exponent >= 20 : exponent > 6;
    this.plainTicks = offsetSeconds !== 0 ? null : resolution === 6 ? 1 : resolution === 9 ? 1000 : null;
    this.#offset = offsetSeconds * 1e6;
    this.#ticksPerSecond = (binary ? 2n : 10n) ** BigInt(exponent);
    if (binary) {
      this.#kind = exponent <= 32 ? "binary" : "big";
      this.#scale = 2 ** exponent;
    } else {
      this.#kind = exponent < 6 ? "coarse" : exponent <= 12 ? "fine" : "big";
      this.#scale = 10 ** Math.abs(exponent - 6);
    }
    this.#quotient = Math.floor(TWO_32 / this.#scale);
    this.#remainder = TWO_32 % this.#scale;
  }

  /** The time of the stamp (two unsigned halves). */
  timeOf(high: number, low: number): Micros {
    const stamped = { time: 0, nanos: 0 };
    this.stamp(stamped, high, low);
    return stamped.time;
  }

  /** Writes the time of the stamp (two unsigned halves) to `record`. */
  stamp(record: Pick<CaptureRecord, "time" | "nanos">, high: number, low: number): void {
    const scale = this.#scale;
    switch (this.#kind) {
      case "fine": {
        const ticks = high * this.#remainder + low;
        const micros = Math.floor(ticks / scale);
        record.time = high * this.#quotient + micros + this.#offset;
        record.nanos = Math.floor(((ticks - micros * scale) * 1000) / scale);
        return;
      }
      case "coarse":
        record.time = (high * TWO_32 + low) * scale + this.#offset;
        record.nanos = 0;
        return;
      case "binary": {
        const seconds = Math.floor(low / scale);
        const fraction = (low - seconds * scale) * 1e6;
        const micros = Math.floor(fraction / scale);
        record.time = (high * (TWO_32 / scale) + seconds) * 1e6 + micros + this.#offset;
        record.nanos = Math.floor(((fraction - micros * scale) * 1000) / scale);
        return;
      }
      case "big": {
        const ticks = BigInt(high) * 4_294_967_296n + BigInt(low);
        const nanos = (ticks * 1_000_000_000n) / this.#ticksPerSecond;
        record.time = Number(nanos / 1000n) + this.#offset;
        record.nanos = Number(nanos % 1000n);
        return;
      }
    }
  }
}

import type { Micros } from "../../bytes/time.js";

/** Emitted events are dropped from the array in batches of at least this many: dropping each would move all others. */
const BATCH = 1024;

/** Events that wait at most, where nothing else is said. */
export const MOST_WAITING = 4096;

/**
 * Puts events that arrive a little out of order back in order of time: files merged from several interfaces hold such
 * disorder, and no verdict may come from it. Holds at most `limit` events and none longer than `window` of capture
 * time; events at the same time keep their order of arrival. Times stand beside the events, so that an event may be a mere number.
 */
export class TimeOrder<T> {
  #pending: T[] = [];
  #times: Micros[] = [];
  /** Events before this position have been emitted. */
  #head = 0;
  readonly #emit: (event: T) => void;
  readonly #window: number;
  readonly #limit: number;
  #newest = -Infinity;

  constructor(emit: (event: T) => void, window = 2_000_000, limit = MOST_WAITING) {
    this.#emit = emit;
    this.#window = window;
    this.#limit = limit;
  }

  push(time: Micros, event: T): void {
    const [pending, times] = [this.#pending, this.#times];
    let at = pending.length;
    while (at > this.#head && (times[at - 1] as Micros) > time) at--;
    if (at === pending.length) {
      pending.push(event);
      times.push(time);
    } else {
      pending.splice(at, 0, event);
      times.splice(at, 0, time);
    }
    if (time > this.#newest) this.#newest = time;
    this.#emitUntil(this.#newest - this.#window, this.#limit);
  }

  flush(): void {
    this.#emitUntil(Infinity, 0);
  }

  /** Takes an event out before its turn: the first wanted one that waits, among the next `reach`, before `until`. */
  takeAhead(until: Micros, reach: number, wanted: (event: T) => boolean): T | undefined {
    const end = Math.min(this.#pending.length, this.#head + reach);
    for (let at = this.#head; at < end && (this.#times[at] as Micros) < until; at++) {
      if (!wanted(this.#pending[at] as T)) continue;
      this.#times.splice(at, 1);
      return this.#pending.splice(at, 1)[0];
    }
    return undefined;
  }

  #emitUntil(due: Micros, limit: number): void {
    const pending = this.#pending;
    while (
      this.#head < pending.length &&
      (pending.length - this.#head > limit || (this.#times[this.#head] as Micros) < due)
    ) {
      this.#emit(pending[this.#head++] as T);
    }
    if (this.#head >= BATCH && this.#head * 2 >= pending.length) {
      this.#pending = pending.slice(this.#head);
      this.#times = this.#times.slice(this.#head);
      this.#head = 0;
    }
  }
}

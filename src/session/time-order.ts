import type { Micros } from "../bytes/time.js";

/**
 * Puts events that arrive a little out of order back in order of time: files merged from several interfaces hold such
 * disorder, and no verdict may come from it. Holds at most `limit` events and none longer than `window` of capture
 * time; events at the same time keep their order of arrival.
 */
export class TimeOrder<T extends { readonly time: Micros }> {
  readonly #pending: T[] = [];
  readonly #emit: (event: T) => void;
  readonly #window: number;
  readonly #limit: number;
  #newest = -Infinity;

  constructor(emit: (event: T) => void, window = 2_000_000, limit = 4096) {
    this.#emit = emit;
    this.#window = window;
    this.#limit = limit;
  }

  push(event: T): void {
    const pending = this.#pending;
    let at = pending.length;
    while (at > 0 && (pending[at - 1] as T).time > event.time) at--;
    if (at === pending.length) pending.push(event);
    else pending.splice(at, 0, event);
    if (event.time > this.#newest) this.#newest = event.time;
    let ready = 0;
    const due = this.#newest - this.#window;
    while (
      ready < pending.length &&
      ((pending[ready] as T).time < due || pending.length - ready > this.#limit)
    ) {
      ready++;
    }
    if (ready > 0) for (const old of pending.splice(0, ready)) this.#emit(old);
  }

  flush(): void {
    for (const event of this.#pending.splice(0)) this.#emit(event);
  }
}

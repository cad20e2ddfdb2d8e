import type { Micros } from "../bytes/time.js";

/** When things were done that are done every so often, by their names. */
export class Regularly<Name extends string> {
  readonly #every: Readonly<Record<Name, Micros>>;
  readonly #doneAt = new Map<Name, Micros>();

  constructor(every: Readonly<Record<Name, Micros>>) {
    this.#every = every;
  }

  /** Whether it is time for that, which is then taken as done. The first time is always right. */
  isTime(name: Name, now: Micros): boolean {
    // A clock that was set back must not stop what is done regularly.
    const since = now - (this.#doneAt.get(name) ?? -Infinity);
    if (since >= 0 && since < this.#every[name]) return false;
    this.#doneAt.set(name, now);
    return true;
  }
}

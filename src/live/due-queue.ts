import type { Micros } from "../bytes/time.js";

/** Times are told apart to so much. */
const STEP: Micros = 100_000;

/** Things that are to be looked at when their time has come; each is in it once, at the earliest of its times. */
export class DueQueue<T> {
  readonly #steps = new Map<number, Set<T>>();
  readonly #stepOf = new Map<T, number>();

  get size(): number {
    return this.#stepOf.size;
  }

  add(item: T, due: Micros): void {
    const step = Math.ceil(due / STEP);
    const before = this.#stepOf.get(item);
    if (before !== undefined) {
      if (before <= step) return;
      this.#remove(item, before);
    }
    this.#stepOf.set(item, step);
    const items = this.#steps.get(step);
    if (items === undefined) this.#steps.set(step, new Set([item]));
    else items.add(item);
  }

  delete(item: T): void {
    const step = this.#stepOf.get(item);
    if (step !== undefined) this.#remove(item, step);
  }

  /** Takes out what is due by `now`, one after the other, the longest due first. */
  *take(now: Micros): Generator<T> {
    const last = Math.floor(now / STEP);
    const steps = [...this.#steps.keys()].filter((step) => step <= last).toSorted((a, b) => a - b);
    for (const step of steps) {
      for (const item of this.#steps.get(step) ?? []) {
        this.#remove(item, step);
        yield item;
      }
    }
  }

  #remove(item: T, step: number): void {
    this.#stepOf.delete(item);
    const items = this.#steps.get(step);
    items?.delete(item);
    if (items?.size === 0) this.#steps.delete(step);
  }
}

import type { Micros } from "../bytes/time.js";

/** Times are told apart to so much. */
const STEP: Micros = 100_000;
/** One in so many is taken by its time alone. */
const TURN = 4;

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

  /** How many are due by `now`. */
  backlog(now: Micros): number {
    return this.#dueSteps(now).reduce((sum, step) => sum + (this.#steps.get(step)?.size ?? 0), 0);
  }

  /**
   * Takes out what is due by `now`, one after the other, the longest due first. Where there is more than there is time for,
   * the urgent ones come first, and of each {@link TURN} one that is not, so that nothing waits for ever.
   */
  *take(now: Micros, isUrgent: (item: T) => boolean = () => false): Generator<T> {
    const due = this.#dueSteps(now).flatMap((step) => [...(this.#steps.get(step) ?? [])]);
    const [urgent, others] = [due.filter(isUrgent), due.filter((item) => !isUrgent(item))];
    let [ofUrgent, ofOthers] = [0, 0];
    for (let turn = 1; turn <= due.length; turn++) {
      const isTurnOfOthers = ofUrgent >= urgent.length || (turn % TURN === 0 && ofOthers < others.length);
      const item = isTurnOfOthers ? others[ofOthers++] : urgent[ofUrgent++];
      if (item === undefined) continue;
      const step = this.#stepOf.get(item);
      if (step === undefined) continue;
      this.#remove(item, step);
      yield item;
    }
  }

  #dueSteps(now: Micros): number[] {
    const last = Math.floor(now / STEP);
    return [...this.#steps.keys()].filter((step) => step <= last).toSorted((a, b) => a - b);
  }

  #remove(item: T, step: number): void {
    this.#stepOf.delete(item);
    const items = this.#steps.get(step);
    items?.delete(item);
    if (items?.size === 0) this.#steps.delete(step);
  }
}

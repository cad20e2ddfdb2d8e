/** Stands for all values that have no label of their own. */
export const OTHER = "other";

/**
 * Keeps the values of a label bounded, however many come from the wire: the first `limit` of them stand for themselves,
 * all later ones for "other". A value never changes sides, so that no counter goes down when another one overtakes it.
 */
export class LabelSlots {
  readonly #limit: number;
  readonly #held = new Set<string>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The label of a value. */
  labelOf(value: string): string {
    if (this.#held.has(value)) return value;
    if (this.#held.size >= this.#limit) return OTHER;
    this.#held.add(value);
    return value;
  }
}

import type { Sample } from "./metric.js";

/** Adds up values by their labels, in the order in which the labels came. */
export class Tally {
  readonly #samples = new Map<string, { readonly labels: Sample["labels"]; value: number }>();

  /** Adds to the series of these labels; their names come in the same order each time. */
  add(labels: Sample["labels"], value: number): void {
    const key = JSON.stringify(Object.values(labels));
    const sample = this.#samples.get(key);
    if (sample === undefined) this.#samples.set(key, { labels, value });
    else sample.value += value;
  }

  /** All series as they stand now. */
  samples(): readonly Sample[] {
    return [...this.#samples.values()].map(({ labels, value }) => ({ labels, value }));
  }
}

import type { Micros } from "../../bytes/time.js";

interface Timed {
  readonly time: Micros;
}

/**
 * Items that were filed in one order and are asked for by time: of those within a span the one that was filed first. Takes
 * the logarithm of their number, and as often more as items are refused, wherever the span lies.
 */
export class FirstInTime<T extends Timed> {
  readonly #items: readonly T[];
  /** Times in order, and the place of each in the order of filing. */
  readonly #times: Float64Array;
  readonly #places: Uint32Array;
  /** The smallest place below each node of a binary tree over the times; node 1 is the root, its leaves begin at `#leaves`. */
  readonly #smallest: Uint32Array;
  readonly #leaves: number;

  constructor(items: readonly T[]) {
    this.#items = items;
    const byTime = items.map((_, place) => place).toSorted((a, b) => this.#timeOf(a) - this.#timeOf(b));
    this.#places = Uint32Array.from(byTime);
    this.#times = Float64Array.from(byTime, (place) => this.#timeOf(place));
    this.#leaves = 2 ** Math.ceil(Math.log2(Math.max(1, items.length)));
    this.#smallest = new Uint32Array(this.#leaves * 2).fill(items.length);
    this.#smallest.set(this.#places, this.#leaves);
    for (let node = this.#leaves - 1; node > 0; node--) {
      const [left, right] = [this.#smallest[node * 2] as number, this.#smallest[node * 2 + 1] as number];
      this.#smallest[node] = Math.min(left, right);
    }
  }

  /** The first in the order of filing that lies from `from` to `to`, both included, and is wanted. */
  find(from: Micros, to: Micros, wanted: (item: T) => boolean = () => true): T | undefined {
    const span = { begin: this.#firstFrom(from), end: this.#firstFrom(to, true) };
    return this.#items[this.#below(1, 0, this.#leaves, span, wanted, this.#items.length)];
  }

  /** The smallest wanted place below `best` under a node that covers `size` times from `begin` on; else `best`. */
  #below(
    node: number,
    begin: number,
    size: number,
    span: { readonly begin: number; readonly end: number },
    wanted: (item: T) => boolean,
    best: number,
  ): number {
    const smallest = this.#smallest[node] as number;
    if (smallest >= best || begin >= span.end || begin + size <= span.begin) return best;
    if (size === 1) return wanted(this.#items[smallest] as T) ? smallest : best;
    const half = size / 2;
    const left = node * 2;
    const isLeftFirst = (this.#smallest[left] as number) <= (this.#smallest[left + 1] as number);
    let found = best;
    for (const side of isLeftFirst ? [0, 1] : [1, 0]) {
      found = this.#below(left + side, begin + side * half, half, span, wanted, found);
    }
    return found;
  }

  /** The number of times before `time`, or up to it. */
  #firstFrom(time: Micros, isBehind = false): number {
    let [low, high] = [0, this.#times.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const at = this.#times[middle] as number;
      if (at < time || (isBehind && at === time)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #timeOf(place: number): Micros {
    return this.#items[place]?.time ?? 0;
  }
}

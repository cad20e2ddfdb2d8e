import { D, LARGE_KEPT, W } from "./layout.js";
import type { StreamMemory } from "./stream-memory.js";
import { SIZE_BINS, type SizeDistribution } from "./stream.js";

/** The sizes of a stream as its record stands; the lists are made when they are asked for. */
export class SizesView implements SizeDistribution {
  readonly #memory: StreamMemory;
  readonly #w: number;
  readonly #d: number;

  constructor(memory: StreamMemory, w: number, d: number) {
    this.#memory = memory;
    this.#w = w;
    this.#d = d;
  }

  get smallest(): number {
    return this.#word(W.smallest);
  }

  get largest(): number {
    return this.#word(W.largest);
  }

  get largestAnswered(): number {
    return this.#word(W.largestAnswered);
  }

  get residues(): number {
    return this.#word(W.residues);
  }

  get packets(): Uint32Array {
    return this.#bins(W.sizes);
  }

  get answered(): Uint32Array {
    return this.#bins(W.answered);
  }

  get lastLarge(): SizeDistribution["lastLarge"] {
    const { doubles } = this.#memory;
    const count = this.#word(W.largeCount);
    const kept = Math.min(count, LARGE_KEPT);
    return Array.from({ length: kept }, (_, index) => {
      const at = (count - kept + index) % LARGE_KEPT;
      return {
        bytes: this.#word(W.largeBytes + at),
        time: doubles[this.#d + D.largeTime + at] as number,
        frame: doubles[this.#d + D.largeFrame + at] as number,
      };
    });
  }

  #word(column: number): number {
    return this.#memory.words[this.#w + column] as number;
  }

  #bins(column: number): Uint32Array {
    return this.#memory.words.slice(this.#w + column, this.#w + column + SIZE_BINS);
  }
}

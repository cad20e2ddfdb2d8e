import { SeededRandom } from "../capture/random.js";

const FINE = 1_000_000;

/** Random choices of a simulation, all from one seed. */
export class Draws {
  readonly #random: SeededRandom;

  constructor(seed: number) {
    this.#random = new SeededRandom(seed);
  }

  below(limit: number): number {
    return this.#random.below(limit);
  }

  between(least: number, most: number): number {
    return least + ((most - least) * this.#random.below(FINE)) / FINE;
  }

  chance(share: number): boolean {
    return this.#random.below(FINE) < share * FINE;
  }

  pick<T>(list: readonly T[]): T {
    const drawn = list[this.#random.below(list.length)];
    if (drawn === undefined) throw new RangeError("nothing to draw from");
    return drawn;
  }

  hex(bytes: number): string {
    return Array.from({ length: bytes }, () => this.below(256).toString(16).padStart(2, "0")).join("");
  }

  /** An SPI of ESP: not 0, nor one of the reserved up to 255. */
  spi(): number {
    return 256 + this.#random.below(0xffff_fe00);
  }
}

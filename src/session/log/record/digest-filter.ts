/** Bits of a filter: 400 digests, two for each of 200 exchanges, leave nine of ten others untouched. */
const BITS = 4096;
/** So many digests were added that it tells little any more. */
const FULL = 600;

/** Digests that may be there: it says no for certain, and yes for some that are not. */
export class DigestFilter {
  readonly #words = new Uint32Array(BITS / 32);
  #added = 0;

  get isFull(): boolean {
    return this.#added >= FULL;
  }

  add(digest: number): void {
    const bit = digest % BITS;
    this.#words[bit >>> 5] = (this.#words[bit >>> 5] as number) | (1 << (bit & 31));
    this.#added++;
  }

  mayHold(digest: number): boolean {
    const bit = digest % BITS;
    return ((this.#words[bit >>> 5] as number) & (1 << (bit & 31))) !== 0;
  }
}

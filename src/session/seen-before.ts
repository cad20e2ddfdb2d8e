/** Bits of one generation: with three of them for each of `GENERATION` keys one answer in 200 is wrong. */
const BITS = 2 ** 24;
const HASHES = 3;
const GENERATION = 1_000_000;

/**
 * Remembers a million keys and more in four megabytes (a Bloom filter of two generations): what was added among the last
 * million is found again, older ones are forgotten, and a few that never were added are taken for known.
 */
export class SeenBefore {
  #young: Uint8Array | null = null;
  #old: Uint8Array | null = null;
  #count = 0;

  add(key: string): void {
    if (this.#young === null || this.#count >= GENERATION) {
      this.#old = this.#young;
      this.#young = new Uint8Array(BITS / 8);
      this.#count = 0;
    }
    this.#count++;
    const young = this.#young;
    const [hash, step] = hashesOf(key);
    for (let index = 0; index < HASHES; index++) {
      const bit = ((hash + index * step) >>> 0) & (BITS - 1);
      young[bit >> 3] = (young[bit >> 3] as number) | (1 << (bit & 7));
    }
  }

  has(key: string): boolean {
    if (this.#young === null) return false;
    const [hash, step] = hashesOf(key);
    return [this.#young, this.#old].some((bits) => bits !== null && holds(bits, hash, step));
  }
}

function holds(bits: Uint8Array, hash: number, step: number): boolean {
  for (let index = 0; index < HASHES; index++) {
    const bit = ((hash + index * step) >>> 0) & (BITS - 1);
    if (((bits[bit >> 3] as number) & (1 << (bit & 7))) === 0) return false;
  }
  return true;
}

/** Two hashes of a string (FNV-1a, and the same behind a final mix). */
function hashesOf(key: string): readonly [number, number] {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return [(mixed ^ (mixed >>> 16)) >>> 0, (hash | 1) >>> 0];
}

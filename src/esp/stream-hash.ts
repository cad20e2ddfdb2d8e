import { KEY_WORDS } from "./layout.js";

/** Words of an IPv6 address. */
const ADDRESS_WORDS = 4;
/** Multipliers of 64 bits, the low word first: of the words of a key, and of those of an address. In words. */
export const KEY_MULTIPLIERS = 0;
export const ADDRESS_MULTIPLIERS = KEY_MULTIPLIERS + KEY_WORDS * 2;
/** First value of the sum. */
export const START = ADDRESS_MULTIPLIERS + ADDRESS_WORDS * 2;
export const HASH_WORDS = START + 1;

/**
 * The hash of stream keys: multilinear, with multipliers of 64 bits that are drawn anew for each table. Each word of a key
 * is multiplied by its own, and of the products modulo 2^64 the upper halves are added. Two keys that differ in a word by
 * d, whose lowest bit set is at most bit 31, differ there by what is uniform over 32 bits, whatever the other words are:
 * any two keys have one sum with a probability of at most 2^-31. So no capture can be built to collide that was not built
 * for these multipliers. The kernel computes the same from the same words.
 */
export class StreamHash {
  /** Signed: above 2^31 a number might cost an object. */
  readonly #words: Int32Array;

  /** `words`, as many as HASH_WORDS says, are filled here; a kernel has them in its memory. */
  constructor(words: Int32Array = new Int32Array(HASH_WORDS)) {
    for (let word = 0; word < HASH_WORDS; word++) words[word] = Math.random() * 2 ** 32;
    this.#words = words;
  }

  /** The hash of the key at `at`, a signed number of 32 bits. */
  of(keys: Uint32Array, at: number): number {
    let sum = this.#words[START] as number;
    for (let word = 0; word < KEY_WORDS; word++) {
      sum += this.#scaled(keys[at + word] as number, KEY_MULTIPLIERS + word * 2);
    }
    return mixed(sum | 0);
  }

  /** The address of four words at `at` as one, so that all keys have one length; two have the same with 2^-31. */
  digest(addresses: Uint32Array, at: number): number {
    let sum = 0;
    for (let word = 0; word < ADDRESS_WORDS; word++) {
      sum += this.#scaled(addresses[at + word] as number, ADDRESS_MULTIPLIERS + word * 2);
    }
    return sum | 0;
  }

  /** Another number of 32 bits for each word, in each table another: JavaScript's own hash of numbers has no seed. */
  scattered(word: number): number {
    return Math.imul(word ^ (this.#words[START] as number), (this.#words[KEY_MULTIPLIERS] as number) | 1);
  }

  /** Upper half of the product, modulo 2^64, with the multiplier at `at`: in pieces, for a number holds 53 bits. */
  #scaled(value: number, at: number): number {
    const low = this.#words[at] as number;
    const high = this.#words[at + 1] as number;
    const first = Math.imul(value >>> 16, low & 0xffff) + (Math.imul(value & 0xffff, low & 0xffff) >>> 16);
    const second = Math.imul(value & 0xffff, low >>> 16) + (first & 0xffff);
    const carried = (first >>> 16) + (second >>> 16);
    return (Math.imul(value, high) + Math.imul(value >>> 16, low >>> 16) + carried) | 0;
  }
}

/** Numbers in a row have sums in a row, now and then a narrow one: afterwards they lie anywhere. No two become one. */
function mixed(sum: number): number {
  let hash = Math.imul(sum ^ (sum >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

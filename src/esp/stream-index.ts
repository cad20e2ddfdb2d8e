import { IN_USE, KEY_WORDS, RECORD_WORDS, W } from "./layout.js";
import type { StreamHash } from "./stream-hash.js";
import type { StreamMemory } from "./stream-memory.js";

/** The table is at most half full, so with a good hash a longer probe is a matter of never. */
export const LONGEST_PROBE = 128;

/**
 * Finds streams by their key: an open-addressing table of record numbers. A capture cannot be built to collide (see
 * {@link StreamHash}), and a probe is bounded all the same.
 */
export class StreamIndex {
  readonly #memory: StreamMemory;
  readonly #hash: StreamHash;
  /** Number of a record + 1, or 0. */
  #slots: Uint32Array<ArrayBuffer>;

  /** `slots` are for a table that cannot grow, zero, and as many as {@link slotsFor} says. */
  constructor(memory: StreamMemory, hash: StreamHash, slots?: Uint32Array<ArrayBuffer>) {
    this.#memory = memory;
    this.#hash = hash;
    this.#slots = slots ?? new Uint32Array(slotsFor(memory.capacity));
  }

  /** The record with this key, or -1. `addresses` are the eight words of an IPv6 pair, null for IPv4. */
  find(key: Uint32Array, addresses: Uint32Array | null): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = this.#hash.of(key, 0) & mask;
    for (let probe = 0; probe < LONGEST_PROBE; probe++) {
      const record = (slots[slot] as number) - 1;
      if (record < 0) return -1;
      if (this.#matches(record, key, addresses)) return record;
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  /** Enters a record whose key is in its words; false where the probe would become too long. */
  insert(record: number): boolean {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = this.#hash.of(this.#memory.words, record * RECORD_WORDS) & mask;
    for (let probe = 0; probe < LONGEST_PROBE; probe++) {
      if (slots[slot] === 0) {
        slots[slot] = record + 1;
        return true;
      }
      slot = (slot + 1) & mask;
    }
    return false;
  }

  /** Enters all records in use anew, after records were given up or the memory grew. */
  rebuild(): void {
    const { capacity, words } = this.#memory;
    const wanted = slotsFor(capacity);
    if (this.#slots.length === wanted) this.#slots.fill(0);
    else this.#slots = new Uint32Array(wanted);
    for (let record = 0; record < capacity; record++) {
      if (((words[record * RECORD_WORDS + W.flags] as number) & IN_USE) !== 0) this.insert(record);
    }
  }

  #matches(record: number, key: Uint32Array, addresses: Uint32Array | null): boolean {
    const { words } = this.#memory;
    const at = record * RECORD_WORDS;
    for (let word = KEY_WORDS - 1; word >= 0; word--) {
      if (words[at + word] !== key[word]) return false;
    }
    if (addresses === null) return true;
    for (let word = 0; word < 8; word++) {
      if (words[at + W.sourceAddress + word] !== addresses[word]) return false;
    }
    return true;
  }
}

/** At least two slots for each record, and a power of two, so that a mask finds the slot. */
export function slotsFor(capacity: number): number {
  return 2 ** Math.ceil(Math.log2(capacity * 2));
}

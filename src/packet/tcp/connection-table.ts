import { KEY_WORDS, type ConnectionKey } from "./connection-key.js";

interface Entry<T> {
  readonly hash: number;
  readonly words: Uint32Array;
  readonly value: T;
  older: Entry<T> | null;
  newer: Entry<T> | null;
}

/** Slots that are made at first: most captures have no connection. A power of two, as is what it grows to. */
const FEW_SLOTS = 16;

/**
 * Connections by their key, at most `limit`: the one that was silent for longest makes room for a new one. A look-up
 * costs a probe and no object.
 */
export class ConnectionTable<T> {
  readonly #limit: number;
  readonly #onEvict: (value: T) => void;
  /** At least twice as many as there are connections. */
  #slots = emptySlots<T>(FEW_SLOTS);
  #oldest: Entry<T> | null = null;
  #newest: Entry<T> | null = null;
  #size = 0;

  constructor(limit: number, onEvict: (value: T) => void) {
    this.#limit = limit;
    this.#onEvict = onEvict;
  }

  get size(): number {
    return this.#size;
  }

  /** All connections, the one that was silent for longest first. */
  *values(): Generator<T> {
    for (let entry = this.#oldest; entry !== null; entry = entry.newer) yield entry.value;
  }

  /** The connection of that key, which then counts as the one heard last. */
  find(key: ConnectionKey): T | undefined {
    if (this.#size === 0) return undefined;
    const entry = this.#slots[this.#slotOf(key.hash, key.words)];
    if (entry === null || entry === undefined) return undefined;
    if (entry !== this.#newest) {
      this.#unlink(entry);
      this.#link(entry);
    }
    return entry.value;
  }

  /** Adds a connection; the key must not be in the table. */
  add(key: ConnectionKey, value: T): void {
    if (this.#size >= this.#limit) this.evictOldest();
    if (this.#size * 2 >= this.#slots.length) this.#grow();
    const entry: Entry<T> = { hash: key.hash, words: key.words.slice(), value, older: null, newer: null };
    this.#slots[this.#slotOf(entry.hash, entry.words)] = entry;
    this.#link(entry);
    this.#size++;
  }

  remove(key: ConnectionKey): void {
    const entry = this.#slots[this.#slotOf(key.hash, key.words)];
    if (entry !== null && entry !== undefined) this.#delete(entry);
  }

  /** Removes the connection that was silent for longest. */
  evictOldest(): void {
    const entry = this.#oldest;
    if (entry === null) return;
    this.#delete(entry);
    this.#onEvict(entry.value);
  }

  /** Removes all, the oldest first. */
  clear(): void {
    while (this.#oldest !== null) this.evictOldest();
  }

  get #mask(): number {
    return this.#slots.length - 1;
  }

  #grow(): void {
    this.#slots = emptySlots(this.#slots.length * 2);
    for (let entry = this.#oldest; entry !== null; entry = entry.newer) {
      this.#slots[this.#slotOf(entry.hash, entry.words)] = entry;
    }
  }

  /** The slot that holds the key, or the empty one where it belongs. */
  #slotOf(hash: number, words: Uint32Array): number {
    let slot = hash & this.#mask;
    for (;;) {
      const entry = this.#slots[slot];
      if (entry === null || entry === undefined) return slot;
      if (entry.hash === hash && sameWords(entry.words, words)) return slot;
      slot = (slot + 1) & this.#mask;
    }
  }

  #delete(entry: Entry<T>): void {
    let hole = this.#slotOf(entry.hash, entry.words);
    this.#slots[hole] = null;
    // Entries behind the hole that were pushed past it move back, so that no probe stops short of them.
    for (let slot = (hole + 1) & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const other = this.#slots[slot];
      if (other === null || other === undefined) break;
      const home = other.hash & this.#mask;
      if (((slot - home) & this.#mask) < ((slot - hole) & this.#mask)) continue;
      this.#slots[hole] = other;
      this.#slots[slot] = null;
      hole = slot;
    }
    this.#unlink(entry);
    this.#size--;
  }

  #link(entry: Entry<T>): void {
    entry.older = this.#newest;
    entry.newer = null;
    if (this.#newest === null) this.#oldest = entry;
    else this.#newest.newer = entry;
    this.#newest = entry;
  }

  #unlink({ older, newer }: Entry<T>): void {
    if (older === null) this.#oldest = newer;
    else older.newer = newer;
    if (newer === null) this.#newest = older;
    else newer.older = older;
  }
}

function emptySlots<T>(count: number): (Entry<T> | null)[] {
  return Array<Entry<T> | null>(count).fill(null);
}

function sameWords(one: Uint32Array, other: Uint32Array): boolean {
  for (let word = KEY_WORDS - 1; word >= 0; word--) if (one[word] !== other[word]) return false;
  return true;
}

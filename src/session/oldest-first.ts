/** A map that gives up its entries in the order in which they were set, each in constant time. */
export class OldestFirst<K, V> {
  readonly #entries = new Map<K, V>();
  /** Stands behind what was taken: to begin anew at each `take` would walk over all that was deleted since. */
  #cursor = this.#entries.entries();

  get size(): number {
    return this.#entries.size;
  }

  get(key: K): V | undefined {
    return this.#entries.get(key);
  }

  /** Sets the value and makes the entry the newest. */
  set(key: K, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
  }

  /** Sets the value of an entry that is there, in its place. */
  replace(key: K, value: V): void {
    if (this.#entries.has(key)) this.#entries.set(key, value);
  }

  delete(key: K): void {
    this.#entries.delete(key);
  }

  /** Takes out the oldest entry; undefined where there is none. */
  take(): readonly [K, V] | undefined {
    let next = this.#cursor.next();
    if (next.done === true) {
      this.#cursor = this.#entries.entries();
      next = this.#cursor.next();
    }
    if (next.done === true) return undefined;
    this.#entries.delete(next.value[0]);
    return next.value;
  }
}

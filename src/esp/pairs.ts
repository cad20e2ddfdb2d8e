/**
 * Pairs of peers by the digests of their addresses, in either order, and what each pair sent last. A digest of 64 bits
 * stands for two addresses: two pairs that share one would only be taken for one conversation.
 */
export class Pairs {
  /** Record of the stream of each pair's latest packet, or -1; and that packet's size. */
  latestRecord = new Int32Array(64);
  latestBytes = new Uint32Array(64);
  readonly #numbers = new Map<number, Map<number, number>>();
  #count = 0;

  /** The pair's number << 1, with bit 0 for the direction. */
  of(source: number, destination: number): number {
    const low = Math.min(source, destination);
    const high = Math.max(source, destination);
    const direction = source === low ? 0 : 1;
    let partners = this.#numbers.get(low);
    if (partners === undefined) {
      partners = new Map();
      this.#numbers.set(low, partners);
    }
    let pair = partners.get(high);
    if (pair === undefined) {
      pair = this.#count++;
      partners.set(high, pair);
      if (pair >= this.latestRecord.length) this.#grow();
      this.latestRecord[pair] = -1;
    }
    return (pair << 1) | direction;
  }

  /** Forgets all pairs. */
  clear(): void {
    this.#numbers.clear();
    this.#count = 0;
  }

  #grow(): void {
    const length = this.latestRecord.length * 2;
    const records = new Int32Array(length);
    records.set(this.latestRecord);
    this.latestRecord = records;
    const bytes = new Uint32Array(length);
    bytes.set(this.latestBytes);
    this.latestBytes = bytes;
  }
}

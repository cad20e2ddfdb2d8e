/** The newest bytes of an endless sequence; a place in it is counted from its beginning. */
export class ByteRing {
  readonly #bytes: Uint8Array;
  #end = 0;

  /** Holds so many bytes, at least 1. */
  constructor(size: number) {
    this.#bytes = new Uint8Array(size);
  }

  get size(): number {
    return this.#bytes.length;
  }

  /** The place of the oldest byte that is still there. */
  get start(): number {
    return Math.max(0, this.#end - this.#bytes.length);
  }

  /** The place behind the newest byte. */
  get end(): number {
    return this.#end;
  }

  append(chunk: Uint8Array): void {
    const { length } = this.#bytes;
    // Of a chunk that is larger than the ring only the last bytes would stay.
    const skipped = Math.max(0, chunk.length - length);
    this.#end += skipped;
    const rest = skipped === 0 ? chunk : chunk.subarray(skipped);
    const at = this.#end % length;
    const room = length - at;
    if (rest.length <= room) this.#bytes.set(rest, at);
    else {
      this.#bytes.set(rest.subarray(0, room), at);
      this.#bytes.set(rest.subarray(room), 0);
    }
    this.#end += rest.length;
  }

  /** Copies the bytes from `place` on into `target`; the caller has seen that they are there. */
  copy(place: number, target: Uint8Array): void {
    const at = place % this.#bytes.length;
    const room = this.#bytes.length - at;
    if (target.length <= room) target.set(this.#bytes.subarray(at, at + target.length));
    else {
      target.set(this.#bytes.subarray(at));
      target.set(this.#bytes.subarray(0, target.length - room), room);
    }
  }

  /** The four bytes from `place` on as a number. */
  u32(place: number, littleEndian: boolean): number {
    const { length } = this.#bytes;
    const byte = (offset: number): number => this.#bytes[(place + offset) % length] as number;
    const [a, b, c, d] = littleEndian
      ? [byte(3), byte(2), byte(1), byte(0)]
      : [byte(0), byte(1), byte(2), byte(3)];
    return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  }
}

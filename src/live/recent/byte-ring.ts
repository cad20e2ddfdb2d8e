/** The newest bytes of an endless sequence; a place in it is counted from its beginning. */
export class ByteRing {
  /** The memory of the ring. */
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  readonly #across = new Uint8Array(4);
  #end = 0;

  /** Holds so many bytes, at least 1. */
  constructor(size: number) {
    this.bytes = new Uint8Array(size);
    this.#view = new DataView(this.bytes.buffer);
  }

  get size(): number {
    return this.bytes.length;
  }

  /** The place of the oldest byte that is still there. */
  get start(): number {
    return Math.max(0, this.#end - this.bytes.length);
  }

  /** The place behind the newest byte. */
  get end(): number {
    return this.#end;
  }

  append(chunk: Uint8Array): void {
    const { length } = this.bytes;
    // Only the last bytes of a chunk that is larger than the ring would stay.
    const skipped = Math.max(0, chunk.length - length);
    this.#end += skipped;
    const rest = skipped === 0 ? chunk : chunk.subarray(skipped);
    const at = this.indexOf(this.#end);
    const room = length - at;
    if (rest.length <= room) this.bytes.set(rest, at);
    else {
      this.bytes.set(rest.subarray(0, room), at);
      this.bytes.set(rest.subarray(room), 0);
    }
    this.#end += rest.length;
  }

  /** The index in `bytes` of the byte of that place, as long as it is there. */
  indexOf(place: number): number {
    return place % this.bytes.length;
  }

  /** The index so many bytes on, at most once around. */
  after(index: number, count: number): number {
    const sum = index + count;
    return sum < this.bytes.length ? sum : sum - this.bytes.length;
  }

  /** Copies the bytes from `index` on into `target`. */
  copy(index: number, target: Uint8Array): void {
    const room = this.bytes.length - index;
    if (target.length <= room) target.set(this.bytes.subarray(index, index + target.length));
    else {
      target.set(this.bytes.subarray(index));
      target.set(this.bytes.subarray(0, target.length - room), room);
    }
  }

  /** The four bytes from `index` on as a number; they may lie across the seam. */
  u32(index: number, littleEndian: boolean): number {
    if (index + 4 <= this.bytes.length) return this.#view.getUint32(index, littleEndian);
    this.copy(index, this.#across);
    return new DataView(this.#across.buffer).getUint32(0, littleEndian);
  }
}

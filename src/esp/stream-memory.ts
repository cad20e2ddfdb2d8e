import { RECORD_BYTES } from "./layout.js";

/**
 * The records of all streams in one buffer, with views of it. The views are replaced when the buffer is: whoever uses
 * them takes them from here each time.
 */
export class StreamMemory {
  words: Uint32Array<ArrayBuffer>;
  doubles: Float64Array<ArrayBuffer>;
  /** Records that the buffer holds. */
  capacity: number;

  constructor(capacity: number) {
    const buffer = new ArrayBuffer(capacity * RECORD_BYTES);
    this.words = new Uint32Array(buffer);
    this.doubles = new Float64Array(buffer);
    this.capacity = capacity;
  }

  /** Room for at least `capacity` records. */
  grow(capacity: number): void {
    this.#moveTo(new ArrayBuffer(capacity * RECORD_BYTES), 0, capacity);
  }

  /** Moves the records into `buffer` at `offset` (a multiple of 8), which has room for `capacity` of them. */
  #moveTo(buffer: ArrayBuffer, offset: number, capacity: number): void {
    const words = new Uint32Array(buffer, offset, (capacity * RECORD_BYTES) / 4);
    words.set(this.words);
    this.words = words;
    this.doubles = new Float64Array(buffer, offset, (capacity * RECORD_BYTES) / 8);
    this.capacity = capacity;
  }
}

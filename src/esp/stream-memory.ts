import { IN_USE, RECORD_BYTES, RECORD_WORDS, W } from "./layout.js";

/**
 * The records of all streams in one buffer, with views of it. The views are replaced when the buffer is: whoever uses
 * them takes them from here each time.
 */
export class StreamMemory {
  words: Uint32Array<ArrayBuffer>;
  doubles: Float64Array<ArrayBuffer>;
  /** Records that the buffer holds. */
  capacity: number;
  /** Records below this number are or were in use. */
  used = 0;

  /** With a buffer the records lie there, from `offset` on, a multiple of 8. */
  constructor(capacity: number, buffer = new ArrayBuffer(capacity * RECORD_BYTES), offset = 0) {
    this.words = new Uint32Array(buffer, offset, (capacity * RECORD_BYTES) / 4);
    this.doubles = new Float64Array(buffer, offset, (capacity * RECORD_BYTES) / 8);
    this.capacity = capacity;
  }

  /** Room for at least `capacity` records. */
  grow(capacity: number): void {
    const words = new Uint32Array(capacity * RECORD_WORDS);
    words.set(this.words);
    this.words = words;
    this.doubles = new Float64Array(words.buffer);
    this.capacity = capacity;
  }
  /** Whether the record stands for a stream. */
  isInUse(record: number): boolean {
    return ((this.words[record * RECORD_WORDS + W.flags] as number) & IN_USE) !== 0;
  }

  /** The records that stand for a stream. */
  *inUse(): IterableIterator<number> {
    for (let record = 0; record < this.used; record++) if (this.isInUse(record)) yield record;
  }
}

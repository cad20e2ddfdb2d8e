/** Numbers that a bitmap remembers: the largest window of the replay simulation. */
export const BITMAP_BITS = 4096;
const WORDS = BITMAP_BITS / 32;
export const BITMAP_BYTES = BITMAP_BITS / 8;

/**
 * Which of the last 4096 sequence numbers of a stream were seen, as a ring of bits. Streams in order need none, so they
 * are lent: while a stream has a hole in its window. There are never more than streams.
 */
export class Bitmaps {
  #bits: Uint32Array<ArrayBuffer>;
  #lent = 0;
  readonly #free: number[] = [];

  /** With a buffer the bitmaps lie there, from `offset` on, and `capacity` is all there will be. */
  constructor(capacity = 16, buffer = new ArrayBuffer(capacity * BITMAP_BYTES), offset = 0) {
    this.#bits = new Uint32Array(buffer, offset, capacity * WORDS);
  }

  /** A bitmap with the numbers [from, to] marked as seen, the last 4096 of them. */
  lend(from: number, to: number): number {
    const bitmap = this.#free.pop() ?? this.#lent++;
    if ((bitmap + 1) * WORDS > this.#bits.length) {
      const grown = new Uint32Array(this.#bits.length * 2);
      grown.set(this.#bits);
      this.#bits = grown;
    }
    this.#bits.fill(0, bitmap * WORDS, (bitmap + 1) * WORDS);
    for (let sequence = Math.max(from, to - BITMAP_BITS + 1); sequence <= to; sequence++) {
      this.mark(bitmap, sequence);
    }
    return bitmap;
  }

  giveBack(bitmap: number): void {
    this.#free.push(bitmap);
  }

  isMarked(bitmap: number, sequence: number): boolean {
    const bit = sequence & (BITMAP_BITS - 1);
    return (((this.#bits[bitmap * WORDS + (bit >>> 5)] as number) >>> (bit & 31)) & 1) === 1;
  }

  mark(bitmap: number, sequence: number): void {
    const bit = sequence & (BITMAP_BITS - 1);
    const word = bitmap * WORDS + (bit >>> 5);
    this.#bits[word] = (this.#bits[word] as number) | (1 << (bit & 31));
  }

  /** Forgets the `count` numbers from `sequence` on: they enter the window unseen. */
  clear(bitmap: number, sequence: number, count: number): void {
    if (count >= BITMAP_BITS) {
      this.#bits.fill(0, bitmap * WORDS, (bitmap + 1) * WORDS);
      return;
    }
    for (let step = 0; step < count; step++) {
      const bit = (sequence + step) & (BITMAP_BITS - 1);
      const word = bitmap * WORDS + (bit >>> 5);
      this.#bits[word] = (this.#bits[word] as number) & ~(1 << (bit & 31));
    }
  }
}

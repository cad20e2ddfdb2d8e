import { type HuffmanTable, LENGTH_BITS, LENGTH_MASK } from "./huffman.js";
import type { PackedInput } from "./packed-input.js";

/** Reads packed bytes bit by bit, the lowest bit of each byte first (RFC 1951 section 3.1.1). */
export class BitReader {
  readonly input: PackedInput;
  /** Bits that were taken from the input and not used, the next one lowest, and how many. */
  hold = 0;
  held = 0;

  constructor(input: PackedInput) {
    this.input = input;
  }

  /** More bits were used than the data have. */
  get isOverrun(): boolean {
    return this.input.at - (this.held >> 3) > this.input.end;
  }

  /** The next `count` bits, 16 at most, as a number; zeros behind the end of the data. */
  bits(count: number): number {
    this.#fill(count);
    const value = this.hold & ((1 << count) - 1);
    this.#drop(count);
    return value;
  }

  /** The next symbol; -1 where no code begins with the next bits. */
  symbol({ bits, entries }: HuffmanTable): number {
    this.#fill(bits);
    const entry = entries[this.hold & ((1 << bits) - 1)] ?? 0;
    const length = entry & LENGTH_MASK;
    if (length === 0) return -1;
    this.#drop(length);
    return entry >> LENGTH_BITS;
  }

  /** Goes on to the next whole byte; those that were taken ahead are given back. */
  align(): void {
    this.input.at -= this.held >> 3;
    this.forget();
  }

  /** Forgets what was taken ahead. */
  forget(): void {
    this.hold = this.held = 0;
  }

  /** Keeps where a loop on copies of `hold`, `held` and the input's `at` has come to; whole bytes that it took ahead are given back. */
  resume(at: number, hold: number, held: number): void {
    this.input.at = at - (held >> 3);
    this.held = held & 7;
    this.hold = hold & ((1 << this.held) - 1);
  }

  #fill(count: number): void {
    const { input } = this;
    while (this.held < count) {
      this.hold |= (input.bytes[input.at++] ?? 0) << this.held;
      this.held += 8;
    }
  }

  #drop(count: number): void {
    this.hold >>>= count;
    this.held -= count;
  }
}

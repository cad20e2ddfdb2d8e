import type { FixedText } from "./fixed-text.js";
import { printable } from "./text.js";

const WORD = 4;
/** One character after the other is quicker up to here than asking the engine to. */
const SHORT_CHARACTERS = 48;
/** UTF-8 takes at most three bytes for a unit of UTF-16. */
const LONGEST_UNIT = 3;
const LAST_ASCII = 0x7f;
const FIRST_PRINTABLE = 0x20;
const LAST_PRINTABLE = 0x7e;
const ZERO = 0x30;

const HEX_DIGITS = Uint8Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));
const encoder = new TextEncoder();

/**
 * Text as UTF-8 that grows at its end. What is written piece by piece as a string is a tree of pieces, which costs more to
 * make, to flatten and to clear away than its characters.
 */
export class TextBuffer {
  #bytes: Uint8Array<ArrayBuffer>;
  #view: DataView;
  #length = 0;

  constructor(size: number) {
    this.#bytes = new Uint8Array(size);
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** Bytes that were written. */
  get length(): number {
    return this.#length;
  }

  /** The bytes that were written; a view that the next write may change. */
  get content(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Takes back all but the first `length` bytes. */
  cut(length: number): void {
    this.#length = Math.min(length, this.#length);
  }

  /** Hands over what was written, and goes on in `next`. */
  handOver(next: ArrayBuffer): Uint8Array<ArrayBuffer> {
    const content = this.content;
    this.#goOn(next);
    this.#length = 0;
    return content;
  }

  /** Any text; lone surrogates become U+FFFD. */
  text(text: string): void {
    this.#reserve(text.length * LONGEST_UNIT);
    if (text.length <= SHORT_CHARACTERS && this.#ascii(text, 0, LAST_ASCII)) return;
    const free = this.#bytes.subarray(this.#length);
    this.#length += encoder.encodeInto(text, free).written;
  }

  /** A text as {@link printable} makes it. */
  printable(text: string): void {
    this.#reserve(text.length);
    if (!this.#ascii(text, FIRST_PRINTABLE, LAST_PRINTABLE)) this.text(printable(text));
  }

  /** One character of ASCII, by its code. */
  character(code: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = code;
  }

  /** A text that is written often. */
  copy({ words, length }: FixedText): void {
    // The last word may write zeros behind the text, where the next one goes.
    this.#reserve(words.length * WORD);
    const view = this.#view;
    let at = this.#length;
    for (let word = 0; word < words.length; word++, at += WORD) {
      view.setInt32(at, words[word] as number, true);
    }
    this.#length += length;
  }

  /** A whole number from 0 to 2^53. */
  decimal(value: number): void {
    if (value > 0x3fff_ffff) {
      this.text(String(value));
      return;
    }
    let digits = 1;
    for (let limit = 10; digits < 10 && value >= limit; limit *= 10) digits++;
    this.padded(value, digits);
  }

  /** The last `digits` digits of a whole number from 0 to 2^30, with zeros in front. */
  padded(value: number, digits: number): void {
    this.#reserve(digits);
    const bytes = this.#bytes;
    const end = this.#length + digits;
    let left = value;
    for (let at = end - 1; at >= this.#length; at--) {
      const next = (left / 10) | 0;
      bytes[at] = ZERO + left - next * 10;
      left = next;
    }
    this.#length = end;
  }

  /** Lower-case hex of `count` bytes from `at` on. */
  hex(from: Uint8Array, at: number, count: number): void {
    this.#reserve(count * 2);
    const bytes = this.#bytes;
    let to = this.#length;
    for (let index = at; index < at + count; index++) {
      const byte = from[index] as number;
      bytes[to++] = HEX_DIGITS[byte >> 4] as number;
      bytes[to++] = HEX_DIGITS[byte & 15] as number;
    }
    this.#length = to;
  }

  /** Four digits of hex. */
  hex16(value: number): void {
    this.#reserve(4);
    const bytes = this.#bytes;
    const at = this.#length;
    bytes[at] = HEX_DIGITS[(value >> 12) & 15] as number;
    bytes[at + 1] = HEX_DIGITS[(value >> 8) & 15] as number;
    bytes[at + 2] = HEX_DIGITS[(value >> 4) & 15] as number;
    bytes[at + 3] = HEX_DIGITS[value & 15] as number;
    this.#length = at + 4;
  }

  /** Writes a text whose codes are from `first` to `last`, which are ASCII; false of any other. */
  #ascii(text: string, first: number, last: number): boolean {
    const bytes = this.#bytes;
    const at = this.#length;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code < first || code > last) return false;
      bytes[at + index] = code;
    }
    this.#length = at + text.length;
    return true;
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.content);
    this.#goOn(larger.buffer);
  }

  #goOn(buffer: ArrayBuffer): void {
    this.#bytes = new Uint8Array(buffer);
    this.#view = new DataView(buffer);
  }
}

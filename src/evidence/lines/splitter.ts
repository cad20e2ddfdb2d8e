/** Characters of a line that are kept; a longer one is no line of any format of hosts that is known. */
export const LONGEST_LINE = 64 * 1024;

const LINE_FEED = 0x0a;

export interface TextLine {
  readonly text: string;
  /** Counts from 1. */
  readonly number: number;
  /** It is longer than lines may be and was cut there. */
  readonly isCut: boolean;
  /** The file ends in it, without a line feed. */
  readonly isLast: boolean;
}

/**
 * Makes lines of chunks of bytes. Holds no more than one line of at most so many bytes. What is no UTF-8 becomes
 * the replacement character; a carriage return at the end of a line goes.
 */
export class LineSplitter {
  readonly #longest: number;
  readonly #decoder = new TextDecoder("utf-8");
  #held: Uint8Array[] = [];
  #size = 0;
  #isCut = false;
  #number = 0;

  constructor(longest = LONGEST_LINE) {
    this.#longest = longest;
  }

  /** The lines that end in this chunk. */
  *push(chunk: Uint8Array): Generator<TextLine> {
    let from = 0;
    for (;;) {
      const end = chunk.indexOf(LINE_FEED, from);
      if (end < 0) break;
      yield this.#line(chunk.subarray(from, end), false);
      from = end + 1;
    }
    this.#hold(chunk.subarray(from));
  }

  /** The text after the last line feed, if any. */
  *end(): Generator<TextLine> {
    if (this.#size > 0) yield this.#line(new Uint8Array(0), true);
  }

  #hold(part: Uint8Array): void {
    const room = this.#longest - this.#size;
    if (part.length > room) this.#isCut = true;
    if (part.length === 0 || room <= 0) return;
    this.#held.push(part.slice(0, room));
    this.#size += Math.min(part.length, room);
  }

  #line(rest: Uint8Array, isLast: boolean): TextLine {
    let bytes = rest.subarray(0, this.#longest);
    if (this.#size > 0) {
      this.#hold(rest);
      bytes = new Uint8Array(this.#size);
      let at = 0;
      for (const part of this.#held) {
        bytes.set(part, at);
        at += part.length;
      }
    }
    const isCut = this.#isCut || rest.length > this.#longest;
    this.#held = [];
    this.#size = 0;
    this.#isCut = false;
    this.#number++;
    const text = this.#decoder.decode(bytes);
    return { text: text.endsWith("\r") ? text.slice(0, -1) : text, number: this.#number, isCut, isLast };
  }
}

import type { ByteWindow } from "../window.js";

/** A longer line is no dump: its rest is passed over, bytes. */
const LONGEST_LINE = 16 * 1024;
/** So much of a line is looked at, characters. */
const MOST_SEEN = 512;
const LINE_FEED = 10;
/** Terminals leave the pager's prompt in what they log, and the backspaces that wiped it out. */
const PAGER = /^\s*(?:--More--|<--- More --->)\s*/;

/** Takes a text out of the window line by line, each without its end. */
export class LineReader {
  readonly #window: ByteWindow;
  /** Offset of the line after the current one. */
  #next = 0;
  /** The line at hand is longer than what is taken of it. */
  #isCut = false;
  #passesOver = false;
  #isLast = false;

  constructor(window: ByteWindow) {
    this.#window = window;
  }

  /** Says that no more bytes will come. */
  finish(): void {
    this.#isLast = true;
  }

  /** No line is left, and none will come. */
  get isAtEnd(): boolean {
    return this.#isLast && this.#window.position === this.#window.end;
  }

  /** The line at hand, without taking it; null where the window holds no whole one. */
  peek(): string | null {
    const window = this.#window;
    for (;;) {
      const { bytes, position, end } = window;
      const available = end - position;
      const feed = bytes.subarray(position, end).indexOf(LINE_FEED);
      if (feed < 0 && available < LONGEST_LINE && !(this.#isLast && available > 0)) {
        window.want(Math.min(available * 2 + MOST_SEEN, LONGEST_LINE), "line");
        return null;
      }
      const length = feed < 0 ? available : feed;
      const next = position + length + (feed < 0 ? 0 : 1);
      if (this.#passesOver) {
        window.position = next;
        this.#passesOver = feed < 0;
        continue;
      }
      this.#isCut = feed < 0;
      this.#next = next;
      return textOf(bytes.subarray(position, position + Math.min(length, MOST_SEEN)));
    }
  }

  /** Goes on behind the line that was peeked at. */
  take(): void {
    this.#window.position = this.#next;
    this.#passesOver = this.#isCut;
  }
}

function textOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
    .replaceAll("\b", "")
    .replaceAll("\r", "")
    .replace(PAGER, "")
    .trimEnd();
}

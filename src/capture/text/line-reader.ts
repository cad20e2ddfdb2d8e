import type { ByteWindow } from "../window.js";

/** A longer line is no dump: its rest is passed over, bytes. */
const LONGEST_LINE = 16 * 1024;
/** So much of a line is looked at, characters. */
const MOST_SEEN = 512;
/** A line that begins with so many hex digits is looked at whole: it may be a packet. */
const HEX_RUN = 64;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
/** A byte order mark of UTF-8, read byte by byte. */
const BYTE_ORDER_MARK = /^\u00ef\u00bb\u00bf/;
/** Colours and other controls of a terminal (ECMA-48 5.4), which it logs with the text. */
// oxlint-disable-next-line no-control-regex
const CONTROLS = /\u001b\[[0-?]{0,16}[ -/]{0,2}[@-~]|\u001b[()][A-Z0-9]/g;
/** Blanks that do not break, as web pages have them: alone, or as UTF-8 read byte by byte. */
const HARD_BLANK = /\u00c2?\u00a0/g;

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
      const available = Math.min(end - position, LONGEST_LINE);
      const feed = lineEnd(bytes.subarray(position, position + available));
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
      return textOf(seenOf(bytes.subarray(position, position + length)));
    }
  }

  /** Goes on behind the line that was peeked at. */
  take(): void {
    this.#window.position = this.#next;
    this.#passesOver = this.#isCut;
  }
}

/** The end of a line: a line feed, or a carriage return that no line feed follows; -1 where there is none. */
function lineEnd(bytes: Uint8Array): number {
  const feed = bytes.indexOf(LINE_FEED);
  const whole = feed < 0 ? bytes.subarray(0, -1) : bytes.subarray(0, feed);
  const back = whole.indexOf(CARRIAGE_RETURN);
  // All that stands between it and the line feed are more of them: the line ends there.
  return back < 0 || whole.subarray(back).every((byte) => byte === CARRIAGE_RETURN) ? feed : back;
}

function seenOf(line: Uint8Array): Uint8Array {
  const isHex = line.length > HEX_RUN && line.subarray(0, HEX_RUN).every(isHexDigit);
  return isHex ? line : line.subarray(0, MOST_SEEN);
}

function isHexDigit(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);
}

function textOf(bytes: Uint8Array): string {
  return (
    String.fromCharCode(...bytes)
      .replace(BYTE_ORDER_MARK, "")
      .replaceAll(CONTROLS, "")
      .replaceAll(HARD_BLANK, " ")
      // Terminals log the backspaces that wiped out a pager's prompt.
      .replaceAll("\b", "")
      .replaceAll("\r", "")
      .trimEnd()
  );
}

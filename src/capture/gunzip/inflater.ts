import { type HuffmanTable, huffmanTable, LENGTH_BITS } from "./huffman.js";
import type { PackedInput } from "./packed-input.js";

/** How far back a copy may reach (RFC 1951 section 2). */
const WINDOW = 32 * 1024;
/** Bytes that are unpacked at a time; what unpacks to a thousand times as much is given out in as many pieces. */
const PIECE = 256 * 1024;
/** A length and a distance take 6 bytes at most, and up to 4 are taken ahead. */
const MOST_FOR_SYMBOL = 10;
/** The lengths of the codes of a block: 14 + 19 * 3 + 320 * 14 bits at most. */
const MOST_FOR_CODES = 600;
const LONGEST_COPY = 258;
/** Bits. */
const LONGEST_CODE = 15;
const LENGTH_MASK = (1 << LENGTH_BITS) - 1;

const LITERALS = 286;
const LENGTHS = 29;
const DISTANCES = 30;
const END_OF_BLOCK = 256;
const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15] as const;

/** By symbol from 257 on the extra bits of a length, and the shortest that it means (RFC 1951 section 3.2.5). */
const LENGTH_EXTRA = Uint8Array.from({ length: LENGTHS }, (_, index) =>
  index < 8 || index === LENGTHS - 1 ? 0 : (index >> 2) - 1,
);
const LENGTH_BASE = Uint16Array.from({ length: LENGTHS }, (_, index) =>
  index < 8
    ? index + 3
    : index === LENGTHS - 1
      ? LONGEST_COPY
      : ((4 | (index & 3)) << ((index >> 2) - 1)) + 3,
);
const DISTANCE_EXTRA = Uint8Array.from({ length: DISTANCES }, (_, symbol) => Math.max(0, (symbol >> 1) - 1));
const DISTANCE_BASE = Uint16Array.from({ length: DISTANCES }, (_, symbol) =>
  symbol < 2 ? symbol + 1 : ((2 | (symbol & 1)) << (DISTANCE_EXTRA[symbol] ?? 0)) + 1,
);

const FIXED_LITERALS = Uint8Array.from({ length: 288 }, (_, symbol) =>
  symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8,
);

/** Says, in zlib's words, what of the packed data cannot be. */
export class InflateError extends Error {}

/** The end of a run: its output is full, more input is needed, all input is used up and was not enough, or all is unpacked. */
export type InflateState = "full" | "needs-input" | "cut-short" | "done";

/**
 * Unpacks one stream of DEFLATE (RFC 1951) piece by piece. Each symbol is taken whole or not at all, so a run can end
 * anywhere; data cut short give all symbols before the cut.
 */
export class Inflater {
  /** The unpacked bytes of the last run: [start, end) of `output`, good until the next run. */
  readonly output = new Uint8Array(WINDOW + PIECE + LONGEST_COPY);
  start = 0;
  end = 0;
  readonly #input: PackedInput;
  #hold = 0;
  #held = 0;
  #isLastBlock = false;
  #block: "header" | "stored" | "codes" | "none" = "header";
  #stored = 0;
  #literals: HuffmanTable = fixed().literals;
  #distances: HuffmanTable = fixed().distances;

  constructor(input: PackedInput) {
    this.#input = input;
  }

  /** Begins the next stream; no copy in it reaches back to this one. */
  restart(): void {
    this.start = this.end = 0;
    this.#hold = this.#held = this.#stored = 0;
    this.#isLastBlock = false;
    this.#block = "header";
  }

  /** Throws InflateError where the data are damaged; `start` and `end` then tell what was unpacked before. */
  run(): InflateState {
    this.#slide();
    for (;;) {
      const state = this.#step();
      if (state !== null) return state;
    }
  }

  /** Keeps what copies may reach back to. */
  #slide(): void {
    if (this.end > WINDOW) {
      this.output.copyWithin(0, this.end - WINDOW, this.end);
      this.end = WINDOW;
    }
    this.start = this.end;
  }

  #step(): InflateState | null {
    switch (this.#block) {
      case "header":
        return this.#header();
      case "stored":
        return this.#copyStored();
      case "codes":
        return this.#symbols();
      case "none":
        return "done";
    }
  }

  /** The input is used up: more is needed, or there is none. */
  get #dry(): InflateState {
    return this.#input.isAll ? "cut-short" : "needs-input";
  }

  /** More bits were used than the data have. */
  get #isOverrun(): boolean {
    return this.#input.at - (this.#held >> 3) > this.#input.end;
  }

  #bits(count: number): number {
    const input = this.#input;
    while (this.#held < count) {
      this.#hold |= (input.bytes[input.at++] ?? 0) << this.#held;
      this.#held += 8;
    }
    const value = this.#hold & ((1 << count) - 1);
    this.#hold >>>= count;
    this.#held -= count;
    return value;
  }

  #symbol({ bits, entries }: HuffmanTable): number {
    const input = this.#input;
    while (this.#held < bits) {
      this.#hold |= (input.bytes[input.at++] ?? 0) << this.#held;
      this.#held += 8;
    }
    const entry = entries[this.#hold & ((1 << bits) - 1)] ?? 0;
    const length = entry & LENGTH_MASK;
    if (length === 0) return -1;
    this.#hold >>>= length;
    this.#held -= length;
    return entry >> LENGTH_BITS;
  }

  /** Gives whole bytes that were taken ahead back. */
  #align(): void {
    this.#input.at -= this.#held >> 3;
    this.#hold = this.#held = 0;
  }

  #header(): InflateState | null {
    const input = this.#input;
    if (this.#isLastBlock) {
      this.#align();
      this.#block = "none";
      return null;
    }
    if (!input.isAll && input.left < MOST_FOR_CODES) return "needs-input";
    const isLast = this.#bits(1) === 1;
    const type = this.#bits(2);
    if (type === 0) {
      this.#align();
      if (input.left < 4) return "cut-short";
      this.#stored = this.#bits(16);
      const complement = this.#bits(16);
      if ((this.#stored ^ complement) !== 0xffff) throw new InflateError("invalid stored block lengths");
      this.#block = "stored";
    } else if (type === 1) {
      ({ literals: this.#literals, distances: this.#distances } = fixed());
      this.#block = "codes";
    } else if (type === 2) {
      if (!this.#readCodes()) return "cut-short";
      this.#block = "codes";
    } else if (!this.#isOverrun) throw new InflateError("invalid block type");
    if (this.#isOverrun) return "cut-short";
    this.#isLastBlock = isLast;
    return null;
  }

  /** The codes of a block (RFC 1951 section 3.2.7); false where the data end before they do. */
  #readCodes(): boolean {
    const literals = this.#bits(5) + 257;
    const distances = this.#bits(5) + 1;
    const order = this.#bits(4) + 4;
    if (this.#isOverrun) return false;
    if (literals > LITERALS || distances > DISTANCES) {
      throw new InflateError("too many length or distance symbols");
    }
    const own = new Uint8Array(CODE_ORDER.length);
    for (const symbol of CODE_ORDER.slice(0, order)) own[symbol] = this.#bits(3);
    if (this.#isOverrun) return false;
    const codes = huffmanTable(own);
    if (codes === null) throw new InflateError("invalid code lengths set");
    const lengths = new Uint8Array(literals + distances);
    for (let at = 0; at < lengths.length;) {
      const symbol = this.#symbol(codes);
      const repeats =
        symbol === 16 ? this.#bits(2) + 3 : symbol === 17 ? this.#bits(3) + 3 : this.#long(symbol);
      if (this.#isOverrun) return false;
      const isRepeat = symbol >= 16;
      if (symbol < 0 || (symbol === 16 && at === 0) || at + repeats > lengths.length) {
        throw new InflateError("invalid bit length repeat");
      }
      lengths.fill(symbol === 16 ? (lengths[at - 1] ?? 0) : isRepeat ? 0 : symbol, at, at + repeats);
      at += repeats;
    }
    if (lengths[END_OF_BLOCK] === 0) throw new InflateError("invalid code -- missing end-of-block");
    const literalTable = huffmanTable(lengths.subarray(0, literals));
    if (literalTable === null) throw new InflateError("invalid literal/lengths set");
    const distanceTable = huffmanTable(lengths.subarray(literals));
    if (distanceTable === null) throw new InflateError("invalid distances set");
    this.#literals = literalTable;
    this.#distances = distanceTable;
    return true;
  }

  #long(symbol: number): number {
    return symbol === 18 ? this.#bits(7) + 11 : 1;
  }

  #copyStored(): InflateState | null {
    const input = this.#input;
    const room = WINDOW + PIECE - this.end;
    const count = Math.min(this.#stored, room, input.left);
    this.output.set(input.bytes.subarray(input.at, input.at + count), this.end);
    input.at += count;
    this.end += count;
    this.#stored -= count;
    if (this.#stored === 0) this.#block = "header";
    else return count === room ? "full" : this.#dry;
    return null;
  }

  /** The inner loop, on local copies of all it needs. */
  #symbols(): InflateState | null {
    const input = this.#input;
    const { output } = this;
    const { bytes, isAll, end: inputEnd } = input;
    const { bits: literalBits, entries: literals } = this.#literals;
    const { bits: distanceBits, entries: distances } = this.#distances;
    const [literalMask, distanceMask] = [(1 << literalBits) - 1, (1 << distanceBits) - 1];
    const most = WINDOW + PIECE;
    const last = isAll ? Infinity : inputEnd - MOST_FOR_SYMBOL;
    let [at, hold, held, to] = [input.at, this.#hold, this.#held, this.end];
    let state: InflateState | null = "full";
    while (to < most) {
      if (at > last) {
        state = "needs-input";
        break;
      }
      while (held <= 24) {
        hold |= (bytes[at++] ?? 0) << held;
        held += 8;
      }
      const entry = literals[hold & literalMask] ?? 0;
      const length = entry & LENGTH_MASK;
      if (length === 0) {
        if (isAll && at * 8 - held + LONGEST_CODE > inputEnd * 8) {
          state = "cut-short";
          break;
        }
        this.#keep(at, hold, held, to);
        throw new InflateError("invalid literal/length code");
      }
      hold >>>= length;
      held -= length;
      const symbol = entry >> LENGTH_BITS;
      if (symbol < END_OF_BLOCK) {
        if (isAll && at - (held >> 3) > inputEnd) {
          state = "cut-short";
          break;
        }
        output[to++] = symbol;
        continue;
      }
      if (symbol === END_OF_BLOCK) {
        if (isAll && at - (held >> 3) > inputEnd) state = "cut-short";
        else {
          this.#block = "header";
          state = null;
        }
        break;
      }
      const index = symbol - END_OF_BLOCK - 1;
      const lengthExtra = LENGTH_EXTRA[index] ?? 0;
      const count = (LENGTH_BASE[index] ?? 0) + (hold & ((1 << lengthExtra) - 1));
      hold >>>= lengthExtra;
      held -= lengthExtra;
      while (held <= 24) {
        hold |= (bytes[at++] ?? 0) << held;
        held += 8;
      }
      const far = distances[hold & distanceMask] ?? 0;
      const farLength = far & LENGTH_MASK;
      hold >>>= farLength;
      held -= farLength;
      const extra = DISTANCE_EXTRA[far >> LENGTH_BITS] ?? 0;
      while (held <= 24) {
        hold |= (bytes[at++] ?? 0) << held;
        held += 8;
      }
      const distance = (DISTANCE_BASE[far >> LENGTH_BITS] ?? 0) + (hold & ((1 << extra) - 1));
      hold >>>= extra;
      held -= extra;
      if (isAll && at - (held >> 3) > inputEnd) {
        state = "cut-short";
        break;
      }
      if (count === 0 || farLength === 0 || far >> LENGTH_BITS >= DISTANCES || distance > to) {
        this.#keep(at, hold, held, to);
        throw new InflateError(
          count === 0
            ? "invalid literal/length code"
            : farLength === 0
              ? "invalid distance code"
              : "invalid distance too far back",
        );
      }
      if (distance >= count) {
        output.copyWithin(to, to - distance, to - distance + count);
        to += count;
      } else {
        for (let from = to - distance, stop = to + count; to < stop;) output[to++] = output[from++] ?? 0;
      }
    }
    this.#keep(at, hold, held, to);
    return state;
  }

  /** Keeps where the inner loop is; whole bytes that it took ahead are given back, for the input may be another then. */
  #keep(at: number, hold: number, held: number, to: number): void {
    this.#input.at = at - (held >> 3);
    this.#held = held & 7;
    this.#hold = hold & ((1 << this.#held) - 1);
    this.end = to;
  }
}

let fixedTables: { readonly literals: HuffmanTable; readonly distances: HuffmanTable } | null = null;

/** The codes that every inflater knows (RFC 1951 section 3.2.6). */
function fixed(): { readonly literals: HuffmanTable; readonly distances: HuffmanTable } {
  if (fixedTables === null) {
    const literals = huffmanTable(FIXED_LITERALS);
    // Symbols 30 and 31 have codes, and no meaning.
    const distances = huffmanTable(new Uint8Array(32).fill(5));
    if (literals === null || distances === null) throw new Error("the fixed codes are no codes");
    fixedTables = { literals, distances };
  }
  return fixedTables;
}

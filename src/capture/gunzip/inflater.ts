import { BitReader } from "./bit-reader.js";
import {
  type BlockCodes,
  DISTANCES,
  END_OF_BLOCK,
  fixedBlockCodes,
  InflateError,
  readBlockCodes,
} from "./block-codes.js";
import { DISTANCE_BASE, DISTANCE_EXTRA, LENGTH_BASE, LENGTH_EXTRA, LONGEST_COPY } from "./copies.js";
import { LENGTH_BITS, LENGTH_MASK } from "./huffman.js";
import type { PackedInput } from "./packed-input.js";

/** How far back a copy may reach (RFC 1951 section 2). */
const WINDOW = 32 * 1024;
/** Bytes that are unpacked at a time; what unpacks to a thousand times as much is given out in as many pieces. */
const PIECE = 256 * 1024;
/** A length and a distance take 6 bytes at most, and up to 4 are taken ahead. */
const MOST_FOR_SYMBOL = 10;
/** The lengths of the codes of a block: 14 + 19 * 3 + 320 * 14 bits at most. */
const MOST_FOR_CODES = 600;
/** Bits. */
const LONGEST_CODE = 15;

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
  readonly #reader: BitReader;
  #isLastBlock = false;
  #block: "header" | "stored" | "codes" | "none" = "header";
  /** Bytes of a stored block that are left. */
  #stored = 0;
  #codes: BlockCodes = fixedBlockCodes();

  constructor(input: PackedInput) {
    this.#input = input;
    this.#reader = new BitReader(input);
  }

  /** Begins the next stream; no copy in it reaches back to this one. */
  restart(): void {
    this.start = this.end = 0;
    this.#reader.forget();
    this.#stored = 0;
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

  #header(): InflateState | null {
    const [input, reader] = [this.#input, this.#reader];
    if (this.#isLastBlock) {
      reader.align();
      this.#block = "none";
      return null;
    }
    if (!input.isAll && input.left < MOST_FOR_CODES) return "needs-input";
    const isLast = reader.bits(1) === 1;
    const type = reader.bits(2);
    if (type === 0) {
      reader.align();
      if (input.left < 4) return "cut-short";
      this.#stored = reader.bits(16);
      const complement = reader.bits(16);
      if ((this.#stored ^ complement) !== 0xffff) throw new InflateError("invalid stored block lengths");
      this.#block = "stored";
    } else if (type === 1) {
      this.#codes = fixedBlockCodes();
      this.#block = "codes";
    } else if (type === 2) {
      const codes = readBlockCodes(reader);
      if (codes === null) return "cut-short";
      this.#codes = codes;
      this.#block = "codes";
    } else if (!reader.isOverrun) throw new InflateError("invalid block type");
    if (reader.isOverrun) return "cut-short";
    this.#isLastBlock = isLast;
    return null;
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
    const reader = this.#reader;
    const { output } = this;
    const { bytes, isAll, end: inputEnd } = input;
    const { bits: literalBits, entries: literals } = this.#codes.literals;
    const { bits: distanceBits, entries: distances } = this.#codes.distances;
    const [literalMask, distanceMask] = [(1 << literalBits) - 1, (1 << distanceBits) - 1];
    const most = WINDOW + PIECE;
    const last = isAll ? Infinity : inputEnd - MOST_FOR_SYMBOL;
    let [at, hold, held, to] = [input.at, reader.hold, reader.held, this.end];
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

  /** Keeps where the inner loop is: the input may be another one at the next run. */
  #keep(at: number, hold: number, held: number, to: number): void {
    this.#reader.resume(at, hold, held);
    this.end = to;
  }
}

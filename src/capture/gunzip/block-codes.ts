import type { BitReader } from "./bit-reader.js";
import { type HuffmanTable, huffmanTable } from "./huffman.js";

/** Symbols with a meaning (RFC 1951 sections 3.2.5 and 3.2.6). */
const LITERALS = 286;
export const DISTANCES = 30;
export const END_OF_BLOCK = 256;
/** Symbols for lengths of codes: the order in which their own lengths are told (section 3.2.7). */
const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15] as const;
/** Repeats the length before, and zeros, a few or many. */
const REPEAT = { before: 16, zeros: 17, manyZeros: 18 } as const;

/** Says, in zlib's words, what of the packed data cannot be. */
export class InflateError extends Error {}

/** The codes of a block: of literals and lengths, and of distances. */
export interface BlockCodes {
  readonly literals: HuffmanTable;
  readonly distances: HuffmanTable;
}

/** Reads the codes that a block begins with (RFC 1951 section 3.2.7). Null where the data end before they do; throws InflateError. */
export function readBlockCodes(reader: BitReader): BlockCodes | null {
  const literals = reader.bits(5) + 257;
  const distances = reader.bits(5) + 1;
  const order = reader.bits(4) + 4;
  if (reader.isOverrun) return null;
  if (literals > LITERALS || distances > DISTANCES) {
    throw new InflateError("too many length or distance symbols");
  }
  const own = new Uint8Array(CODE_ORDER.length);
  for (const symbol of CODE_ORDER.slice(0, order)) own[symbol] = reader.bits(3);
  if (reader.isOverrun) return null;
  const codes = huffmanTable(own);
  if (codes === null) throw new InflateError("invalid code lengths set");
  const lengths = readLengths(reader, codes, literals + distances);
  if (lengths === null) return null;
  if (lengths[END_OF_BLOCK] === 0) throw new InflateError("invalid code -- missing end-of-block");
  const literalTable = huffmanTable(lengths.subarray(0, literals));
  if (literalTable === null) throw new InflateError("invalid literal/lengths set");
  const distanceTable = huffmanTable(lengths.subarray(literals));
  if (distanceTable === null) throw new InflateError("invalid distances set");
  return { literals: literalTable, distances: distanceTable };
}

function readLengths(reader: BitReader, codes: HuffmanTable, count: number): Uint8Array | null {
  const lengths = new Uint8Array(count);
  for (let at = 0; at < count;) {
    const symbol = reader.symbol(codes);
    const repeats = readRepeats(reader, symbol);
    if (reader.isOverrun) return null;
    if (symbol < 0 || (symbol === REPEAT.before && at === 0) || at + repeats > count) {
      throw new InflateError("invalid bit length repeat");
    }
    const length = symbol === REPEAT.before ? (lengths[at - 1] ?? 0) : symbol > REPEAT.before ? 0 : symbol;
    lengths.fill(length, at, at + repeats);
    at += repeats;
  }
  return lengths;
}

function readRepeats(reader: BitReader, symbol: number): number {
  switch (symbol) {
    case REPEAT.before:
      return reader.bits(2) + 3;
    case REPEAT.zeros:
      return reader.bits(3) + 3;
    case REPEAT.manyZeros:
      return reader.bits(7) + 11;
    default:
      return 1;
  }
}

const FIXED_LITERALS = Uint8Array.from({ length: 288 }, (_, symbol) =>
  symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8,
);

let fixedCodes: BlockCodes | null = null;

/** The codes that every inflater knows (RFC 1951 section 3.2.6). */
export function fixedBlockCodes(): BlockCodes {
  if (fixedCodes === null) {
    const literals = huffmanTable(FIXED_LITERALS);
    // Symbols 30 and 31 have codes, and no meaning.
    const distances = huffmanTable(new Uint8Array(32).fill(5));
    if (literals === null || distances === null) throw new Error("the fixed codes are no codes");
    fixedCodes = { literals, distances };
  }
  return fixedCodes;
}

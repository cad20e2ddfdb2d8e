/** Bits of the longest code (RFC 1951 section 3.2.7). */
const LONGEST = 15;
/** In an entry of a table the length of the code stands below its symbol. */
export const LENGTH_BITS = 4;
export const LENGTH_MASK = (1 << LENGTH_BITS) - 1;

/** Tells the symbol that the next bits begin with, the first bit lowest. */
export interface HuffmanTable {
  /** How many bits are looked at: the longest code has so many. */
  readonly bits: number;
  /** By those bits the symbol and, in the lowest four bits, the length of its code; 0 where no code begins so. */
  readonly entries: Uint16Array;
}

/**
 * The table for codes of these lengths by symbol, 0 for a symbol without one (RFC 1951 section 3.2.2). Null where the lengths
 * are no code, as zlib tells it: only a single code may leave bits without a meaning.
 */
export function huffmanTable(lengths: Uint8Array): HuffmanTable | null {
  const counts = new Uint16Array(LONGEST + 1);
  let bits = 0;
  for (const length of lengths) {
    counts[length] = (counts[length] ?? 0) + 1;
    if (length > bits) bits = length;
  }
  if (bits === 0) return { bits: 1, entries: new Uint16Array(2) };
  const next = new Uint16Array(LONGEST + 2);
  let left = 1;
  for (let length = 1; length <= bits; length++) {
    const count = counts[length] ?? 0;
    left = left * 2 - count;
    if (left < 0) return null;
    next[length + 1] = ((next[length] ?? 0) + count) << 1;
  }
  if (left > 0 && bits > 1) return null;
  const entries = new Uint16Array(1 << bits);
  for (const [symbol, length] of lengths.entries()) {
    if (length === 0) continue;
    const code = next[length] ?? 0;
    next[length] = code + 1;
    const entry = (symbol << LENGTH_BITS) | length;
    for (let at = reversed(code, length); at < entries.length; at += 1 << length) entries[at] = entry;
  }
  return { bits, entries };
}

/** Codes are packed with their highest bit first, all else with its lowest. */
function reversed(code: number, length: number): number {
  let result = 0;
  for (let bit = 0; bit < length; bit++) result |= ((code >> bit) & 1) << (length - 1 - bit);
  return result;
}

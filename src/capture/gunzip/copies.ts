import { DISTANCES } from "./block-codes.js";

/** Bytes that one copy may have (RFC 1951 section 3.2.5). */
export const LONGEST_COPY = 258;
const LENGTHS = 29;

/** By symbol from 257 on the extra bits of a length, and the shortest that it means (RFC 1951 section 3.2.5). */
export const LENGTH_EXTRA = Uint8Array.from({ length: LENGTHS }, (_, index) =>
  index < 8 || index === LENGTHS - 1 ? 0 : (index >> 2) - 1,
);
export const LENGTH_BASE = Uint16Array.from({ length: LENGTHS }, (_, index) =>
  index < 8
    ? index + 3
    : index === LENGTHS - 1
      ? LONGEST_COPY
      : ((4 | (index & 3)) << ((index >> 2) - 1)) + 3,
);
/** By symbol the extra bits of a distance, and the shortest that it means. */
export const DISTANCE_EXTRA = Uint8Array.from({ length: DISTANCES }, (_, symbol) =>
  Math.max(0, (symbol >> 1) - 1),
);
export const DISTANCE_BASE = Uint16Array.from({ length: DISTANCES }, (_, symbol) =>
  symbol < 2 ? symbol + 1 : ((2 | (symbol & 1)) << (DISTANCE_EXTRA[symbol] ?? 0)) + 1,
);

/**
 * Sequence accounting of one stream over a sliding window of 64 packets, as a receiver's anti-replay window sees it
 * (RFC 4303 3.4.3). State lives in the columns of the stream table; here are the pure steps on the two halves of the
 * bitmap, bit 0 of `low` being the highest sequence number seen.
 */
export const WINDOW_SIZE = 64;

/** What a sequence number is to the window. */
export const ARRIVAL = { next: 0, gap: 1, late: 2, duplicate: 3, tooOld: 4 } as const;

/** Classifies `sequence` against the highest one seen and the bitmap of the 64 below it. */
export function classifyArrival(sequence: number, highest: number, low: number, high: number): number {
  if (sequence > highest) return sequence === highest + 1 ? ARRIVAL.next : ARRIVAL.gap;
  const behind = highest - sequence;
  if (behind >= WINDOW_SIZE) return ARRIVAL.tooOld;
  const seen = behind < 32 ? (low >>> behind) & 1 : (high >>> (behind - 32)) & 1;
  return seen === 1 ? ARRIVAL.duplicate : ARRIVAL.late;
}

/** High half of the bitmap after the window moved up by `by` packets. */
export function shiftHigh(low: number, high: number, by: number): number {
  if (by >= 64) return 0;
  if (by >= 32) return (low << (by - 32)) >>> 0;
  if (by === 0) return high;
  return ((high << by) | (low >>> (32 - by))) >>> 0;
}

/** Low half of the bitmap after the window moved up by `by` packets, with the new highest marked as seen. */
export function shiftLow(low: number, by: number): number {
  return by >= 32 ? 1 : ((low << by) | 1) >>> 0;
}

const POLYNOMIAL = 0xedb88320;
/** Bytes that are taken at a time; a table for each. */
const AT_ONCE = 4;

/** The change of the sum by a byte, a table for each number of bytes (0 to 3) that follow it. */
const TABLES: readonly Uint32Array[] = tables();

/**
 * The CRC-32 of RFC 1952 section 8 over [start, end) of `bytes`, unsigned; `before` is that of the bytes before, 0 where
 * there are none.
 */
export function crc32(bytes: Uint8Array, start: number, end: number, before = 0): number {
  const [t0, t1, t2, t3] = TABLES as [Uint32Array, Uint32Array, Uint32Array, Uint32Array];
  let sum = ~before;
  let at = start;
  for (; at + AT_ONCE <= end; at += AT_ONCE) {
    sum ^=
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24);
    sum =
      (t3[sum & 0xff] as number) ^
      (t2[(sum >>> 8) & 0xff] as number) ^
      (t1[(sum >>> 16) & 0xff] as number) ^
      (t0[sum >>> 24] as number);
  }
  for (; at < end; at++) sum = (t0[(sum ^ (bytes[at] as number)) & 0xff] as number) ^ (sum >>> 8);
  return ~sum >>> 0;
}

function tables(): Uint32Array[] {
  const first = new Uint32Array(256).map((_, byte) => {
    let sum = byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ POLYNOMIAL : sum >>> 1;
    return sum;
  });
  const all = [first];
  while (all.length < AT_ONCE) {
    const last = all.at(-1) ?? first;
    all.push(last.map((sum) => (first[sum & 0xff] ?? 0) ^ (sum >>> 8)));
  }
  return all;
}

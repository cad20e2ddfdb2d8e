/**
 * A 53-bit digest of a byte window, to tell retransmissions (byte-identical, RFC 7296 2.1) from new messages. Not
 * cryptographic: a sender who makes two messages collide only blurs its own tunnel.
 */
export function digest(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let low = 0xdeadbeef ^ (end - start);
  let high = 0x41c6ce57;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    low = Math.imul(low ^ byte, 2654435761);
    high = Math.imul(high ^ byte, 1597334677);
  }
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  return 4294967296 * (2097151 & high) + (low >>> 0);
}

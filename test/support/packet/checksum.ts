import { concat, u16, u32 } from "./bytes.js";

/** The Internet checksum (RFC 1071) over `bytes`. */
export function internetChecksum(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}

/** Transport packets whose checksum the IP builder fills in, as only it knows the addresses; and where the field is. */
const unfilled = new WeakMap<Uint8Array, number>();

/** Marks a UDP, TCP or ICMPv6 packet: the IP builder that carries it is to fill the checksum at `at`. */
export function checksumByIp(packet: Uint8Array, at: number): Uint8Array {
  unfilled.set(packet, at);
  return packet;
}

/** A copy of `packet` with the checksum filled in over the pseudo-header, if it waits for one; else `packet`. */
export function withChecksum(
  packet: Uint8Array,
  source: Uint8Array,
  destination: Uint8Array,
  protocol: number,
): Uint8Array {
  const at = unfilled.get(packet);
  if (at === undefined) return packet;
  const pseudo = concat(source, destination, u32(packet.length), u32(protocol));
  const checksum = internetChecksum(concat(pseudo, packet)) || 0xffff;
  const filled = packet.slice();
  filled.set(u16(checksum), at);
  return filled;
}

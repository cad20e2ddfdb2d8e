import { u32At } from "../../bytes/reader.js";
import { OUTCOME } from "../outcome.js";
import { FOLLOWS, type LinkCursor } from "./cursor.js";

/**
 * LINKTYPE_NULL (0) and LINKTYPE_LOOP (108): the address family in 4 bytes. NULL has it in the byte order of the
 * machine that captured, which the file need not share; as families are small numbers, both orders can be told apart.
 */
export function bsdLoopback(cursor: LinkCursor): number {
  const { bytes, at } = cursor;
  if (cursor.end - at < 4) return OUTCOME.truncated;
  cursor.at = at + 4;
  return familyAt(bytes, at);
}

/** LINKTYPE_ENC (109), the enc0 interface of the BSDs: family in host order (4), SPI (4), flags (4), the clear packet. */
export function bsdEnc(cursor: LinkCursor): number {
  const { bytes, at } = cursor;
  if (cursor.end - at < 12) return OUTCOME.truncated;
  cursor.at = at + 12;
  return familyAt(bytes, at);
}

function familyAt(bytes: Uint8Array, at: number): number {
  const value = u32At(bytes, at);
  // Only one of the four bytes is set: the lowest in big-endian order, the highest in little-endian order.
  const family = value > 0xffffff ? value >>> 24 : value;
  if ((value > 0xffffff && (value & 0xffffff) !== 0) || family > 0xff) return OUTCOME.notIp;
  switch (family) {
    case 2:
      return FOLLOWS.ipv4;
    // AF_INET6 of Linux, NetBSD and OpenBSD, FreeBSD, Darwin.
    case 10:
    case 24:
    case 28:
    case 30:
      return FOLLOWS.ipv6;
    default:
      return OUTCOME.notIp;
  }
}

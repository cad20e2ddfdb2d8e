import { u16At } from "../../bytes/reader.js";
import { OUTCOME } from "../outcome.js";
import { FOLLOWS, LARGEST_8023_LENGTH, type LinkCursor } from "./cursor.js";

/** Ethernet II or IEEE 802.3: destination (6), source (6), EtherType or length (2). A trailing FCS does no harm. */
export function ethernet(cursor: LinkCursor): number {
  const { bytes, at } = cursor;
  if (cursor.end - at < 14) return OUTCOME.truncated;
  cursor.at = at + 14;
  return typeOrLength(cursor, u16At(bytes, at + 12));
}

/** IEEE 802.1Q, 802.1ad and the older QinQ tags: tag control (2), EtherType or length of what follows (2). */
export function vlan(cursor: LinkCursor): number {
  const { bytes, at } = cursor;
  if (cursor.end - at < 4) return OUTCOME.truncated;
  cursor.at = at + 4;
  return typeOrLength(cursor, u16At(bytes, at + 2));
}

/** IEEE 802.1ah (MAC in MAC): flags and service instance (4), then the customer's frame. */
export function backboneTag(cursor: LinkCursor): number {
  if (cursor.end - cursor.at < 4) return OUTCOME.truncated;
  cursor.at += 4;
  return FOLLOWS.ethernet;
}

/** IEEE 802.2 LLC; only SNAP with a zero OUI (RFC 1042) or 00-00-F8 (bridge tunnel encapsulation) leads to IP. */
export function llc(cursor: LinkCursor): number {
  const { bytes, at } = cursor;
  if (cursor.end - at < 3) return OUTCOME.truncated;
  if (bytes[at] !== 0xaa || bytes[at + 1] !== 0xaa || bytes[at + 2] !== 0x03) return OUTCOME.notIp;
  if (cursor.end - at < 8) return OUTCOME.truncated;
  const bridgeTunnel = bytes[at + 5] === 0xf8;
  if (bytes[at + 3] !== 0 || bytes[at + 4] !== 0 || (bytes[at + 5] !== 0 && !bridgeTunnel)) {
    return OUTCOME.notIp;
  }
  cursor.at = at + 8;
  return u16At(bytes, at + 6);
}

function typeOrLength(cursor: LinkCursor, value: number): number {
  if (value > LARGEST_8023_LENGTH) return value;
  if (cursor.at + value < cursor.end) cursor.end = cursor.at + value;
  return FOLLOWS.llc;
}

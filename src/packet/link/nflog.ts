import { u16At } from "../../bytes/reader.js";
import { OUTCOME } from "../outcome.js";
import { FOLLOWS, type LinkCursor } from "./cursor.js";

/** NFULA_PAYLOAD: the attribute that holds the packet from its IP header. */
const PAYLOAD_ATTRIBUTE = 9;
/** A log message has about ten attributes. */
const ATTRIBUTES_FOLLOWED = 64;

/**
 * LINKTYPE_NFLOG (239): family (1), version 0 (1), group (2, network order), then attributes of length (2, with this
 * header), type (2) and value, padded to 4. Length and type are in the byte order of the capturing machine: the first
 * length tells which, for only one order makes it small.
 */
export function nflog(cursor: LinkCursor): number {
  const { bytes, at, end } = cursor;
  if (end - at < 8) return OUTCOME.truncated;
  if (bytes[at + 1] !== 0) return OUTCOME.notIp;
  const bigEndian = u16At(bytes, at + 4) < swapped(u16At(bytes, at + 4));
  let position = at + 4;
  for (let attribute = 0; attribute < ATTRIBUTES_FOLLOWED; attribute++) {
    if (end - position < 4) return OUTCOME.truncated;
    const length = hostOrder(u16At(bytes, position), bigEndian);
    const type = hostOrder(u16At(bytes, position + 2), bigEndian) & 0x7fff;
    if (length < 4) return OUTCOME.malformed;
    if (type === PAYLOAD_ATTRIBUTE) {
      cursor.at = position + 4;
      if (position + length < end) cursor.end = position + length;
      return FOLLOWS.rawIp;
    }
    position += (length + 3) & ~3;
  }
  return OUTCOME.notIp;
}

function swapped(value: number): number {
  return ((value & 0xff) << 8) | (value >> 8);
}

function hostOrder(value: number, bigEndian: boolean): number {
  return bigEndian ? value : swapped(value);
}

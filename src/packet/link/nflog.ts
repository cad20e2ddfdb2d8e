import { u16At } from "../../bytes/reader.js";
import { OUTCOME } from "../outcome.js";
import { FOLLOWS, type LinkCursor } from "./cursor.js";

/** NFULA_PAYLOAD: the attribute that holds the packet from its IP header. */
export const PAYLOAD_ATTRIBUTE = 9;
/** Family, version and group stand before the attributes. */
export const LOG_HEADER = 4;
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
  const bigEndian = isBigEndian(bytes, at + LOG_HEADER);
  let position = at + LOG_HEADER;
  for (let attribute = 0; attribute < ATTRIBUTES_FOLLOWED; attribute++) {
    if (end - position < 4) return OUTCOME.truncated;
    const length = u16InOrder(bytes, position, bigEndian);
    if (length < 4) return OUTCOME.malformed;
    if (attributeType(bytes, position, bigEndian) === PAYLOAD_ATTRIBUTE) {
      cursor.at = position + 4;
      if (position + length < end) cursor.end = position + length;
      return FOLLOWS.rawIp;
    }
    position += padded(length);
  }
  return OUTCOME.notIp;
}

/** The byte order of the machine that captured, by the length of the first attribute, which stands at `first`. */
export function isBigEndian(bytes: Uint8Array, first: number): boolean {
  return u16At(bytes, first) < swapped(u16At(bytes, first));
}

/** The type of the attribute at `at`, without the bit that says that others are nested in it. */
export function attributeType(bytes: Uint8Array, at: number, bigEndian: boolean): number {
  return u16InOrder(bytes, at + 2, bigEndian) & 0x7fff;
}

export function u16InOrder(bytes: Uint8Array, at: number, bigEndian: boolean): number {
  const value = u16At(bytes, at);
  return bigEndian ? value : swapped(value);
}

/** Room that an attribute of this length takes. */
export function padded(length: number): number {
  return (length + 3) & ~3;
}

function swapped(value: number): number {
  return ((value & 0xff) << 8) | (value >> 8);
}

import { u16At } from "../../bytes/reader.js";
import { FOLLOWS, type LinkCursor } from "../link/cursor.js";
import { OUTCOME } from "../outcome.js";

const HEADER = 4;
const VERSION = 1;
const ETHERNET = 1;
const PADDING = 0;
const END = 1;
/** A frame has a handful of tags. */
const TAGS_FOLLOWED = 32;

/**
 * TaZmen Sniffer Protocol, as MikroTik's routers mirror: version 1, type (1), encapsulated protocol (2), tags of type,
 * length and value up to the end tag, then the frame. Only Ethernet is followed.
 */
export function tzsp(cursor: LinkCursor): number {
  const { bytes, at, end } = cursor;
  if (end - at < HEADER) return OUTCOME.truncated;
  if (bytes[at] !== VERSION || u16At(bytes, at + 2) !== ETHERNET) return OUTCOME.notIp;
  let position = at + HEADER;
  for (let tag = 0; tag < TAGS_FOLLOWED; tag++) {
    if (position >= end) return OUTCOME.truncated;
    const type = bytes[position] as number;
    if (type === END) {
      cursor.at = position + 1;
      return FOLLOWS.ethernet;
    }
    if (type !== PADDING && position + 1 >= end) return OUTCOME.truncated;
    position += type === PADDING ? 1 : 2 + (bytes[position + 1] as number);
  }
  return OUTCOME.malformed;
}

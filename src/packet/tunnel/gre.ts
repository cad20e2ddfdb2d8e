import { u16At } from "../../bytes/reader.js";
import { FOLLOWS, type LinkCursor } from "../link/cursor.js";
import { OUTCOME } from "../outcome.js";

export const GRE_FLAG = { checksum: 0x8000, key: 0x2000, sequence: 0x1000 } as const;
const { checksum: CHECKSUM, key: KEY, sequence: SEQUENCE } = GRE_FLAG;
const ROUTING = 0x4000;
const VERSION = 0x0007;

/** Protocol types of Cisco's mirror sessions (draft-foschiano-erspan). */
export const ERSPAN_1_OR_2 = 0x88be;
export const ERSPAN_3 = 0x22eb;

/** GRE (RFC 2784, RFC 2890), version 0 without source routing; what follows is an EtherType, or a mirrored frame. */
export function gre(cursor: LinkCursor): number {
  const { bytes, at } = cursor;
  if (cursor.end - at < 4) return OUTCOME.truncated;
  const flags = u16At(bytes, at);
  if ((flags & (VERSION | ROUTING)) !== 0) return OUTCOME.notIp;
  let length = 4;
  if ((flags & CHECKSUM) !== 0) length += 4;
  if ((flags & KEY) !== 0) length += 4;
  if ((flags & SEQUENCE) !== 0) length += 4;
  const protocol = u16At(bytes, at + 2);
  if (protocol === ERSPAN_1_OR_2) {
    // Type I has neither sequence number nor ERSPAN header; type II has both, the header of 8 bytes.
    if ((flags & SEQUENCE) !== 0) length += 8;
    return moveOver(cursor, length, FOLLOWS.ethernet);
  }
  if (protocol === ERSPAN_3) return erspan3(cursor, length);
  return moveOver(cursor, length, protocol);
}

/** ERSPAN type III: 12 bytes, whose last two tell the frame type (0 Ethernet, 2 IP) and if 8 bytes more follow. */
function erspan3(cursor: LinkCursor, greLength: number): number {
  const { bytes, at } = cursor;
  if (cursor.end - at < greLength + 12) return OUTCOME.truncated;
  const frameType = ((bytes[at + greLength + 10] as number) >> 2) & 0x1f;
  const platformHeader = ((bytes[at + greLength + 11] as number) & 1) === 1;
  const follows = frameType === 2 ? FOLLOWS.rawIp : FOLLOWS.ethernet;
  return moveOver(cursor, greLength + (platformHeader ? 20 : 12), follows);
}

function moveOver(cursor: LinkCursor, length: number, follows: number): number {
  if (cursor.end - cursor.at < length) return OUTCOME.truncated;
  cursor.at += length;
  return follows;
}

import { u16At } from "../../bytes/reader.js";
import { OUTCOME } from "../outcome.js";
import { HOST_SIDE } from "../packet.js";
import { FOLLOWS, type LinkCursor, type LinkParser } from "./cursor.js";

/** "MGC", flags. */
const HEADER = 4;
const MAGIC_MG = 0x4d47;
const MAGIC_C = 0x43;

const RECEIVED = 0x01;
export const NO_LAYER_2 = 0x02;
const EXTENDED = 0x80;
/** A number of the address family stands where layer 2 was taken off. */
export const FAMILY = 4;

/**
 * What Juniper's devices put before a frame (LINKTYPE_JUNIPER_ETHER 178, JUNIPER_PPP 179, JUNIPER_CHDLC 181): "MGC", flags,
 * where a flag says so extensions with their length (2), and then the frame, or family (4) and packet.
 */
function juniper(follows: number): LinkParser {
  return (cursor) => behindHeader(cursor, follows);
}

function behindHeader(cursor: LinkCursor, follows: number): number {
  const { bytes, at, end } = cursor;
  if (end - at < HEADER) return OUTCOME.truncated;
  if (u16At(bytes, at) !== MAGIC_MG || bytes[at + 2] !== MAGIC_C) return OUTCOME.notIp;
  const flags = bytes[at + 3] as number;
  const extensions = juniperExtensions(bytes, at, end);
  const hasLayer2 = (flags & NO_LAYER_2) === 0;
  const behind = at + HEADER + extensions + (hasLayer2 ? 0 : FAMILY);
  if (behind > end) return OUTCOME.truncated;
  cursor.hostSide = (flags & RECEIVED) === 0 ? HOST_SIDE.sent : HOST_SIDE.received;
  cursor.at = behind;
  return hasLayer2 ? follows : FOLLOWS.rawIp;
}

/** Bytes of the extensions behind the header at `at`, with their length field: interface, and how it encapsulates. */
export function juniperExtensions(bytes: Uint8Array, at: number, end: number): number {
  const isExtended = end - at >= HEADER + 2 && ((bytes[at + 3] as number) & EXTENDED) !== 0;
  return isExtended ? 2 + u16At(bytes, at + HEADER) : 0;
}

export const juniperEthernet = juniper(FOLLOWS.ethernet);
export const juniperPpp = juniper(FOLLOWS.ppp);
export const juniperHdlc = juniper(FOLLOWS.ciscoHdlc);

import { u16At } from "../../bytes/reader.js";
import { OUTCOME } from "../outcome.js";
import { FOLLOWS, type LinkCursor } from "./cursor.js";

/** Label stacks are a handful deep in practice; a longer one is an attack or not MPLS. */
const LABELS_FOLLOWED = 16;

/**
 * MPLS label stack (RFC 3032) down to the bottom-of-stack bit. The stack does not say what it carries: the first
 * nibble does by convention (RFC 4928 section 3): 4 and 6 IP, 0 a pseudowire control word, 1 an associated channel.
 * Anything else can only be a pseudowire Ethernet frame without control word.
 */
export function mpls(cursor: LinkCursor): number {
  const { bytes } = cursor;
  for (let label = 0; label < LABELS_FOLLOWED; label++) {
    if (cursor.end - cursor.at < 4) return OUTCOME.truncated;
    const bottom = ((bytes[cursor.at + 2] as number) & 1) === 1;
    cursor.at += 4;
    if (bottom) return afterBottom(cursor);
  }
  return OUTCOME.malformed;
}

function afterBottom(cursor: LinkCursor): number {
  const { bytes, at, end } = cursor;
  if (at >= end) return OUTCOME.truncated;
  const nibble = (bytes[at] as number) >> 4;
  if (nibble === 4) return (bytes[at] as number) >= 0x45 ? FOLLOWS.ipv4 : FOLLOWS.ethernet;
  if (nibble === 6) return FOLLOWS.ipv6;
  if (nibble === 1) return OUTCOME.notIp;
  // A MAC address may begin with nibble 0 as well: then an EtherType stands where the control word leaves none.
  if (nibble === 0 && !(isKnownType(cursor, at + 12) && !isKnownType(cursor, at + 16))) cursor.at = at + 4;
  return FOLLOWS.ethernet;
}

function isKnownType(cursor: LinkCursor, at: number): boolean {
  if (cursor.end - at < 2) return false;
  const type = u16At(cursor.bytes, at);
  return type === FOLLOWS.ipv4 || type === FOLLOWS.ipv6 || type === 0x8100 || type === 0x88a8;
}

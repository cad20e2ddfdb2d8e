import { u16At } from "../bytes/reader.js";
import { OUTCOME } from "../packet/outcome.js";
import { FOLLOWS, type LinkCursor, type LinkParser } from "../packet/link/cursor.js";
import { ethernet } from "../packet/link/ethernet.js";
import { LINK_TYPES } from "../packet/link/table.js";
import { PARSERS } from "../packet/link/walk.js";
import { type Identifiers, putU32 } from "./identifiers.js";
import { u32At } from "../bytes/reader.js";

/** Headers that one frame may pile up before IP, as many as the dissector follows. */
const STEPS = 16;
const MAC_LENGTH = 6;
const NFLOG_PAYLOAD = 9;

/** What a walk over link headers found: where they end and what comes there. */
export interface LinkWalk {
  /** FOLLOWS.ipv4, FOLLOWS.ipv6, or a negative OUTCOME. */
  readonly follows: number;
  readonly at: number;
  readonly end: number;
  /** Where Ethernet headers stand. */
  readonly ethernets: readonly number[];
}

/** Walks from the header that `parser` reads to an IP header, as the dissector does; changes nothing. */
export function walkLink(bytes: Uint8Array, start: number, end: number, parser: LinkParser): LinkWalk {
  const cursor: LinkCursor = { bytes, at: start, end, hostSide: 0 };
  const ethernets: number[] = parser === ethernet ? [start] : [];
  let follows = parser(cursor);
  for (let step = 0; ; step++) {
    if (follows === FOLLOWS.ipv4 || follows === FOLLOWS.ipv6 || follows < 0) break;
    if (step === STEPS) {
      follows = OUTCOME.malformed;
      break;
    }
    if (follows === FOLLOWS.rawIp) {
      follows = versionAt(cursor);
      continue;
    }
    const next = PARSERS.get(follows);
    if (next === undefined) {
      follows = OUTCOME.notIp;
      break;
    }
    if (next === ethernet) ethernets.push(cursor.at);
    follows = next(cursor);
  }
  return { follows, at: cursor.at, end: cursor.end, ethernets };
}

/** The parser of a link type; undefined where it is not known. */
export function linkParser(linkType: number): LinkParser | undefined {
  return LINK_TYPES.get(linkType) ?? LINK_TYPES.get(linkType & 0xffff);
}

/** Replaces the MAC addresses of the headers that a walk went over. */
export function rewriteMacs(
  bytes: Uint8Array,
  { ethernets }: LinkWalk,
  end: number,
  identifiers: Identifiers,
): void {
  for (const at of ethernets) {
    for (const mac of [at, at + MAC_LENGTH]) {
      if (mac + MAC_LENGTH <= end) identifiers.mac(bytes, mac);
      else bytes.fill(0, mac, end);
    }
  }
}

/** Replaces what the first header of a link type tells of hosts beside Ethernet addresses; [start, at) is the header. */
export function rewriteLinkHeader(
  linkType: number,
  bytes: Uint8Array,
  start: number,
  at: number,
  identifiers: Identifiers,
): void {
  switch (linkType & 0xffff) {
    case 109:
      // The enc interface of the BSDs: the SPI behind the address family.
      if (at - start >= 8) putU32(bytes, start + 4, identifiers.espSpi(u32At(bytes, start + 4)));
      return;
    case 113:
      cookedAddress(bytes, start + 6, at, u16At(bytes, start + 4), identifiers);
      return;
    case 239:
      blankLogAttributes(bytes, start, at);
      return;
    case 276:
      cookedAddress(bytes, start + 12, at, bytes[start + 11] ?? 0, identifiers);
      return;
    default:
  }
}

/** The sender's link-layer address in a field of 8 bytes, of which `length` count. */
function cookedAddress(
  bytes: Uint8Array,
  from: number,
  end: number,
  length: number,
  identifiers: Identifiers,
): void {
  if (from + 8 > end) return;
  if (length === MAC_LENGTH) {
    identifiers.mac(bytes, from);
    bytes.fill(0, from + MAC_LENGTH, from + 8);
  } else if (bytes.subarray(from, from + 8).some((byte) => byte !== 0))
    identifiers.content(bytes, from, from + 8);
}

/** Attributes of a netfilter log message other than the packet: hardware addresses, users, texts of rules. */
function blankLogAttributes(bytes: Uint8Array, start: number, packet: number): void {
  // As the reader of the dissector: only one byte order makes the first length small.
  const isBig = u16At(bytes, start + 4) < swapped(u16At(bytes, start + 4));
  for (let at = start + 4; at + 4 <= packet;) {
    const length = isBig ? u16At(bytes, at) : swapped(u16At(bytes, at));
    const type = (isBig ? u16At(bytes, at + 2) : swapped(u16At(bytes, at + 2))) & 0x7fff;
    if (length < 4 || type === NFLOG_PAYLOAD) return;
    bytes.fill(0, at + 4, Math.min(packet, at + length));
    at += (length + 3) & ~3;
  }
}

function swapped(value: number): number {
  return ((value & 0xff) << 8) | (value >> 8);
}

function versionAt({ bytes, at, end }: LinkCursor): number {
  if (at >= end) return OUTCOME.truncated;
  const version = (bytes[at] as number) >> 4;
  if (version === 4) return FOLLOWS.ipv4;
  return version === 6 ? FOLLOWS.ipv6 : OUTCOME.notIp;
}

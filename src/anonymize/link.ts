import { u16At, u32At } from "../bytes/reader.js";
import type { LinkCursor, LinkParser } from "../packet/link/cursor.js";
import { ethernet } from "../packet/link/ethernet.js";
import { juniperExtensions } from "../packet/link/juniper.js";
import {
  attributeType,
  isBigEndian,
  LOG_HEADER,
  padded,
  PAYLOAD_ATTRIBUTE,
  u16InOrder,
} from "../packet/link/nflog.js";
import { walkToIp } from "../packet/link/walk.js";
import { type Identifiers, putU32 } from "./identifiers.js";

const MAC_LENGTH = 6;

/** What a walk over link headers found: where they end and what comes there. */
export interface LinkWalk {
  /** FOLLOWS.ipv4, FOLLOWS.ipv6, or a negative OUTCOME. */
  readonly follows: number;
  readonly at: number;
  readonly end: number;
  /** Where Ethernet headers stand. */
  readonly ethernets: readonly number[];
}

/** Walks from the header that `parser` reads to an IP header; changes nothing. */
export function walkLink(bytes: Uint8Array, start: number, end: number, parser: LinkParser): LinkWalk {
  const cursor: LinkCursor = { bytes, at: start, end, hostSide: 0 };
  const ethernets: number[] = [];
  const follows = walkToIp(cursor, parser, (reader, at) => {
    if (reader === ethernet) ethernets.push(at);
  });
  return { follows, at: cursor.at, end: cursor.end, ethernets };
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
    case 178:
    case 179:
    case 181:
      blankJuniperExtensions(bytes, start, at);
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

/** Interfaces of a Juniper device, and how they encapsulate. */
function blankJuniperExtensions(bytes: Uint8Array, start: number, packet: number): void {
  const end = start + 4 + juniperExtensions(bytes, start, packet);
  if (end > start + 6) bytes.fill(0, start + 6, Math.min(packet, end));
}

/** Attributes of a netfilter log message other than the packet: hardware addresses, users, texts of rules. */
function blankLogAttributes(bytes: Uint8Array, start: number, packet: number): void {
  const bigEndian = isBigEndian(bytes, start + LOG_HEADER);
  for (let at = start + LOG_HEADER; at + 4 <= packet;) {
    const length = u16InOrder(bytes, at, bigEndian);
    if (length < 4 || attributeType(bytes, at, bigEndian) === PAYLOAD_ATTRIBUTE) return;
    bytes.fill(0, at + 4, Math.min(packet, at + length));
    at += padded(length);
  }
}

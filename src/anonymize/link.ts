import { u16At } from "../bytes/reader.js";
import { ethernet } from "../packet/link/ethernet.js";
import type { LinkCursor, LinkParser } from "../packet/link/cursor.js";
import { FAMILY, juniperExtensions, NO_LAYER_2 } from "../packet/link/juniper.js";
import {
  attributeType,
  isBigEndian,
  LOG_HEADER,
  padded,
  PAYLOAD_ATTRIBUTE,
  u16InOrder,
} from "../packet/link/nflog.js";
import { walkToIp } from "../packet/link/walk.js";
import type { Identifiers } from "./identifiers.js";
import { HEADER_REWRITERS } from "./link-headers.js";

const MAC_LENGTH = 6;
/** Room for an address in a cooked header; packet types and ARPHRD numbers of Linux end there, but for "none". */
const COOKED_ADDRESS = 8;
const LAST_PACKET_TYPE = 7;
const LAST_DEVICE = 1023;
const NO_DEVICE = 0xfffe;

/** A header that a walk went over, by who reads it. */
interface WalkedHeader {
  readonly parser: LinkParser;
  readonly start: number;
  end: number;
}

/** Result of a walk over link headers: where they end and what comes there. */
export interface LinkWalk {
  /** FOLLOWS.ipv4, FOLLOWS.ipv6, or a negative OUTCOME. */
  readonly follows: number;
  readonly at: number;
  readonly end: number;
  readonly headers: readonly WalkedHeader[];
}

/** Walks from the header that `parser` reads to an IP header; changes nothing. */
export function walkLink(bytes: Uint8Array, start: number, end: number, parser: LinkParser): LinkWalk {
  const cursor: LinkCursor = { bytes, at: start, end, hostSide: 0 };
  const headers: WalkedHeader[] = [];
  const endLast = (at: number): void => {
    const last = headers.at(-1);
    if (last !== undefined) last.end = at;
  };
  const follows = walkToIp(cursor, parser, (reader, at) => {
    endLast(at);
    headers.push({ parser: reader, start: at, end: at });
  });
  endLast(cursor.at);
  return { follows, at: cursor.at, end: cursor.end, headers };
}

/** End of the headers that lead to one that is read; the last one may lead to nothing, and then be anything. */
export function understoodEnd({ follows, at, headers }: LinkWalk): number {
  const last = headers.at(-1);
  return follows >= 0 || last === undefined || last.parser === ethernet ? at : last.start;
}

/** Replaces what the headers that a walk went over tell of networks and devices. */
export function rewriteHeaders(bytes: Uint8Array, { headers }: LinkWalk, identifiers: Identifiers): void {
  for (const { parser, start, end } of headers) {
    HEADER_REWRITERS.get(parser)?.(bytes, start, end, identifiers);
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
    case 113:
      cookedAddress(bytes, start + 6, at, u16At(bytes, start + 4), identifiers);
      if (at - start >= 6) cookedNumbers(bytes, start, start + 2, start + 4);
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
      // Reserved, and the number of the interface.
      if (at - start >= 8) bytes.fill(0, start + 2, start + 8);
      cookedAddress(bytes, start + 12, at, bytes[start + 11] ?? 0, identifiers);
      if (at - start >= 12) {
        if (u16At(bytes, start + 8) > LAST_DEVICE && u16At(bytes, start + 8) !== NO_DEVICE)
          bytes.fill(0, start + 8, start + 10);
        bytes[start + 10] = Math.min(LAST_PACKET_TYPE, bytes[start + 10] as number);
      }
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

/** Kind of packet, device and address; nothing that is none of them. */
function cookedNumbers(bytes: Uint8Array, packetType: number, device: number, addressLength: number): void {
  if (u16At(bytes, packetType) > LAST_PACKET_TYPE) bytes.set([0, LAST_PACKET_TYPE], packetType);
  if (u16At(bytes, device) > LAST_DEVICE && u16At(bytes, device) !== NO_DEVICE)
    bytes.fill(0, device, device + 2);
  if (u16At(bytes, addressLength) > COOKED_ADDRESS) bytes.set([0, COOKED_ADDRESS], addressLength);
}

/** Interfaces of a Juniper device, and how they encapsulate. */
function blankJuniperExtensions(bytes: Uint8Array, start: number, packet: number): void {
  // The number of the address family follows them, which the packet tells by itself.
  const kept = start + (juniperExtensions(bytes, start, packet) === 0 ? 4 : 6);
  bytes.fill(0, Math.min(packet, kept), juniperEnd(bytes, start, packet));
}

/** End of the bytes that Juniper puts before a frame. */
function juniperEnd(bytes: Uint8Array, start: number, packet: number): number {
  const extensions = juniperExtensions(bytes, start, packet);
  const family = ((bytes[start + 3] as number) & NO_LAYER_2) === 0 ? 0 : FAMILY;
  return Math.min(packet, start + 4 + extensions + family);
}

/** Attributes of a netfilter log message other than the packet: hardware addresses, users, texts of rules. */
function blankLogAttributes(bytes: Uint8Array, start: number, packet: number): void {
  const bigEndian = isBigEndian(bytes, start + LOG_HEADER);
  // The number of the group that was listened to.
  if (packet >= start + LOG_HEADER) bytes.fill(0, start + 2, start + LOG_HEADER);
  for (let at = start + LOG_HEADER; at + 4 <= packet;) {
    const length = u16InOrder(bytes, at, bigEndian);
    if (length < 4 || attributeType(bytes, at, bigEndian) === PAYLOAD_ATTRIBUTE) return;
    bytes.fill(0, at + 4, Math.min(packet, at + padded(length)));
    at += padded(length);
  }
}

import { u16At } from "../../bytes/reader.js";
import { FOLLOWS, type LinkCursor, type LinkParser } from "../link/cursor.js";
import { OUTCOME } from "../outcome.js";
import { gre } from "./gre.js";
import { tzsp } from "./tzsp.js";

/** VXLAN (RFC 7348 section 5): flags with the I bit, VNI in bytes 4 to 6; an Ethernet frame follows. */
export function vxlan(cursor: LinkCursor): number {
  const { bytes, at } = cursor;
  if (cursor.end - at < 8) return OUTCOME.truncated;
  if (((bytes[at] as number) & 0x08) === 0) return OUTCOME.notIp;
  cursor.at = at + 8;
  return FOLLOWS.ethernet;
}

/** Geneve (RFC 8926 section 3.4): version 0 and option length in words, flags, protocol type (2), VNI, reserved. */
export function geneve(cursor: LinkCursor): number {
  const { bytes, at } = cursor;
  if (cursor.end - at < 8) return OUTCOME.truncated;
  const first = bytes[at] as number;
  if (first >> 6 !== 0) return OUTCOME.notIp;
  const headerLength = 8 + (first & 0x3f) * 4;
  if (cursor.end - at < headerLength) return OUTCOME.truncated;
  cursor.at = at + headerLength;
  return u16At(bytes, at + 2);
}

/** Tunnels by UDP destination port; 8472 is what Linux used before IANA gave VXLAN its port. */
export const UDP_TUNNELS: ReadonlyMap<number, LinkParser> = new Map([
  [4789, vxlan],
  [8472, vxlan],
  [6081, geneve],
  [37008, tzsp],
]);

/** Tunnels by IP protocol: IP in IP (RFC 2003, RFC 2473, RFC 4213) and GRE. */
export const IP_TUNNELS: ReadonlyMap<number, LinkParser> = new Map<number, LinkParser>([
  [4, () => FOLLOWS.ipv4],
  [41, () => FOLLOWS.ipv6],
  [47, gre],
]);

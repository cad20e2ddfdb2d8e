import { u16At } from "../../bytes/reader.js";
import { OUTCOME } from "../outcome.js";
import { HOST_SIDE } from "../packet.js";
import { FOLLOWS, type LinkCursor } from "./cursor.js";

/** PPP protocol numbers (RFC 1661 section 2) that lead to IP, and what they lead to. */
const PPP_PROTOCOLS: ReadonlyMap<number, number> = new Map([
  [0x0021, FOLLOWS.ipv4],
  [0x0057, FOLLOWS.ipv6],
  [0x0281, 0x8847],
  [0x0283, 0x8848],
]);

/**
 * PPP (RFC 1661): address and control ff 03 where they were not compressed away, then the protocol, whose first byte
 * may be compressed away too (an odd byte ends the field).
 */
export function ppp(cursor: LinkCursor): number {
  const { bytes, end } = cursor;
  let at = cursor.at;
  if (end - at >= 2 && bytes[at] === 0xff && bytes[at + 1] === 0x03) at += 2;
  if (end - at < 2) return OUTCOME.truncated;
  const compressed = ((bytes[at] as number) & 1) === 1;
  const protocol = compressed ? (bytes[at] as number) : u16At(bytes, at);
  cursor.at = at + (compressed ? 1 : 2);
  return PPP_PROTOCOLS.get(protocol) ?? OUTCOME.notIp;
}

/** LINKTYPE_PPP (9) and PPP_HDLC (50): PPP, or Cisco HDLC where the address byte is 0f or 8f. */
export function pppOrHdlc(cursor: LinkCursor): number {
  const first = cursor.bytes[cursor.at];
  return cursor.at < cursor.end && (first === 0x0f || first === 0x8f) ? ciscoHdlc(cursor) : ppp(cursor);
}

/** LINKTYPE_PPP_WITH_DIR (204) and PPP_PPPD (166): a byte, 0 for received, else sent; then PPP. */
export function pppWithDirection(cursor: LinkCursor): number {
  if (cursor.at >= cursor.end) return OUTCOME.truncated;
  cursor.hostSide = cursor.bytes[cursor.at] === 0 ? HOST_SIDE.received : HOST_SIDE.sent;
  cursor.at++;
  return ppp(cursor);
}

/** LINKTYPE_C_HDLC (104): address (1), control (1), EtherType (2). */
export function ciscoHdlc(cursor: LinkCursor): number {
  const { bytes, at } = cursor;
  if (cursor.end - at < 4) return OUTCOME.truncated;
  cursor.at = at + 4;
  return u16At(bytes, at + 2);
}

/** PPPoE session (RFC 2516 section 4): version and type 11, code 0, session (2), length (2), then PPP's protocol. */
export function pppoeSession(cursor: LinkCursor): number {
  const { bytes, at } = cursor;
  if (cursor.end - at < 6) return OUTCOME.truncated;
  if (bytes[at] !== 0x11 || bytes[at + 1] !== 0) return OUTCOME.notIp;
  cursor.at = at + 6;
  const declaredEnd = at + 6 + u16At(bytes, at + 4);
  if (declaredEnd < cursor.end) cursor.end = declaredEnd;
  return ppp(cursor);
}

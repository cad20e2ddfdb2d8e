import { OUTCOME } from "../outcome.js";
import { FOLLOWS, type LinkCursor, type LinkParser } from "./cursor.js";
import { backboneTag, ethernet, llc, vlan } from "./ethernet.js";
import { mpls } from "./mpls.js";
import { ciscoHdlc, ppp, pppoeSession } from "./ppp.js";

/** Tags, labels and headers that one frame may pile up before IP; hostile frames could pile up thousands. */
const STEPS = 16;

/** The parser of each header; a new encapsulation is a parser and a row. */
const PARSERS: ReadonlyMap<number, LinkParser> = new Map<number, LinkParser>([
  [FOLLOWS.ethernet, ethernet],
  [FOLLOWS.llc, llc],
  [FOLLOWS.ppp, ppp],
  [FOLLOWS.ciscoHdlc, ciscoHdlc],
  [0x8100, vlan],
  [0x88a8, vlan],
  [0x9100, vlan],
  [0x9200, vlan],
  [0x8847, mpls],
  [0x8848, mpls],
  [0x8864, pppoeSession],
  [0x88e7, backboneTag],
]);

/** Is told of each header before it is read. */
export type HeaderWatch = (parser: LinkParser, at: number) => void;

/**
 * Moves the cursor from the header that `first` reads to an IP header; returns FOLLOWS.ipv4, FOLLOWS.ipv6 or a negative
 * OUTCOME.
 */
export function walkToIp(cursor: LinkCursor, first: LinkParser, watch: HeaderWatch | null = null): number {
  watch?.(first, cursor.at);
  let next = first(cursor);
  for (let step = 0; step < STEPS; step++) {
    if (next === FOLLOWS.ipv4 || next === FOLLOWS.ipv6 || next < 0) return next;
    if (next === FOLLOWS.rawIp) return ipVersion(cursor);
    const parser = PARSERS.get(next);
    if (parser === undefined) return OUTCOME.notIp;
    watch?.(parser, cursor.at);
    next = parser(cursor);
  }
  return OUTCOME.malformed;
}

function ipVersion(cursor: LinkCursor): number {
  if (cursor.at >= cursor.end) return OUTCOME.truncated;
  const version = (cursor.bytes[cursor.at] as number) >> 4;
  if (version === 4) return FOLLOWS.ipv4;
  return version === 6 ? FOLLOWS.ipv6 : OUTCOME.notIp;
}

import { FOLLOWS, type LinkParser } from "./cursor.js";
import { linuxCooked, linuxCooked2 } from "./cooked.js";
import { ethernet } from "./ethernet.js";
import { bsdEnc, bsdLoopback } from "./family.js";
import { juniperEthernet, juniperHdlc, juniperPpp } from "./juniper.js";
import { nflog } from "./nflog.js";
import { ciscoHdlc, pppOrHdlc, pppWithDirection } from "./ppp.js";

/** LINKTYPE_ETHERNET, for the dissector's short cut. */
export const LINKTYPE_ETHERNET = 1;

const rawIp: LinkParser = () => FOLLOWS.rawIp;
const rawIpv4: LinkParser = () => FOLLOWS.ipv4;
const rawIpv6: LinkParser = () => FOLLOWS.ipv6;

/** Link types by their number on https://www.tcpdump.org/linktypes.html; a new one is a parser and a row. */
export const LINK_TYPES: ReadonlyMap<number, LinkParser> = new Map<number, LinkParser>([
  [0, bsdLoopback],
  [LINKTYPE_ETHERNET, ethernet],
  [9, pppOrHdlc],
  // DLT_RAW of some systems, written into files by old versions of libpcap.
  [12, rawIp],
  [14, rawIp],
  [50, pppOrHdlc],
  [101, rawIp],
  [104, ciscoHdlc],
  [108, bsdLoopback],
  [109, bsdEnc],
  [113, linuxCooked],
  [166, pppWithDirection],
  [178, juniperEthernet],
  [179, juniperPpp],
  [181, juniperHdlc],
  [204, pppWithDirection],
  [228, rawIpv4],
  [229, rawIpv6],
  [239, nflog],
  [276, linuxCooked2],
]);

/** The parser of a link type's first header; undefined for a link type that is not read. */
export function linkParser(linkType: number): LinkParser | undefined {
  // The upper bits of the field in the file header may tell the length of the frame check sequence.
  return LINK_TYPES.get(linkType) ?? LINK_TYPES.get(linkType & 0xffff);
}

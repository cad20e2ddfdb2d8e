import { u16At, u32At } from "../bytes/reader.js";
import type { LinkParser } from "../packet/link/cursor.js";
import { backboneTag, ethernet, vlan } from "../packet/link/ethernet.js";
import { bsdEnc } from "../packet/link/family.js";
import { mpls } from "../packet/link/mpls.js";
import { pppoeSession } from "../packet/link/ppp.js";
import { gre } from "../packet/tunnel/gre.js";
import { geneve, vxlan } from "../packet/tunnel/tunnels.js";
import { tzsp } from "../packet/tunnel/tzsp.js";
import { rewriteGre } from "./gre.js";
import { type Identifiers, putU32 } from "./identifiers.js";

/** Replaces in place what the header in [start, end) tells of networks and devices; the header may be cut. */
export type HeaderRewriter = (
  bytes: Uint8Array,
  start: number,
  end: number,
  identifiers: Identifiers,
) => void;

const MAC_LENGTH = 6;
const VLAN_BITS = 12;
/** Labels below have a meaning of their own (RFC 3032 section 2.1). */
const FIRST_LABEL = 16;

const macs: HeaderRewriter = (bytes, start, end, identifiers) => {
  for (const at of [start, start + MAC_LENGTH]) {
    if (at + MAC_LENGTH <= end) identifiers.mac(bytes, at);
    else bytes.fill(0, at, end);
  }
};

/** IEEE 802.1Q: priority stays, the number of the network does not. */
const vlanTag: HeaderRewriter = (bytes, start, end, identifiers) => {
  if (end - start < 2) return;
  const tag = u16At(bytes, start);
  const mapped = (tag & 0xf000) | identifiers.label(tag & 0xfff, VLAN_BITS);
  bytes[start] = mapped >> 8;
  bytes[start + 1] = mapped & 0xff;
};

/** IEEE 802.1ah: flags, then the number of the service. */
const serviceTag: HeaderRewriter = (bytes, start, end, identifiers) => {
  bytes.fill(0, start, Math.min(end, start + 1));
  network(bytes, start, end, identifiers);
};

/** A number of 24 bits in the last three of four bytes. */
function network(bytes: Uint8Array, at: number, end: number, identifiers: Identifiers): void {
  if (end - at < 4) bytes.fill(0, at, Math.max(at, end));
  else putU32(bytes, at, identifiers.label(u32At(bytes, at) & 0xffffff, 24) | ((bytes[at] as number) << 24));
}

/** Label stack of RFC 3032: class, bottom and lifetime stay; a control word behind it has nothing but its first nibble. */
const labels: HeaderRewriter = (bytes, start, end, identifiers) => {
  let at = start;
  for (let bottom = false; !bottom && end - at >= 4; at += 4) {
    const entry = u32At(bytes, at);
    const label = entry >>> 12;
    bottom = (entry & 0x100) !== 0;
    if (label < FIRST_LABEL) continue;
    const mapped = FIRST_LABEL + (identifiers.label(label, 20) % (2 ** 20 - FIRST_LABEL));
    putU32(bytes, at, ((mapped << 12) | (entry & 0xfff)) >>> 0);
  }
  bytes.fill(0, at, Math.max(at, end));
};

/** RFC 2516: number of the session in bytes 2 and 3. */
const session: HeaderRewriter = (bytes, start, end, identifiers) => {
  if (end - start < 4) return;
  const mapped = identifiers.label(u16At(bytes, start + 2), 16);
  bytes[start + 2] = mapped >> 8;
  bytes[start + 3] = mapped & 0xff;
};

/** RFC 7348: flags, three reserved bytes, VNI, a reserved byte. */
const vxlanHeader: HeaderRewriter = (bytes, start, end, identifiers) => {
  if (end - start < 8) return;
  bytes[start] = (bytes[start] as number) & 0x08;
  bytes.fill(0, start + 1, start + 4);
  vni(bytes, start + 4, identifiers);
};

/** RFC 8926: what is O and C stays, and the protocol; options may say anything. */
const geneveHeader: HeaderRewriter = (bytes, start, end, identifiers) => {
  if (end - start < 8) return;
  bytes[start + 1] = (bytes[start + 1] as number) & 0xc0;
  vni(bytes, start + 4, identifiers);
  bytes.fill(0, start + 8, end);
};

/** Three bytes of a number and a reserved one. */
function vni(bytes: Uint8Array, at: number, identifiers: Identifiers): void {
  putU32(bytes, at, (identifiers.label(u32At(bytes, at) >>> 8, 24) << 8) >>> 0);
}

/** Tags of TZSP: which one, and how long. */
const tags: HeaderRewriter = (bytes, start, end, identifiers) => {
  if (end > start + 1) bytes[start + 1] = 0;
  let at = start + 4;
  while (at < end) {
    // Padding and the end have no length.
    if ((bytes[at] as number) <= 1) at++;
    else {
      const next = Math.min(end, at + 2 + (bytes[at + 1] ?? 0));
      identifiers.content(bytes, at + 2, next);
      at = next;
    }
  }
};

/** The enc interface of the BSDs: the SPI behind the address family; of the flags those that say what was done. */
const encHeader: HeaderRewriter = (bytes, start, end, identifiers) => {
  if (end - start < 12) return;
  putU32(bytes, start + 4, identifiers.espSpi(u32At(bytes, start + 4)));
  // M_CONF and M_AUTH, in either byte order.
  putU32(bytes, start + 8, u32At(bytes, start + 8) & 0x000c0c00);
};

/** By the parser that reads a header; one that is not here has nothing but numbers of the protocol. */
export const HEADER_REWRITERS: ReadonlyMap<LinkParser, HeaderRewriter> = new Map<LinkParser, HeaderRewriter>([
  [ethernet, macs],
  [vlan, vlanTag],
  [backboneTag, serviceTag],
  [mpls, labels],
  [pppoeSession, session],
  [vxlan, vxlanHeader],
  [geneve, geneveHeader],
  [tzsp, tags],
  [gre, rewriteGre],
  [bsdEnc, encHeader],
]);

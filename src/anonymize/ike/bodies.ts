import { u16At, u32At } from "../../bytes/reader.js";
import { EAP_CODE, EAP_METHOD } from "../../ike/registries/eap.js";
import { ID_TYPE } from "../../ike/registries/identification.js";
import { TS_TYPE } from "../../ike/registries/traffic-selectors.js";
import { knownVendorId } from "../../ike/vendor.js";
import { rewriteDer } from "./der.js";
import type { Identifiers } from "../identifiers.js";
import { rewriteDoi } from "./doi.js";
import { rewriteAddress } from "./notify.js";
import type { BodyRewriter, BodyWindow, Replacements } from "./window.js";

/** Certificate encodings that are DER: PKCS #7 and X.509 (RFC 7296 3.6). */
const DER_ENCODINGS: ReadonlySet<number> = new Set([1, 4, 5, 7]);
/** Bytes of an address by selector type. */
const ADDRESS_LENGTHS: ReadonlyMap<number, number> = new Map([
  [TS_TYPE.TS_IPV4_ADDR_RANGE, 4],
  [TS_TYPE.TS_IPV6_ADDR_RANGE, 16],
]);
const FIXED_FORM = 0x8000;
/** Fragments of one message that are believed. */
const MOST_FRAGMENTS = 0xff;
/** Vendors of expanded EAP methods: IETF, Microsoft, Wi-Fi Alliance. */
const EAP_VENDORS: ReadonlySet<number> = new Set([0, 311, 14_122]);
/** Attributes that hold an address first: RFC 7296 3.15.1, and the same numbers in draft-ietf-ipsec-isakmp-mode-cfg. */
const ADDRESS_ATTRIBUTES: ReadonlySet<number> = new Set([1, 2, 3, 4, 6, 8, 9, 10, 11, 12, 13, 15]);
/** XAUTH_TYPE and XAUTH_STATUS (draft-beaulieu-ike-xauth-02 section 6). */
const NUMBERS_V1: ReadonlySet<number> = new Set([16_520, 16_527]);

/** All of the body, from `kept` bytes on, is content. */
export function contentBehind(kept: number): BodyRewriter {
  return ({ bytes, start, end }, { identifiers }) =>
    identifiers.content(bytes, Math.min(end, start + kept), end);
}

/** KE of IKEv2 (RFC 7296 3.4): the method stays; two bytes behind it are reserved. */
export const rewriteKeV2: BodyRewriter = ({ bytes, start, end }, { identifiers }) => {
  identifiers.reserved(bytes, Math.min(end, start + 2), Math.min(end, start + 4));
  identifiers.content(bytes, Math.min(end, start + 4), end);
};

/** AUTH (RFC 7296 3.8): the method stays; three bytes behind it are reserved. */
export const rewriteAuthentication: BodyRewriter = (window, replacements) => {
  const { bytes, start, end } = window;
  rewriteReserved(window, replacements);
  replacements.identifiers.content(bytes, Math.min(end, start + 4), end);
};

/**
 * SKF (RFC 7383 2.5): number and total stay, and so does whether they fit. No message has more fragments than a byte counts: it would
 * be longer than what UDP carries, so larger ones are replaced, different ones by different ones where there is room.
 */
export const rewriteFragment: BodyRewriter = ({ bytes, start, end }, { identifiers }) => {
  const data = Math.min(end, start + 4);
  if (data - start === 4) {
    const [number, total] = [u16At(bytes, start), u16At(bytes, start + 2)];
    const fits = number <= total;
    // The total gives way: the number tells one fragment from another.
    const replaced = countLike(number, identifiers);
    putU16(bytes, start, replaced);
    if (total > MOST_FRAGMENTS)
      putU16(bytes, start + 2, fits ? Math.max(replaced, countLike(total, identifiers)) : MOST_FRAGMENTS + 1);
  }
  identifiers.content(bytes, data, end);
};

/** A number or total of fragments: one that is too large to be believed is replaced by another such, the smallest left out. */
function countLike(value: number, identifiers: Identifiers): number {
  const smallest = MOST_FRAGMENTS + 2;
  return value <= MOST_FRAGMENTS ? value : smallest + (identifiers.label(value, 16) % (0x10000 - smallest));
}

function putU16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >> 8;
  bytes[at + 1] = value & 0xff;
}

/** The three reserved bytes behind the first one of many a payload. */
function rewriteReserved({ bytes, start, end }: BodyWindow, { identifiers }: Replacements): void {
  identifiers.reserved(bytes, Math.min(end, start + 1), Math.min(end, start + 4));
}

/** Keeps the known part of a vendor ID, which names software, not people; the rest may name anything. */
export const rewriteVendorId: BodyRewriter = ({ bytes, start, end }, { identifiers }) => {
  const known = knownVendorId(bytes.subarray(start, end));
  identifiers.content(bytes, start + (known === null ? 0 : known.id.length / 2), end);
};

/** NAT-D of IKEv1 (RFC 3947 3.2). */
export const rewriteNatDetection: BodyRewriter = ({ bytes, start, end, spis }, { natDetections }) =>
  natDetections.rewrite(bytes, start, end, spis);

/** ID of IKEv2 (RFC 7296 3.5) and NAT-OA (RFC 3947 5.2): type, three reserved bytes, then what the type says. */
export const rewriteIdentification: BodyRewriter = (window, replacements) => {
  rewriteReserved(window, replacements);
  rewriteIdentificationV1(window, replacements);
};

/** ID of IKEv1 (RFC 2407 4.6.2): type, protocol and port, then what the type says. */
export const rewriteIdentificationV1: BodyRewriter = ({ bytes, start, end }, replacements) => {
  const { identifiers } = replacements;
  const from = Math.min(end, start + 4);
  switch (bytes[start]) {
    case ID_TYPE.IPV4_ADDR:
    case ID_TYPE.IPV6_ADDR:
      rewriteAddress(bytes, from, end, replacements);
      return;
    case ID_TYPE.IPV4_ADDR_SUBNET:
    case ID_TYPE.IPV6_ADDR_SUBNET:
      rewriteSubnet(bytes, from, end, replacements);
      return;
    case ID_TYPE.IPV4_ADDR_RANGE:
    case ID_TYPE.IPV6_ADDR_RANGE: {
      const middle = (from + end) >> 1;
      rewriteAddress(bytes, from, middle, replacements);
      rewriteAddress(bytes, middle, end, replacements);
      return;
    }
    case ID_TYPE.FQDN:
    case ID_TYPE.USER_FQDN:
      identifiers.letters(bytes, from, end);
      return;
    case ID_TYPE.DER_ASN1_DN:
    case ID_TYPE.DER_ASN1_GN:
      rewriteDer(bytes, from, end, identifiers);
      return;
    default:
      identifiers.content(bytes, from, end);
  }
};

/** An address and its mask, which stays where it is one. */
function rewriteSubnet(
  bytes: Uint8Array,
  from: number,
  end: number,
  { addresses, identifiers }: Replacements,
): void {
  const length = (end - from) / 2;
  if ((length !== 4 && length !== 16) || !isMask(bytes.subarray(from + length, end))) {
    identifiers.content(bytes, from, end);
  } else addresses.rewrite(bytes, from, length);
}

/** Ones, then zeros. */
function isMask(mask: Uint8Array): boolean {
  const bits = Array.from(mask, (byte) => byte.toString(2).padStart(8, "0")).join("");
  return /^1*0*$/.test(bits);
}

/** CERT (RFC 7296 3.6): the encoding stays, and of a certificate its form and its times. */
export const rewriteCertificate: BodyRewriter = ({ bytes, start, end }, { identifiers }) => {
  const from = Math.min(end, start + 1);
  if (DER_ENCODINGS.has(bytes[start] ?? 0)) rewriteDer(bytes, from, end, identifiers);
  else identifiers.content(bytes, from, end);
};

/** Delete of IKEv2 (RFC 7296 3.11): protocol, SPI size and count stay. */
export const rewriteDeleteV2: BodyRewriter = (window, replacements) =>
  rewriteDelete(window, window.start, replacements);

/** Delete of IKEv1 (RFC 2408 3.15): the same behind a DOI. */
export const rewriteDeleteV1: BodyRewriter = (window, replacements) => {
  rewriteDoi(window, replacements);
  rewriteDelete(window, Math.min(window.end, window.start + 4), replacements);
};

function rewriteDelete({ bytes, end }: BodyWindow, at: number, { identifiers }: Replacements): void {
  if (end - at < 4) return;
  const size = Math.max(1, bytes[at + 1] as number);
  for (let spi = at + 4; spi < end; spi += size) identifiers.spi(bytes, spi, Math.min(end, spi + size));
}

/** TSi and TSr (RFC 7296 3.13): types, and of address ranges protocols and ports stay. */
export const rewriteTrafficSelectors: BodyRewriter = (window, replacements) => {
  const { bytes, start, end } = window;
  rewriteReserved(window, replacements);
  let at = Math.min(end, start + 4);
  while (end - at >= 4) {
    const selectorEnd = Math.min(end, at + Math.max(4, u16At(bytes, at + 2)));
    const length = ADDRESS_LENGTHS.get(bytes[at] ?? 0);
    if (length !== undefined && selectorEnd - at === 8 + 2 * length) {
      replacements.addresses.rewrite(bytes, at + 8, length);
      replacements.addresses.rewrite(bytes, at + 8 + length, length);
    } else replacements.identifiers.content(bytes, at + 4, selectorEnd);
    at = selectorEnd;
  }
  replacements.identifiers.content(bytes, at, end);
};

/**
 * CP (RFC 7296 3.15) and attributes of IKEv1: types stay, and numbers of two bytes where XAUTH says which; addresses and texts
 * are replaced.
 */
export const rewriteConfiguration: BodyRewriter = (window, replacements) => {
  const { bytes, start, end, version } = window;
  if (version === 2) rewriteReserved(window, replacements);
  else replacements.identifiers.reserved(bytes, Math.min(end, start + 1), Math.min(end, start + 2));
  let at = start + 4;
  while (end - at >= 4) {
    const type = u16At(bytes, at) & ~FIXED_FORM;
    if (version === 1 && (u16At(bytes, at) & FIXED_FORM) !== 0) {
      if (!NUMBERS_V1.has(type)) replacements.identifiers.content(bytes, at + 2, at + 4);
      at += 4;
      continue;
    }
    bytes[at] = type >> 8;
    const valueEnd = Math.min(end, at + 4 + u16At(bytes, at + 2));
    const length = valueEnd - at - 4;
    if (length >= 4 && ADDRESS_ATTRIBUTES.has(type)) rewriteAddress(bytes, at + 4, valueEnd, replacements);
    else replacements.identifiers.content(bytes, at + 4, valueEnd);
    at = valueEnd;
  }
  replacements.identifiers.content(bytes, at, end);
};

/** EAP (RFC 3748 section 4): code, identifier, length and method stay; of an expanded one only what a vendor's number says. */
export const rewriteEap: BodyRewriter = ({ bytes, start, end }, { identifiers }) => {
  const hasMethod = bytes[start] === EAP_CODE.REQUEST || bytes[start] === EAP_CODE.RESPONSE;
  const isExpanded = bytes[start + 4] === EAP_METHOD.EXPANDED && end - start >= 12;
  const isKnown = isExpanded && EAP_VENDORS.has(u32At(bytes, start + 4) & 0xffffff) && bytes[start + 8] === 0;
  const withMethod = isKnown ? 12 : 5;
  const kept = hasMethod ? withMethod : 4;
  identifiers.content(bytes, Math.min(end, start + kept), end);
};

import { u16At } from "../../bytes/reader.js";
import { ID_TYPE } from "../../ike/registries/identification.js";
import { TS_TYPE } from "../../ike/registries/traffic-selectors.js";
import { knownVendorId } from "../../ike/vendor.js";
import { rewriteDer } from "./der.js";
import { rewriteAddress } from "./notify.js";
import type { BodyRewriter, BodyWindow, Means } from "./window.js";

/** Certificate encodings that are DER: PKCS #7 and X.509 (RFC 7296 3.6). */
const DER_ENCODINGS: ReadonlySet<number> = new Set([1, 4, 5, 7]);
/** Bytes of an address by selector type. */
const ADDRESS_LENGTHS: ReadonlyMap<number, number> = new Map([
  [TS_TYPE.TS_IPV4_ADDR_RANGE, 4],
  [TS_TYPE.TS_IPV6_ADDR_RANGE, 16],
]);
const FIXED_FORM = 0x8000;
const EXPANDED_EAP = 254;

/** All of the body, from `kept` bytes on, is content. */
export function contentBehind(kept: number): BodyRewriter {
  return ({ bytes, start, end }, { identifiers }) =>
    identifiers.content(bytes, Math.min(end, start + kept), end);
}

/** Vendor IDs that are known name software, not people. */
export const rewriteVendorId: BodyRewriter = ({ bytes, start, end }, { identifiers }) => {
  if (knownVendorId(bytes.subarray(start, end)) === null) identifiers.content(bytes, start, end);
};

/** NAT-D of IKEv1 (RFC 3947 3.2). */
export const rewriteNatDetection: BodyRewriter = ({ bytes, start, end, spis }, { natDetections }) =>
  natDetections.rewrite(bytes, start, end, spis);

/** ID (RFC 7296 3.5, RFC 2407 4.6.2) and NAT-OA (RFC 3947 5.2): type, three bytes, then what the type says. */
export const rewriteIdentification: BodyRewriter = ({ bytes, start, end }, means) => {
  const { addresses, identifiers } = means;
  const from = Math.min(end, start + 4);
  switch (bytes[start]) {
    case ID_TYPE.IPV4_ADDR:
    case ID_TYPE.IPV6_ADDR:
      rewriteAddress(bytes, from, end, means);
      return;
    case ID_TYPE.IPV4_ADDR_SUBNET:
    case ID_TYPE.IPV6_ADDR_SUBNET:
      // The mask behind the address stays.
      if (end - from === 8 || end - from === 32) addresses.rewrite(bytes, from, (end - from) / 2);
      else identifiers.content(bytes, from, end);
      return;
    case ID_TYPE.IPV4_ADDR_RANGE:
    case ID_TYPE.IPV6_ADDR_RANGE: {
      const middle = (from + end) >> 1;
      rewriteAddress(bytes, from, middle, means);
      rewriteAddress(bytes, middle, end, means);
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

/** CERT (RFC 7296 3.6): the encoding stays, and of a certificate its form and its times. */
export const rewriteCertificate: BodyRewriter = ({ bytes, start, end }, { identifiers }) => {
  const from = Math.min(end, start + 1);
  if (DER_ENCODINGS.has(bytes[start] ?? 0)) rewriteDer(bytes, from, end, identifiers);
  else identifiers.content(bytes, from, end);
};

/** Delete of IKEv2 (RFC 7296 3.11): protocol, SPI size and count stay. */
export const rewriteDeleteV2: BodyRewriter = (window, means) => rewriteDelete(window, window.start, means);

/** Delete of IKEv1 (RFC 2408 3.15): the same behind a DOI. */
export const rewriteDeleteV1: BodyRewriter = (window, means) =>
  rewriteDelete(window, Math.min(window.end, window.start + 4), means);

function rewriteDelete({ bytes, end }: BodyWindow, at: number, { identifiers }: Means): void {
  if (end - at < 4) return;
  const size = Math.max(1, bytes[at + 1] as number);
  for (let spi = at + 4; spi < end; spi += size) identifiers.spi(bytes, spi, Math.min(end, spi + size));
}

/** TSi and TSr (RFC 7296 3.13): types, and of address ranges protocols and ports stay. */
export const rewriteTrafficSelectors: BodyRewriter = ({ bytes, start, end }, means) => {
  let at = Math.min(end, start + 4);
  while (end - at >= 4) {
    const selectorEnd = Math.min(end, at + Math.max(4, u16At(bytes, at + 2)));
    const length = ADDRESS_LENGTHS.get(bytes[at] ?? 0);
    if (length !== undefined && selectorEnd - at === 8 + 2 * length) {
      means.addresses.rewrite(bytes, at + 8, length);
      means.addresses.rewrite(bytes, at + 8 + length, length);
    } else means.identifiers.content(bytes, at + 4, selectorEnd);
    at = selectorEnd;
  }
  means.identifiers.content(bytes, at, end);
};

/** CP (RFC 7296 3.15) and attributes of IKEv1: numbers of two bytes stay, addresses and texts are replaced. */
export const rewriteConfiguration: BodyRewriter = ({ bytes, start, end, version }, means) => {
  let at = start + 4;
  while (end - at >= 4) {
    if (version === 1 && (u16At(bytes, at) & FIXED_FORM) !== 0) {
      at += 4;
      continue;
    }
    const valueEnd = Math.min(end, at + 4 + u16At(bytes, at + 2));
    const length = valueEnd - at - 4;
    if (length === 4 || length === 16) rewriteAddress(bytes, at + 4, valueEnd, means);
    else means.identifiers.content(bytes, at + 4, valueEnd);
    at = valueEnd;
  }
  means.identifiers.content(bytes, at, end);
};

/** EAP (RFC 3748 section 4): code, identifier, length and method stay. */
export const rewriteEap: BodyRewriter = ({ bytes, start, end }, { identifiers }) => {
  const kept = bytes[start + 4] === EXPANDED_EAP ? 12 : 5;
  identifiers.content(bytes, Math.min(end, start + kept), end);
};

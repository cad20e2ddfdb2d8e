import { toHex } from "../bytes/hex.js";
import { asciiText } from "../bytes/text.js";
import { addressText, maskedText, rangeText } from "./address-range.js";
import { generalName } from "./asn1/general-name.js";
import { distinguishedName } from "./asn1/name.js";
import { ID_TYPE } from "./registries/identification.js";

/** Characters of an identity's text, and bytes of it in hex. */
const LONGEST_TEXT = 256;
const LONGEST_HEX = 64;

const utf8 = new TextDecoder();

/**
 * The data of an ID payload as people write it, by its type (RFC 7296 3.5, RFC 2407 4.6.2): an address, a name, a
 * network. What contradicts its type is hex. Text of the packet, bounded but not escaped. Never throws.
 */
export function identityText(idType: number, data: Uint8Array): string {
  return structured(idType, data) ?? hexOrText(data);
}

function structured(idType: number, data: Uint8Array): string | null {
  switch (idType) {
    case ID_TYPE.IPV4_ADDR:
      return data.length === 4 ? addressText(data) : null;
    case ID_TYPE.IPV6_ADDR:
      return data.length === 16 ? addressText(data) : null;
    case ID_TYPE.FQDN:
    case ID_TYPE.USER_FQDN:
      return bounded(utf8.decode(data.subarray(0, LONGEST_TEXT * 4)));
    case ID_TYPE.IPV4_ADDR_SUBNET:
      return data.length === 8 ? maskedText(data.subarray(0, 4), data.subarray(4)) : null;
    case ID_TYPE.IPV6_ADDR_SUBNET:
      return data.length === 32 ? maskedText(data.subarray(0, 16), data.subarray(16)) : null;
    case ID_TYPE.IPV4_ADDR_RANGE:
      return data.length === 8 ? rangeText(data.subarray(0, 4), data.subarray(4)) : null;
    case ID_TYPE.IPV6_ADDR_RANGE:
      return data.length === 32 ? rangeText(data.subarray(0, 16), data.subarray(16)) : null;
    case ID_TYPE.DER_ASN1_DN:
      return distinguishedName(data);
    case ID_TYPE.DER_ASN1_GN:
      return generalName(data);
    default:
      return null;
  }
}

/** A KEY_ID is bytes to the RFC and a group name to most administrators. */
function hexOrText(data: Uint8Array): string {
  if (data.length === 0) return "none";
  const text = asciiText(data);
  if (text !== null) return bounded(text);
  return data.length > LONGEST_HEX
    ? `0x${toHex(data, 0, LONGEST_HEX)}… (${data.length} bytes)`
    : `0x${toHex(data)}`;
}

function bounded(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text;
}

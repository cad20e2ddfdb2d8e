import { LIFE_TYPES } from "./attributes-v1.js";
import { groupName } from "./key-exchange.js";
import { namer, numbersOf, unassigned, type RegistryRow } from "./registry.js";

/** IKEv1 phase 2, the IPsec DOI (RFC 2407 4.4 and 4.5): https://www.iana.org/assignments/isakmp-registry, as of 2025-05. */
export const PHASE2_ATTRIBUTES = [
  [1, "SA_LIFE_TYPE", "RFC 2407"],
  [2, "SA_LIFE_DURATION", "RFC 2407"],
  [3, "GROUP_DESCRIPTION", "RFC 2407"],
  [4, "ENCAPSULATION_MODE", "RFC 2407"],
  [5, "AUTHENTICATION_ALGORITHM", "RFC 2407"],
  [6, "KEY_LENGTH", "RFC 2407"],
  [7, "KEY_ROUNDS", "RFC 2407"],
  [8, "COMPRESS_DICTIONARY_SIZE", "RFC 2407"],
  [9, "COMPRESS_PRIVATE_ALGORITHM", "RFC 2407"],
  [10, "ECN_TUNNEL", "RFC 3168"],
  [11, "EXTENDED_SEQUENCE_NUMBER", "RFC 4304"],
  [12, "AUTHENTICATION_KEY_LENGTH", "RFC 4359"],
  [13, "SIGNATURE_ENCODING_ALGORITHM", "RFC 4359"],
  [14, "ADDRESS_PRESERVATION", "RFC 6407"],
  [15, "SA_DIRECTION", "RFC 6407"],
] as const satisfies readonly RegistryRow[];

/** Values of ENCAPSULATION_MODE; 61443 and 61444 are those of the NAT traversal drafts. */
export const ENCAPSULATION_MODES = [
  [1, "TUNNEL", "RFC 2407"],
  [2, "TRANSPORT", "RFC 2407"],
  [3, "UDP_ENCAPSULATED_TUNNEL", "RFC 3947"],
  [4, "UDP_ENCAPSULATED_TRANSPORT", "RFC 3947"],
  [61443, "UDP_ENCAPSULATED_TUNNEL_DRAFT", "draft-ietf-ipsec-nat-t-ike-03"],
  [61444, "UDP_ENCAPSULATED_TRANSPORT_DRAFT", "draft-ietf-ipsec-nat-t-ike-03"],
] as const satisfies readonly RegistryRow[];

/** Values of AUTHENTICATION_ALGORITHM; IANA writes HMAC-SHA for HMAC-SHA-1. */
export const PHASE2_AUTHENTICATION = [
  [1, "HMAC_MD5", "RFC 2407"],
  [2, "HMAC_SHA1", "RFC 2407"],
  [3, "DES_MAC", "RFC 2407"],
  [4, "KPDK", "RFC 2407"],
  [5, "HMAC_SHA2_256", "RFC 4868"],
  [6, "HMAC_SHA2_384", "RFC 4868"],
  [7, "HMAC_SHA2_512", "RFC 4868"],
  [8, "HMAC_RIPEMD", "RFC 2857"],
  [9, "AES_XCBC_MAC", "RFC 3566"],
  [10, "SIG_RSA", "RFC 4359"],
  [11, "AES_128_GMAC", "RFC 4543"],
  [12, "AES_192_GMAC", "RFC 4543"],
  [13, "AES_256_GMAC", "RFC 4543"],
] as const satisfies readonly RegistryRow[];

/** Transform IDs of protocol 1: phase 1 itself. */
export const ISAKMP_TRANSFORMS = [[1, "KEY_IKE", "RFC 2407"]] as const satisfies readonly RegistryRow[];

/** Transform IDs of protocol 2. */
export const AH_TRANSFORMS = [
  [2, "AH_MD5", "RFC 2407"],
  [3, "AH_SHA", "RFC 2407"],
  [4, "AH_DES", "RFC 2407"],
  [5, "AH_SHA2_256", "RFC 4868"],
  [6, "AH_SHA2_384", "RFC 4868"],
  [7, "AH_SHA2_512", "RFC 4868"],
  [8, "AH_RIPEMD", "RFC 2857"],
  [9, "AH_AES_XCBC_MAC", "RFC 3566"],
  [10, "AH_RSA", "RFC 4359"],
  [11, "AH_AES_128_GMAC", "RFC 4543"],
  [12, "AH_AES_192_GMAC", "RFC 4543"],
  [13, "AH_AES_256_GMAC", "RFC 4543"],
] as const satisfies readonly RegistryRow[];

/** Transform IDs of protocol 3. */
export const ESP_TRANSFORMS = [
  [1, "ESP_DES_IV64", "RFC 2407"],
  [2, "ESP_DES", "RFC 2407"],
  [3, "ESP_3DES", "RFC 2407"],
  [4, "ESP_RC5", "RFC 2407"],
  [5, "ESP_IDEA", "RFC 2407"],
  [6, "ESP_CAST", "RFC 2407"],
  [7, "ESP_BLOWFISH", "RFC 2407"],
  [8, "ESP_3IDEA", "RFC 2407"],
  [9, "ESP_DES_IV32", "RFC 2407"],
  [10, "ESP_RC4", "RFC 2407"],
  [11, "ESP_NULL", "RFC 2407"],
  [12, "ESP_AES_CBC", "RFC 3602"],
  [13, "ESP_AES_CTR", "RFC 3686"],
  [14, "ESP_AES_CCM_8", "RFC 4309"],
  [15, "ESP_AES_CCM_12", "RFC 4309"],
  [16, "ESP_AES_CCM_16", "RFC 4309"],
  [18, "ESP_AES_GCM_8", "RFC 4106"],
  [19, "ESP_AES_GCM_12", "RFC 4106"],
  [20, "ESP_AES_GCM_16", "RFC 4106"],
  [21, "ESP_SEED_CBC", "RFC 4196"],
  [22, "ESP_CAMELLIA", "RFC 4312"],
  [23, "ESP_NULL_AUTH_AES_GMAC", "RFC 4543"],
] as const satisfies readonly RegistryRow[];

/** Transform IDs of protocol 4. */
export const IPCOMP_TRANSFORMS = [
  [1, "IPCOMP_OUI", "RFC 2407"],
  [2, "IPCOMP_DEFLATE", "RFC 2407"],
  [3, "IPCOMP_LZS", "RFC 2407"],
  [4, "IPCOMP_LZJH", "RFC 3051"],
] as const satisfies readonly RegistryRow[];

export const PHASE2_ATTRIBUTE = numbersOf(PHASE2_ATTRIBUTES);

const PRIVATE_TRANSFORMS = [[249, 255]] as const;
const PRIVATE_VALUES = [[61440, 65535]] as const;
const transformNamers = new Map<number, (id: number) => string>([
  [1, namer(ISAKMP_TRANSFORMS, PRIVATE_TRANSFORMS)],
  [2, namer(AH_TRANSFORMS, PRIVATE_TRANSFORMS)],
  [3, namer(ESP_TRANSFORMS, PRIVATE_TRANSFORMS)],
  [4, namer(IPCOMP_TRANSFORMS, PRIVATE_TRANSFORMS)],
]);
const valueNamers = new Map<number, (value: number) => string>([
  [PHASE2_ATTRIBUTE.SA_LIFE_TYPE, namer(LIFE_TYPES, PRIVATE_VALUES)],
  [PHASE2_ATTRIBUTE.GROUP_DESCRIPTION, groupName],
  [PHASE2_ATTRIBUTE.ENCAPSULATION_MODE, namer(ENCAPSULATION_MODES, PRIVATE_VALUES)],
  [PHASE2_ATTRIBUTE.AUTHENTICATION_ALGORITHM, namer(PHASE2_AUTHENTICATION, PRIVATE_VALUES)],
]);

/** Name of an IKEv1 transform ID, which depends on the protocol of its proposal (1 ISAKMP, 2 AH, 3 ESP, 4 IPCOMP). */
export function transformNameV1(protocol: number, id: number): string {
  return transformNamers.get(protocol)?.(id) ?? unassigned(id);
}

/** Name of an IKEv1 phase 2 attribute type. */
export const phase2AttributeName: (type: number) => string = namer(PHASE2_ATTRIBUTES, [[32001, 32767]]);

/** Name of the value of a phase 2 attribute; the number itself where values are quantities. */
export function phase2ValueName(attribute: number, value: number): string {
  return valueNamers.get(attribute)?.(value) ?? String(value);
}

/** Domains of interpretation: https://www.iana.org/assignments/isakmp-registry, as of 2025-05. */
export const DOMAINS = [
  [0, "ISAKMP", "RFC 2408"],
  [1, "IPSEC", "RFC 2407"],
  [2, "GDOI", "RFC 6407"],
] as const satisfies readonly RegistryRow[];

/** Bits of the situation (RFC 2407 4.2). */
const SITUATION_BITS: readonly (readonly [bit: number, name: string])[] = [
  [1, "SIT_IDENTITY_ONLY"],
  [2, "SIT_SECRECY"],
  [4, "SIT_INTEGRITY"],
];

/** Name of a domain of interpretation. */
export const doiName: (doi: number) => string = namer(DOMAINS);

/** A situation by the names of its bits: "SIT_IDENTITY_ONLY (1)". */
export function situationName(situation: number): string {
  const names = SITUATION_BITS.filter(([bit]) => (situation & bit) !== 0).map(([, name]) => name);
  return names.length === 0 ? unassigned(situation) : `${names.join(", ")} (${situation})`;
}

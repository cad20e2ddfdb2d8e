import { KEY_EXCHANGES } from "./key-exchange.js";
import { namer, numbersOf, unassigned, type RegistryRow } from "./registry.js";

/**
 * IKEv2 transform types: https://www.iana.org/assignments/ikev2-parameters, as of 2025-05-23. Type 5 is now called
 * Sequence Numbers (RFC 9827); ESN is the word of RFC 7296 and of all logs.
 */
export const TRANSFORM_TYPES = [
  [1, "ENCR", "RFC 7296"],
  [2, "PRF", "RFC 7296"],
  [3, "INTEG", "RFC 7296"],
  [4, "KE", "RFC 7296"],
  [5, "ESN", "RFC 7296"],
  [6, "ADDKE1", "RFC 9370"],
  [7, "ADDKE2", "RFC 9370"],
  [8, "ADDKE3", "RFC 9370"],
  [9, "ADDKE4", "RFC 9370"],
  [10, "ADDKE5", "RFC 9370"],
  [11, "ADDKE6", "RFC 9370"],
  [12, "ADDKE7", "RFC 9370"],
  [13, "KWA", "RFC 9838"],
  [14, "GCAUTH", "RFC 9838"],
] as const satisfies readonly RegistryRow[];

/** Transform type 1, encryption algorithms. */
export const ENCRYPTION_V2 = [
  [1, "ENCR_DES_IV64", "RFC 1827"],
  [2, "ENCR_DES", "RFC 2405"],
  [3, "ENCR_3DES", "RFC 2451"],
  [4, "ENCR_RC5", "RFC 2451"],
  [5, "ENCR_IDEA", "RFC 2451"],
  [6, "ENCR_CAST", "RFC 2451"],
  [7, "ENCR_BLOWFISH", "RFC 2451"],
  [8, "ENCR_3IDEA", "RFC 7296"],
  [9, "ENCR_DES_IV32", "RFC 7296"],
  [11, "ENCR_NULL", "RFC 2410"],
  [12, "ENCR_AES_CBC", "RFC 3602"],
  [13, "ENCR_AES_CTR", "RFC 5930"],
  [14, "ENCR_AES_CCM_8", "RFC 5282"],
  [15, "ENCR_AES_CCM_12", "RFC 5282"],
  [16, "ENCR_AES_CCM_16", "RFC 5282"],
  [18, "ENCR_AES_GCM_8", "RFC 5282"],
  [19, "ENCR_AES_GCM_12", "RFC 5282"],
  [20, "ENCR_AES_GCM_16", "RFC 5282"],
  [21, "ENCR_NULL_AUTH_AES_GMAC", "RFC 4543"],
  [23, "ENCR_CAMELLIA_CBC", "RFC 5529"],
  [24, "ENCR_CAMELLIA_CTR", "RFC 5529"],
  [25, "ENCR_CAMELLIA_CCM_8", "RFC 5529"],
  [26, "ENCR_CAMELLIA_CCM_12", "RFC 5529"],
  [27, "ENCR_CAMELLIA_CCM_16", "RFC 5529"],
  [28, "ENCR_CHACHA20_POLY1305", "RFC 7634"],
  [29, "ENCR_AES_CCM_8_IIV", "RFC 8750"],
  [30, "ENCR_AES_GCM_16_IIV", "RFC 8750"],
  [31, "ENCR_CHACHA20_POLY1305_IIV", "RFC 8750"],
  [32, "ENCR_KUZNYECHIK_MGM_KTREE", "RFC 9227"],
  [33, "ENCR_MAGMA_MGM_KTREE", "RFC 9227"],
  [34, "ENCR_KUZNYECHIK_MGM_MAC_KTREE", "RFC 9227"],
  [35, "ENCR_MAGMA_MGM_MAC_KTREE", "RFC 9227"],
] as const satisfies readonly RegistryRow[];

/** Transform type 2, pseudorandom functions. */
export const PRF_V2 = [
  [1, "PRF_HMAC_MD5", "RFC 2104"],
  [2, "PRF_HMAC_SHA1", "RFC 2104"],
  [3, "PRF_HMAC_TIGER", "RFC 2104"],
  [4, "PRF_AES128_XCBC", "RFC 4434"],
  [5, "PRF_HMAC_SHA2_256", "RFC 4868"],
  [6, "PRF_HMAC_SHA2_384", "RFC 4868"],
  [7, "PRF_HMAC_SHA2_512", "RFC 4868"],
  [8, "PRF_AES128_CMAC", "RFC 4615"],
  [9, "PRF_HMAC_STREEBOG_512", "RFC 9385"],
] as const satisfies readonly RegistryRow[];

/** Transform type 3, integrity algorithms. */
export const INTEGRITY_V2 = [
  [0, "NONE", "RFC 7296"],
  [1, "AUTH_HMAC_MD5_96", "RFC 2403"],
  [2, "AUTH_HMAC_SHA1_96", "RFC 2404"],
  [3, "AUTH_DES_MAC", "RFC 7296"],
  [4, "AUTH_KPDK_MD5", "RFC 1826"],
  [5, "AUTH_AES_XCBC_96", "RFC 3566"],
  [6, "AUTH_HMAC_MD5_128", "RFC 4595"],
  [7, "AUTH_HMAC_SHA1_160", "RFC 4595"],
  [8, "AUTH_AES_CMAC_96", "RFC 4494"],
  [9, "AUTH_AES_128_GMAC", "RFC 4543"],
  [10, "AUTH_AES_192_GMAC", "RFC 4543"],
  [11, "AUTH_AES_256_GMAC", "RFC 4543"],
  [12, "AUTH_HMAC_SHA2_256_128", "RFC 4868"],
  [13, "AUTH_HMAC_SHA2_384_192", "RFC 4868"],
  [14, "AUTH_HMAC_SHA2_512_256", "RFC 4868"],
] as const satisfies readonly RegistryRow[];

/** Transform type 5, sequence numbers; IANA's names are "32-bit Sequential Numbers" and so on (RFC 9827). */
export const SEQUENCE_NUMBERS = [
  [0, "NO_ESN", "RFC 7296"],
  [1, "ESN", "RFC 7296"],
  [2, "UNSPECIFIED_SN", "RFC 9827"],
] as const satisfies readonly RegistryRow[];

/** Transform type 13, key wrap algorithms. */
export const KEY_WRAPS = [
  [1, "KW_5649_128", "RFC 9838"],
  [2, "KW_5649_192", "RFC 9838"],
  [3, "KW_5649_256", "RFC 9838"],
  [4, "KW_ARX", "RFC 9838"],
] as const satisfies readonly RegistryRow[];

/** Transform type 14, group controller authentication. */
export const GROUP_CONTROLLER_AUTH = [
  [1, "IMPLICIT", "RFC 9838"],
  [2, "DIGITAL_SIGNATURE", "RFC 9838"],
] as const satisfies readonly RegistryRow[];

/** Transform attribute types. */
export const TRANSFORM_ATTRIBUTES_V2 = [
  [14, "KEY_LENGTH", "RFC 7296"],
  [18, "SIGNATURE_ALGORITHM_IDENTIFIER", "RFC 9838"],
] as const satisfies readonly RegistryRow[];

export const TRANSFORM_TYPE = numbersOf(TRANSFORM_TYPES);
export const ENCR = numbersOf(ENCRYPTION_V2);
export const PRF = numbersOf(PRF_V2);
export const INTEG = numbersOf(INTEGRITY_V2);
export const TRANSFORM_ATTRIBUTE_V2 = numbersOf(TRANSFORM_ATTRIBUTES_V2);

const PRIVATE_IDS = [[1024, 65535]] as const;
const keyExchange = namer(KEY_EXCHANGES, PRIVATE_IDS);
const idNamers = new Map<number, (id: number) => string>([
  [TRANSFORM_TYPE.ENCR, namer(ENCRYPTION_V2, PRIVATE_IDS)],
  [TRANSFORM_TYPE.PRF, namer(PRF_V2, PRIVATE_IDS)],
  [TRANSFORM_TYPE.INTEG, namer(INTEGRITY_V2, PRIVATE_IDS)],
  [TRANSFORM_TYPE.KE, keyExchange],
  [TRANSFORM_TYPE.ESN, namer(SEQUENCE_NUMBERS, PRIVATE_IDS)],
  [TRANSFORM_TYPE.KWA, namer(KEY_WRAPS, PRIVATE_IDS)],
  [TRANSFORM_TYPE.GCAUTH, namer(GROUP_CONTROLLER_AUTH, PRIVATE_IDS)],
]);

/** Name of an IKEv2 transform type. */
export const transformTypeName: (type: number) => string = namer(TRANSFORM_TYPES, [[241, 255]]);

/** Name of an IKEv2 transform ID, which depends on the transform type. */
export function transformName(type: number, id: number): string {
  const isAdditionalKe = type >= TRANSFORM_TYPE.ADDKE1 && type <= TRANSFORM_TYPE.ADDKE7;
  const name = isAdditionalKe ? keyExchange : idNamers.get(type);
  return name === undefined ? unassigned(id) : name(id);
}

/** Name of an IKEv2 transform attribute type. */
export const transformAttributeName: (type: number) => string = namer(TRANSFORM_ATTRIBUTES_V2, [
  [16384, 32767],
]);

import { namer, type RegistryRow } from "./registry.js";

/**
 * Numbers inside of IKEv2 notify data: https://www.iana.org/assignments/ikev2-parameters, as of 2025-12.
 * IPComp transform IDs are those of IKEv1.
 */

/** SIGNATURE_HASH_ALGORITHMS. */
export const SIGNATURE_HASHES = [
  [1, "SHA1", "RFC 7427"],
  [2, "SHA2_256", "RFC 7427"],
  [3, "SHA2_384", "RFC 7427"],
  [4, "SHA2_512", "RFC 7427"],
  [5, "IDENTITY", "RFC 8420"],
  [6, "STREEBOG_256", "RFC 9385"],
  [7, "STREEBOG_512", "RFC 9385"],
] as const satisfies readonly RegistryRow[];

/** REDIRECT, REDIRECTED_FROM and REDIRECT_SUPPORTED. */
export const GATEWAY_IDENTITIES = [
  [1, "IPV4_ADDR", "RFC 5685"],
  [2, "IPV6_ADDR", "RFC 5685"],
  [3, "FQDN", "RFC 5685"],
] as const satisfies readonly RegistryRow[];

/** PPK_IDENTITY. */
export const PPK_ID_TYPES = [
  [1, "PPK_ID_OPAQUE", "RFC 8784"],
  [2, "PPK_ID_FIXED", "RFC 8784"],
] as const satisfies readonly RegistryRow[];

/** SECURE_PASSWORD_METHODS. */
export const PASSWORD_METHODS = [
  [1, "PACE", "RFC 6631"],
  [2, "AUGPAKE", "RFC 6628"],
  [3, "SPSK_AUTH", "RFC 6617"],
] as const satisfies readonly RegistryRow[];

/** ROHC_SUPPORTED. */
export const ROHC_ATTRIBUTES = [
  [1, "ROHC_MAX_CID", "RFC 5857"],
  [2, "ROHC_PROFILE", "RFC 5857"],
  [3, "ROHC_INTEG", "RFC 5857"],
  [4, "ROHC_ICV_LEN", "RFC 5857"],
  [5, "ROHC_MRRU", "RFC 5857"],
] as const satisfies readonly RegistryRow[];

export const signatureHashName: (number: number) => string = namer(SIGNATURE_HASHES, [[1024, 65535]]);
export const gatewayIdentityName: (number: number) => string = namer(GATEWAY_IDENTITIES, [[241, 255]]);
export const ppkIdTypeName: (number: number) => string = namer(PPK_ID_TYPES, [[128, 255]]);
export const passwordMethodName: (number: number) => string = namer(PASSWORD_METHODS, [[1024, 65535]]);
export const rohcAttributeName: (number: number) => string = namer(ROHC_ATTRIBUTES, [[16384, 32767]]);

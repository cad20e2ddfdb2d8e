import { groupName } from "./key-exchange.js";
import { namer, numbersOf, type RegistryRow } from "./registry.js";

/** IKEv1 phase 1 attributes (RFC 2409 appendix A): https://www.iana.org/assignments/ipsec-registry, as of 2025-05. */
export const PHASE1_ATTRIBUTES = [
  [1, "ENCRYPTION_ALGORITHM", "RFC 2409"],
  [2, "HASH_ALGORITHM", "RFC 2409"],
  [3, "AUTHENTICATION_METHOD", "RFC 2409"],
  [4, "GROUP_DESCRIPTION", "RFC 2409"],
  [5, "GROUP_TYPE", "RFC 2409"],
  [6, "GROUP_PRIME", "RFC 2409"],
  [7, "GROUP_GENERATOR_ONE", "RFC 2409"],
  [8, "GROUP_GENERATOR_TWO", "RFC 2409"],
  [9, "GROUP_CURVE_A", "RFC 2409"],
  [10, "GROUP_CURVE_B", "RFC 2409"],
  [11, "LIFE_TYPE", "RFC 2409"],
  [12, "LIFE_DURATION", "RFC 2409"],
  [13, "PRF", "RFC 2409"],
  [14, "KEY_LENGTH", "RFC 2409"],
  [15, "FIELD_SIZE", "RFC 2409"],
  [16, "GROUP_ORDER", "RFC 2409"],
] as const satisfies readonly RegistryRow[];

/** Values of ENCRYPTION_ALGORITHM. */
export const PHASE1_ENCRYPTION = [
  [1, "DES_CBC", "RFC 2405"],
  [2, "IDEA_CBC", "RFC 2409"],
  [3, "BLOWFISH_CBC", "RFC 2409"],
  [4, "RC5_R16_B64_CBC", "RFC 2409"],
  [5, "3DES_CBC", "RFC 2409"],
  [6, "CAST_CBC", "RFC 2409"],
  [7, "AES_CBC", "RFC 3602"],
  [8, "CAMELLIA_CBC", "RFC 4312"],
] as const satisfies readonly RegistryRow[];

/** Values of HASH_ALGORITHM; IANA writes SHA for SHA-1. */
export const PHASE1_HASHES = [
  [1, "MD5", "RFC 1321"],
  [2, "SHA1", "FIPS 180-1"],
  [3, "TIGER", "RFC 2409"],
  [4, "SHA2_256", "RFC 4868"],
  [5, "SHA2_384", "RFC 4868"],
  [6, "SHA2_512", "RFC 4868"],
] as const satisfies readonly RegistryRow[];

/** Ways to authenticate in which the keys of phase 1 depend on a pre-shared key (RFC 2409 5, draft-beaulieu-ike-xauth-02). */
export const PRE_SHARED_KEY_METHODS: ReadonlySet<number> = new Set([1, 65_001, 65_002]);

/** Values of AUTHENTICATION_METHOD; those of the hybrid and XAUTH drafts are private numbers. */
export const PHASE1_AUTH_METHODS = [
  [1, "PSK", "RFC 2409"],
  [2, "DSS_SIG", "RFC 2409"],
  [3, "RSA_SIG", "RFC 2409"],
  [4, "RSA_ENC", "RFC 2409"],
  [5, "RSA_REVISED_ENC", "RFC 2409"],
  [9, "ECDSA_256", "RFC 4754"],
  [10, "ECDSA_384", "RFC 4754"],
  [11, "ECDSA_521", "RFC 4754"],
  [64221, "HYBRID_INIT_RSA", "draft-ietf-ipsec-isakmp-hybrid-auth-05"],
  [64222, "HYBRID_RESP_RSA", "draft-ietf-ipsec-isakmp-hybrid-auth-05"],
  [64223, "HYBRID_INIT_DSS", "draft-ietf-ipsec-isakmp-hybrid-auth-05"],
  [64224, "HYBRID_RESP_DSS", "draft-ietf-ipsec-isakmp-hybrid-auth-05"],
  [65001, "XAUTH_INIT_PSK", "draft-beaulieu-ike-xauth-02"],
  [65002, "XAUTH_RESP_PSK", "draft-beaulieu-ike-xauth-02"],
  [65003, "XAUTH_INIT_DSS", "draft-beaulieu-ike-xauth-02"],
  [65004, "XAUTH_RESP_DSS", "draft-beaulieu-ike-xauth-02"],
  [65005, "XAUTH_INIT_RSA", "draft-beaulieu-ike-xauth-02"],
  [65006, "XAUTH_RESP_RSA", "draft-beaulieu-ike-xauth-02"],
  [65007, "XAUTH_INIT_RSA_ENC", "draft-beaulieu-ike-xauth-02"],
  [65008, "XAUTH_RESP_RSA_ENC", "draft-beaulieu-ike-xauth-02"],
  [65009, "XAUTH_INIT_RSA_REVISED_ENC", "draft-beaulieu-ike-xauth-02"],
  [65010, "XAUTH_RESP_RSA_REVISED_ENC", "draft-beaulieu-ike-xauth-02"],
] as const satisfies readonly RegistryRow[];

/** Values of GROUP_TYPE. */
export const PHASE1_GROUP_TYPES = [
  [1, "MODP", "RFC 2409"],
  [2, "ECP", "RFC 2409"],
  [3, "EC2N", "RFC 2409"],
] as const satisfies readonly RegistryRow[];

/** Values of LIFE_TYPE, and of SA_LIFE_TYPE in phase 2. */
export const LIFE_TYPES = [
  [1, "SECONDS", "RFC 2409"],
  [2, "KILOBYTES", "RFC 2409"],
] as const satisfies readonly RegistryRow[];

export const PHASE1_ATTRIBUTE = numbersOf(PHASE1_ATTRIBUTES);
export const LIFE_TYPE = numbersOf(LIFE_TYPES);

const PRIVATE_VALUES = [[65001, 65535]] as const;
const valueNamers = new Map<number, (value: number) => string>([
  [PHASE1_ATTRIBUTE.ENCRYPTION_ALGORITHM, namer(PHASE1_ENCRYPTION, PRIVATE_VALUES)],
  [PHASE1_ATTRIBUTE.HASH_ALGORITHM, namer(PHASE1_HASHES, PRIVATE_VALUES)],
  [PHASE1_ATTRIBUTE.AUTHENTICATION_METHOD, namer(PHASE1_AUTH_METHODS, PRIVATE_VALUES)],
  [PHASE1_ATTRIBUTE.GROUP_DESCRIPTION, groupName],
  [PHASE1_ATTRIBUTE.GROUP_TYPE, namer(PHASE1_GROUP_TYPES, PRIVATE_VALUES)],
  [PHASE1_ATTRIBUTE.LIFE_TYPE, namer(LIFE_TYPES, PRIVATE_VALUES)],
]);

/** Name of an IKEv1 phase 1 attribute type. */
export const phase1AttributeName: (type: number) => string = namer(PHASE1_ATTRIBUTES, [[16384, 32767]]);

/** Name of the value of a phase 1 attribute; the number itself where values are quantities. */
export function phase1ValueName(attribute: number, value: number): string {
  return valueNamers.get(attribute)?.(value) ?? String(value);
}

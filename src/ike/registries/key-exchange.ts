import { namer, numbersOf, type RegistryRow } from "./registry.js";

/**
 * Key exchange methods (Diffie-Hellman groups, transform type 4 and 6 to 12):
 * https://www.iana.org/assignments/ikev2-parameters, as of 2025-05-23. IKEv1 groups
 * (https://www.iana.org/assignments/ipsec-registry, as of 2025-05) have the same numbers; 3, 4 and 6 to 13 exist there only.
 * IANA's names are sentences ("2048-bit MODP Group"); these are the short forms of daemons' logs.
 */
export const KEY_EXCHANGES = [
  [0, "NONE", "RFC 7296"],
  [1, "MODP_768", "RFC 6989"],
  [2, "MODP_1024", "RFC 6989"],
  [3, "EC2N_155", "RFC 2409"],
  [4, "EC2N_185", "RFC 2409"],
  [5, "MODP_1536", "RFC 3526"],
  [6, "EC2N_163_RANDOM", "draft-ietf-ipsec-ike-ecc-groups"],
  [7, "EC2N_163_KOBLITZ", "draft-ietf-ipsec-ike-ecc-groups"],
  [8, "EC2N_283_RANDOM", "draft-ietf-ipsec-ike-ecc-groups"],
  [9, "EC2N_283_KOBLITZ", "draft-ietf-ipsec-ike-ecc-groups"],
  [10, "EC2N_409_RANDOM", "draft-ietf-ipsec-ike-ecc-groups"],
  [11, "EC2N_409_KOBLITZ", "draft-ietf-ipsec-ike-ecc-groups"],
  [12, "EC2N_571_RANDOM", "draft-ietf-ipsec-ike-ecc-groups"],
  [13, "EC2N_571_KOBLITZ", "draft-ietf-ipsec-ike-ecc-groups"],
  [14, "MODP_2048", "RFC 3526"],
  [15, "MODP_3072", "RFC 3526"],
  [16, "MODP_4096", "RFC 3526"],
  [17, "MODP_6144", "RFC 3526"],
  [18, "MODP_8192", "RFC 3526"],
  [19, "ECP_256", "RFC 5903"],
  [20, "ECP_384", "RFC 5903"],
  [21, "ECP_521", "RFC 5903"],
  [22, "MODP_1024_160", "RFC 5114"],
  [23, "MODP_2048_224", "RFC 5114"],
  [24, "MODP_2048_256", "RFC 5114"],
  [25, "ECP_192", "RFC 5114"],
  [26, "ECP_224", "RFC 5114"],
  [27, "BRAINPOOL_P224R1", "RFC 6954"],
  [28, "BRAINPOOL_P256R1", "RFC 6954"],
  [29, "BRAINPOOL_P384R1", "RFC 6954"],
  [30, "BRAINPOOL_P512R1", "RFC 6954"],
  [31, "CURVE25519", "RFC 8031"],
  [32, "CURVE448", "RFC 8031"],
  [33, "GOST3410_2012_256", "RFC 9385"],
  [34, "GOST3410_2012_512", "RFC 9385"],
  [35, "ML_KEM_512", "draft-ietf-ipsecme-ikev2-mlkem"],
  [36, "ML_KEM_768", "draft-ietf-ipsecme-ikev2-mlkem"],
  [37, "ML_KEM_1024", "draft-ietf-ipsecme-ikev2-mlkem"],
] as const satisfies readonly RegistryRow[];

export const GROUP = numbersOf(KEY_EXCHANGES);

/**
 * Name of a key exchange method. Private numbers: 1024 to 65535 in IKEv2, 32768 to 65535 in IKEv1, whose registry
 * assigns nothing between.
 */
export const groupName: (number: number) => string = namer(KEY_EXCHANGES, [[1024, 65535]]);

import { ENCR, INTEG } from "./registries/transforms-v2.js";

/** Sizes of an IKE encryption algorithm, bytes. `icv` is null where the integrity algorithm brings the ICV. */
export interface CipherSizes {
  readonly iv: number;
  /** The plaintext is padded to a multiple of this many bytes; 1 if the cipher needs no padding. */
  readonly block: number;
  readonly icv: number | null;
}

const cbc = (block: number): CipherSizes => ({ iv: block, block, icv: null });
const aead = (icv: number): CipherSizes => ({ iv: 8, block: 1, icv });
const counter: CipherSizes = { iv: 8, block: 1, icv: null };

/** By IKEv2 transform ID. RFC 7296 3.14 for CBC, RFC 5930 for AES-CTR, RFC 5282 for CCM and GCM, RFC 7634 for ChaCha20. */
const ENCRYPTION_SIZES: ReadonlyMap<number, CipherSizes> = new Map([
  [ENCR.ENCR_DES, cbc(8)],
  [ENCR.ENCR_3DES, cbc(8)],
  [ENCR.ENCR_RC5, cbc(8)],
  [ENCR.ENCR_IDEA, cbc(8)],
  [ENCR.ENCR_CAST, cbc(8)],
  [ENCR.ENCR_BLOWFISH, cbc(8)],
  [ENCR.ENCR_AES_CBC, cbc(16)],
  [ENCR.ENCR_CAMELLIA_CBC, cbc(16)],
  [ENCR.ENCR_AES_CTR, counter],
  [ENCR.ENCR_CAMELLIA_CTR, counter],
  [ENCR.ENCR_AES_CCM_8, aead(8)],
  [ENCR.ENCR_AES_CCM_12, aead(12)],
  [ENCR.ENCR_AES_CCM_16, aead(16)],
  [ENCR.ENCR_AES_GCM_8, aead(8)],
  [ENCR.ENCR_AES_GCM_12, aead(12)],
  [ENCR.ENCR_AES_GCM_16, aead(16)],
  [ENCR.ENCR_CAMELLIA_CCM_8, aead(8)],
  [ENCR.ENCR_CAMELLIA_CCM_12, aead(12)],
  [ENCR.ENCR_CAMELLIA_CCM_16, aead(16)],
  [ENCR.ENCR_CHACHA20_POLY1305, aead(16)],
]);

/** ICV length by IKEv2 integrity transform ID, bytes. */
const ICV_LENGTHS: ReadonlyMap<number, number> = new Map([
  [INTEG.AUTH_HMAC_MD5_96, 12],
  [INTEG.AUTH_HMAC_SHA1_96, 12],
  [INTEG.AUTH_AES_XCBC_96, 12],
  [INTEG.AUTH_HMAC_MD5_128, 16],
  [INTEG.AUTH_HMAC_SHA1_160, 20],
  [INTEG.AUTH_AES_CMAC_96, 12],
  [INTEG.AUTH_HMAC_SHA2_256_128, 16],
  [INTEG.AUTH_HMAC_SHA2_384_192, 24],
  [INTEG.AUTH_HMAC_SHA2_512_256, 32],
]);

/** CBC block by IKEv1 encryption algorithm (RFC 2409 appendix A), bytes. */
const BLOCKS_V1: ReadonlyMap<number, number> = new Map([
  [1, 8],
  [2, 8],
  [3, 8],
  [4, 8],
  [5, 8],
  [6, 8],
  [7, 16],
  [8, 16],
]);

/** Sizes of an IKEv2 encryption algorithm; null where they are not known. */
export function encryptionSizes(id: number): CipherSizes | null {
  return ENCRYPTION_SIZES.get(id) ?? null;
}

/** ICV length of an IKEv2 integrity algorithm, bytes; null where it is not known. */
export function icvLengthOf(integrity: number): number | null {
  return ICV_LENGTHS.get(integrity) ?? null;
}

/** Cipher block of an IKEv1 encryption algorithm, bytes; null where it is not known. */
export function blockLengthV1(encryption: number): number | null {
  return BLOCKS_V1.get(encryption) ?? null;
}

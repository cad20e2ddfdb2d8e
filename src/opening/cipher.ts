import { encryptionSizes } from "../ike/cipher-sizes.js";
import { ENCR } from "../ike/registries/transforms-v2.js";
import { joinBytes, u32Bytes } from "./bytes.js";
import type { AeadCipher, AeadTerms, CbcCipher, CryptoProvider } from "./provider.js";

/** Bytes of key that a transform needs. */
interface KeySizes {
  /** The cipher's own key. */
  readonly key: number;
  /** Behind it: a salt, or the nonce of counter mode. */
  readonly salt: number;
}

/** An encryption algorithm with its key length, as it is computed. */
export type Cipher =
  | ({ readonly mode: "cbc"; readonly name: CbcCipher } & Common)
  | ({ readonly mode: "ctr" } & Common)
  | ({ readonly mode: "aead"; readonly name: AeadCipher; readonly icv: number } & Common)
  | ({ readonly mode: "gmac"; readonly icv: number } & Common)
  | ({ readonly mode: "null" } & Common);

interface Common extends KeySizes {
  readonly iv: number;
  readonly block: number;
}

const CBC: ReadonlyMap<number, { readonly name: CbcCipher; readonly key: number | null }> = new Map([
  [ENCR.ENCR_AES_CBC, { name: "aes", key: null }],
  [ENCR.ENCR_CAMELLIA_CBC, { name: "camellia", key: null }],
  [ENCR.ENCR_3DES, { name: "3des", key: 24 }],
  [ENCR.ENCR_DES, { name: "des", key: 8 }],
  [ENCR.ENCR_BLOWFISH, { name: "blowfish", key: null }],
  [ENCR.ENCR_CAST, { name: "cast", key: null }],
]);

const AEAD: ReadonlyMap<
  number,
  { readonly name: AeadCipher; readonly salt: number; readonly key: number | null }
> = new Map([
  [ENCR.ENCR_AES_GCM_8, { name: "aes-gcm", salt: 4, key: null }],
  [ENCR.ENCR_AES_GCM_12, { name: "aes-gcm", salt: 4, key: null }],
  [ENCR.ENCR_AES_GCM_16, { name: "aes-gcm", salt: 4, key: null }],
  [ENCR.ENCR_AES_CCM_8, { name: "aes-ccm", salt: 3, key: null }],
  [ENCR.ENCR_AES_CCM_12, { name: "aes-ccm", salt: 3, key: null }],
  [ENCR.ENCR_AES_CCM_16, { name: "aes-ccm", salt: 3, key: null }],
  [ENCR.ENCR_CHACHA20_POLY1305, { name: "chacha20-poly1305", salt: 4, key: 32 }],
]);

/** Nonce of counter mode, part of the keying material (RFC 3686 5.1, RFC 5930 2). */
const CTR_NONCE = 4;
/** GMAC: an IV of 8 bytes before the content, an ICV of 16 behind it, and a salt of 4 (RFC 4543). */
const GMAC = { salt: 4, iv: 8, icv: 16 } as const;

/**
 * The encryption algorithm of a transform ID. `keyBytes` is the length of its own key, without salt, where the transform has
 * several. Null for one that cannot be computed.
 */
export function cipherBy(id: number, keyBytes: number | null): Cipher | null {
  if (id === ENCR.ENCR_NULL) return { mode: "null", key: 0, salt: 0, iv: 0, block: 1 };
  if (id === ENCR.ENCR_NULL_AUTH_AES_GMAC) {
    return keyBytes === null ? null : { mode: "gmac", key: keyBytes, block: 1, ...GMAC };
  }
  const sizes = encryptionSizes(id);
  if (sizes === null) return null;
  const { iv, block } = sizes;
  if (id === ENCR.ENCR_AES_CTR) {
    return keyBytes === null ? null : { mode: "ctr", key: keyBytes, salt: CTR_NONCE, iv, block };
  }
  const cbc = CBC.get(id);
  if (cbc !== undefined) {
    const key = cbc.key ?? keyBytes;
    return key === null ? null : { mode: "cbc", name: cbc.name, key, salt: 0, iv, block };
  }
  const aead = AEAD.get(id);
  const key = aead?.key ?? keyBytes;
  if (aead === undefined || sizes.icv === null || key === null) return null;
  return { mode: "aead", name: aead.name, key, salt: aead.salt, iv, block, icv: sizes.icv };
}

/** Whether a cipher can be computed here: the old ones are not everywhere. */
export function isComputable(provider: CryptoProvider, cipher: Cipher): boolean {
  return cipher.mode !== "cbc" || provider.hasCbc(cipher.name);
}

/** Length of the cipher's own key in keying material of so many bytes, where a source gives the key and not its length. */
export function ownKeyLength(id: number, material: number): number {
  if (id === ENCR.ENCR_AES_CTR || id === ENCR.ENCR_NULL_AUTH_AES_GMAC) return material - CTR_NONCE;
  return material - (AEAD.get(id)?.salt ?? 0);
}

/** A key with its salt taken apart. */
interface Parts {
  readonly key: Uint8Array;
  readonly salt: Uint8Array;
}

function partsOf(cipher: Cipher, material: Uint8Array): Parts | null {
  if (material.length !== cipher.key + cipher.salt) return null;
  return { key: material.subarray(0, cipher.key), salt: material.subarray(cipher.key) };
}

/** The parts of a protected packet after its header: IV, ciphertext, ICV of a combined mode; and the data that are authenticated with them. */
export interface Sealed {
  readonly aad: Uint8Array;
  readonly iv: Uint8Array;
  /** With the ICV where the mode brings one. */
  readonly body: Uint8Array;
}

/**
 * Undoes the encryption, padding still there. Null where a combined mode's ICV is wrong, where lengths do not fit, or where
 * the key has not the cipher's length. Of other modes the caller has checked the ICV.
 */
export function decrypt(
  provider: CryptoProvider,
  cipher: Cipher,
  material: Uint8Array,
  { aad, iv, body }: Sealed,
): Uint8Array | null {
  const parts = partsOf(cipher, material);
  if (parts === null || iv.length !== cipher.iv) return null;
  const { key, salt } = parts;
  switch (cipher.mode) {
    case "null":
      return body;
    case "cbc":
      return body.length % cipher.block === 0 ? provider.decryptCbc(cipher.name, key, iv, body) : null;
    case "ctr":
      return provider.applyCtr(key, joinBytes(salt, iv, u32Bytes(1)), body);
    case "aead":
      return provider.openAead(cipher.name, termsOf(cipher, parts, iv, aad), body);
    case "gmac": {
      const content = body.subarray(0, Math.max(0, body.length - cipher.icv));
      const terms = termsOf(cipher, parts, iv, joinBytes(aad, iv, content));
      return provider.openAead("aes-gcm", terms, body.subarray(content.length)) === null ? null : content;
    }
  }
}

/** Encrypts what {@link decrypt} decrypts. `plain` has its padding already. */
export function encrypt(
  provider: CryptoProvider,
  cipher: Cipher,
  material: Uint8Array,
  { aad, iv, body: plain }: Sealed,
): Uint8Array | null {
  const parts = partsOf(cipher, material);
  if (parts === null || iv.length !== cipher.iv) return null;
  const { key, salt } = parts;
  switch (cipher.mode) {
    case "null":
      return plain;
    case "cbc":
      return provider.encryptCbc(cipher.name, key, iv, plain);
    case "ctr":
      return provider.applyCtr(key, joinBytes(salt, iv, u32Bytes(1)), plain);
    case "aead":
      return provider.sealAead(cipher.name, termsOf(cipher, parts, iv, aad), plain);
    case "gmac": {
      const terms = termsOf(cipher, parts, iv, joinBytes(aad, iv, plain));
      const icv = provider.sealAead("aes-gcm", terms, new Uint8Array(0));
      return icv === null ? null : joinBytes(plain, icv);
    }
  }
}

/** The terms of a combined mode: its nonce is salt and IV (RFC 4106 4, RFC 4309 4, RFC 7634 2). */
function termsOf(
  { icv }: { readonly icv: number },
  { key, salt }: { readonly key: Uint8Array; readonly salt: Uint8Array },
  iv: Uint8Array,
  aad: Uint8Array,
): AeadTerms {
  return { key, nonce: joinBytes(salt, iv), aad, icvLength: icv };
}

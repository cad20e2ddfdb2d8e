import { cbc, ctr, ecb, gcm } from "@noble/ciphers/aes.js";
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { hmac } from "@noble/hashes/hmac.js";
import { md5, sha1 } from "@noble/hashes/legacy.js";
import { sha256, sha384, sha512 } from "@noble/hashes/sha2.js";
import { joinBytes } from "../../opening/bytes.js";
import type { AeadCipher, AeadTerms, CbcCipher, CryptoProvider, HashName } from "../../opening/provider.js";
import { DES_BLOCK, desCbc } from "./des.js";
import { openCcm, sealCcm } from "./ccm.js";

const HASHES = { md5, sha1, sha256, sha384, sha512 } as const;
const AES_KEY_LENGTHS: readonly number[] = [16, 24, 32];
const BLOCK = 16;
/** Length of the tags of GCM and ChaCha20-Poly1305, bytes; GCM's may be cut (RFC 4106 section 6). */
const WHOLE_TAG = 16;

/** Runs a computation that throws for keys and lengths that it does not take, or for a tag that is wrong. */
function orNull(compute: () => Uint8Array | null): Uint8Array | null {
  try {
    return compute();
  } catch {
    return null;
  }
}

/** CBC of one cipher and key, either way. */
interface Cbc {
  encrypt(data: Uint8Array): Uint8Array;
  decrypt(data: Uint8Array): Uint8Array;
}

function desOf(key: Uint8Array, iv: Uint8Array): Cbc {
  return {
    encrypt: (data) => desCbc(key, iv, data, "encrypt"),
    decrypt: (data) => desCbc(key, iv, data, "decrypt"),
  };
}

/** Null where the cipher is not there: the command may open those. */
function cbcOf(cipher: CbcCipher, key: Uint8Array, iv: Uint8Array): Cbc | null {
  switch (cipher) {
    case "aes":
      return AES_KEY_LENGTHS.includes(key.length) && iv.length === BLOCK
        ? cbc(key, iv, { disablePadding: true })
        : null;
    case "3des":
      return key.length === 3 * DES_BLOCK ? desOf(key, iv) : null;
    case "des":
      return key.length === DES_BLOCK ? desOf(key, iv) : null;
    case "camellia":
    case "blowfish":
    case "cast":
      return null;
  }
}

function sealAead(cipher: AeadCipher, terms: AeadTerms, plain: Uint8Array): Uint8Array | null {
  const { key, nonce, aad, icvLength } = terms;
  switch (cipher) {
    case "aes-gcm":
      return orNull(() => {
        const sealed = gcm(key, nonce, aad).encrypt(plain);
        return sealed.subarray(0, sealed.length - WHOLE_TAG + icvLength);
      });
    case "aes-ccm":
      return orNull(() => sealCcm(terms, plain));
    case "chacha20-poly1305":
      return icvLength === WHOLE_TAG ? orNull(() => chacha20poly1305(key, nonce, aad).encrypt(plain)) : null;
  }
}

/** Opens GCM with a tag of any length: the plaintext comes by counter mode, and has to give that tag again. */
function openGcm(terms: AeadTerms, sealed: Uint8Array): Uint8Array | null {
  const { key, nonce, icvLength } = terms;
  const length = sealed.length - icvLength;
  // The first block that data are made with has the number 2 (NIST SP 800-38D section 7.1).
  const counter = joinBytes(nonce, Uint8Array.of(0, 0, 0, 2));
  const plain = scriptCrypto.applyCtr(key, counter, sealed.subarray(0, length));
  const again = plain === null ? null : sealAead("aes-gcm", terms, plain);
  return again !== null && areEqual(again, sealed) ? plain : null;
}

function areEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

/** Cryptography for where there is no Node and calls may not wait: AES, DES, ChaCha20-Poly1305 and the hashes of IKE. */
export const scriptCrypto: CryptoProvider = {
  hash(name: HashName, ...parts) {
    return HASHES[name](joinBytes(...parts));
  },
  hmac(name, key, ...parts) {
    return hmac(HASHES[name], key, joinBytes(...parts));
  },
  hasCbc(cipher) {
    return cipher === "aes" || cipher === "3des" || cipher === "des";
  },
  decryptCbc(cipher, key, iv, data) {
    return orNullOf(cbcOf(cipher, key, iv), (mode) => mode.decrypt(data));
  },
  encryptCbc(cipher, key, iv, data) {
    return orNullOf(cbcOf(cipher, key, iv), (mode) => mode.encrypt(data));
  },
  applyCtr(key, counter, data) {
    if (!AES_KEY_LENGTHS.includes(key.length)) return null;
    return orNull(() => ctr(key, counter).encrypt(data));
  },
  encryptAesBlocks(key, blocks) {
    if (!AES_KEY_LENGTHS.includes(key.length)) return null;
    return orNull(() => ecb(key, { disablePadding: true }).encrypt(blocks));
  },
  openAead(cipher, terms, sealed) {
    if (sealed.length < terms.icvLength) return null;
    switch (cipher) {
      case "aes-gcm":
        return openGcm(terms, sealed);
      case "aes-ccm":
        return orNull(() => openCcm(terms, sealed));
      case "chacha20-poly1305":
        return terms.icvLength === WHOLE_TAG
          ? orNull(() => chacha20poly1305(terms.key, terms.nonce, terms.aad).decrypt(sealed))
          : null;
    }
  },
  sealAead,
};

function orNullOf<Mode>(mode: Mode | null, compute: (mode: Mode) => Uint8Array): Uint8Array | null {
  return mode === null ? null : orNull(() => compute(mode));
}

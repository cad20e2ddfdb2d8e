import {
  type CipherGCMTypes,
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  getCiphers,
} from "node:crypto";
import { joinBytes } from "../bytes.js";
import type { AeadCipher, AeadTerms, CbcCipher, CryptoProvider, HashName } from "../provider.js";

const AES_KEY_LENGTHS: readonly number[] = [16, 24, 32];

/** OpenSSL's names; those of the legacy provider are there on some machines only. */
function cbcName(cipher: CbcCipher, keyLength: number): string {
  switch (cipher) {
    case "aes":
      return `aes-${keyLength * 8}-cbc`;
    case "camellia":
      return `camellia-${keyLength * 8}-cbc`;
    case "3des":
      return "des-ede3-cbc";
    case "des":
      return "des-cbc";
    case "blowfish":
      return "bf-cbc";
    case "cast":
      return "cast5-cbc";
  }
}

function aeadName(cipher: AeadCipher, keyLength: number): string {
  switch (cipher) {
    case "aes-gcm":
      return `aes-${keyLength * 8}-gcm`;
    case "aes-ccm":
      return `aes-${keyLength * 8}-ccm`;
    case "chacha20-poly1305":
      return "chacha20-poly1305";
  }
}

const known = new Set(getCiphers());

/**
 * Runs a computation of OpenSSL, which throws for keys and lengths that it does not take. Its messages may quote what they
 * were given, so that nothing of them is passed on.
 */
function orNull<T>(compute: () => T): T | null {
  try {
    return compute();
  } catch {
    return null;
  }
}

/** By its own name OpenSSL takes all three for one type of cipher. */
function aeadOptions({ icvLength }: AeadTerms): { readonly authTagLength: number } {
  return { authTagLength: icvLength };
}

function openAead(cipher: AeadCipher, terms: AeadTerms, sealed: Uint8Array): Uint8Array | null {
  const { key, nonce, aad, icvLength } = terms;
  const name = aeadName(cipher, key.length);
  if (!known.has(name) && !known.has(`id-${name.replace(/^aes-(\d+)-/, "aes$1-")}`)) return null;
  const length = sealed.length - icvLength;
  if (length < 0) return null;
  return orNull(() => {
    const decipher = createDecipheriv(name as CipherGCMTypes, key, nonce, aeadOptions(terms));
    decipher.setAuthTag(sealed.subarray(length));
    decipher.setAAD(aad, { plaintextLength: length });
    const plain = decipher.update(sealed.subarray(0, length));
    return joinBytes(plain, decipher.final());
  });
}

function sealAead(cipher: AeadCipher, terms: AeadTerms, plain: Uint8Array): Uint8Array | null {
  const { key, nonce, aad } = terms;
  return orNull(() => {
    const name = aeadName(cipher, key.length) as CipherGCMTypes;
    const sealer = createCipheriv(name, key, nonce, aeadOptions(terms));
    sealer.setAAD(aad, { plaintextLength: plain.length });
    const sealed = joinBytes(sealer.update(plain), sealer.final());
    return joinBytes(sealed, sealer.getAuthTag());
  });
}

/** Cryptography by Node's OpenSSL. */
export const nodeCrypto: CryptoProvider = {
  hash(name: HashName, ...parts) {
    const hash = createHash(name);
    for (const part of parts) hash.update(part);
    return new Uint8Array(hash.digest());
  },
  hmac(name, key, ...parts) {
    const hmac = createHmac(name, key);
    for (const part of parts) hmac.update(part);
    return new Uint8Array(hmac.digest());
  },
  hasCbc(cipher) {
    return known.has(cbcName(cipher, 16));
  },
  decryptCbc(cipher, key, iv, data) {
    const name = cbcName(cipher, key.length);
    if (!known.has(name)) return null;
    return orNull(() => {
      const decipher = createDecipheriv(name, key, iv).setAutoPadding(false);
      return joinBytes(decipher.update(data), decipher.final());
    });
  },
  encryptCbc(cipher, key, iv, data) {
    const name = cbcName(cipher, key.length);
    if (!known.has(name)) return null;
    return orNull(() => {
      const sealer = createCipheriv(name, key, iv).setAutoPadding(false);
      return joinBytes(sealer.update(data), sealer.final());
    });
  },
  applyCtr(key, counter, data) {
    if (!AES_KEY_LENGTHS.includes(key.length)) return null;
    const sealer = createCipheriv(`aes-${key.length * 8}-ctr`, key, counter);
    return joinBytes(sealer.update(data), sealer.final());
  },
  encryptAesBlocks(key, blocks) {
    if (!AES_KEY_LENGTHS.includes(key.length)) return null;
    return orNull(() => {
      const sealer = createCipheriv(`aes-${key.length * 8}-ecb`, key, null).setAutoPadding(false);
      return joinBytes(sealer.update(blocks), sealer.final());
    });
  },
  openAead,
  sealAead,
};

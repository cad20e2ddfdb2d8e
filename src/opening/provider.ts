/** Hash functions of IKE and ESP. */
export type HashName = "md5" | "sha1" | "sha256" | "sha384" | "sha512";
/** Block ciphers in CBC mode. */
export type CbcCipher = "aes" | "3des" | "des" | "camellia" | "blowfish" | "cast";
/** Ciphers that check what they open (RFC 5282, RFC 7634). */
export type AeadCipher = "aes-gcm" | "aes-ccm" | "chacha20-poly1305";

/** One message under a combined-mode cipher. */
export interface AeadTerms {
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
  /** Data that are authenticated and not encrypted. */
  readonly aad: Uint8Array;
  readonly icvLength: number;
}

/** Cryptography as `opening/` needs it; an interface, so that the engine runs in a browser too. */
export interface CryptoProvider {
  hash(name: HashName, ...parts: readonly Uint8Array[]): Uint8Array;
  hmac(name: HashName, key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array;
  /** Whether that cipher is there. */
  hasCbc(cipher: CbcCipher): boolean;
  /** Without padding. Null where the cipher is not there, the key has no length of it, or `data` is no multiple of a block. */
  decryptCbc(cipher: CbcCipher, key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array | null;
  encryptCbc(cipher: CbcCipher, key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array | null;
  /** AES in counter mode from that block on, either way. Null for a key of no length of AES. */
  applyCtr(key: Uint8Array, counter: Uint8Array, data: Uint8Array): Uint8Array | null;
  /** Each block of 16 bytes by itself. */
  encryptAesBlocks(key: Uint8Array, blocks: Uint8Array): Uint8Array | null;
  /** `sealed` is ciphertext and ICV. Null where the ICV is wrong, or the cipher is not there. */
  openAead(cipher: AeadCipher, terms: AeadTerms, sealed: Uint8Array): Uint8Array | null;
  sealAead(cipher: AeadCipher, terms: AeadTerms, plain: Uint8Array): Uint8Array | null;
}

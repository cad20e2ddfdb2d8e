import { PRF } from "../ike/registries/transforms-v2.js";
import { aesCmac, aesXcbc } from "./aes-mac.js";
import { joinBytes } from "./bytes.js";
import type { CryptoProvider, HashName } from "./provider.js";

/** A pseudorandom function of IKEv2 that can be computed. */
export interface Prf {
  /** Bytes that it gives, and that SK_d has (RFC 7296 2.13). */
  readonly length: number;
  readonly of: (provider: CryptoProvider, key: Uint8Array, data: Uint8Array) => Uint8Array | null;
}

const hmacPrf = (hash: HashName, length: number): Prf => ({
  length,
  of: (provider, key, data) => provider.hmac(hash, key, data),
});

const AES_BLOCK = 16;

const PRFS: ReadonlyMap<number, Prf> = new Map([
  [PRF.PRF_HMAC_MD5, hmacPrf("md5", 16)],
  [PRF.PRF_HMAC_SHA1, hmacPrf("sha1", 20)],
  [PRF.PRF_HMAC_SHA2_256, hmacPrf("sha256", 32)],
  [PRF.PRF_HMAC_SHA2_384, hmacPrf("sha384", 48)],
  [PRF.PRF_HMAC_SHA2_512, hmacPrf("sha512", 64)],
  [PRF.PRF_AES128_XCBC, { length: AES_BLOCK, of: xcbcPrf }],
  [PRF.PRF_AES128_CMAC, { length: AES_BLOCK, of: cmacPrf }],
]);

/** A PRF by its transform ID; null for one that cannot be computed. */
export function prfBy(id: number): Prf | null {
  return PRFS.get(id) ?? null;
}

/** Keys of another length than 16 are padded with zeros, or hashed where longer (RFC 4434 2). */
function xcbcPrf(provider: CryptoProvider, key: Uint8Array, data: Uint8Array): Uint8Array | null {
  const short = key.length > AES_BLOCK ? aesXcbc(provider, new Uint8Array(AES_BLOCK), key) : padded(key);
  return short === null ? null : aesXcbc(provider, short, data);
}

/** Keys of another length than 16 go through CMAC under a key of zeros (RFC 4615 3). */
function cmacPrf(provider: CryptoProvider, key: Uint8Array, data: Uint8Array): Uint8Array | null {
  const short = key.length === AES_BLOCK ? key : aesCmac(provider, new Uint8Array(AES_BLOCK), key);
  return short === null ? null : aesCmac(provider, short, data);
}

function padded(key: Uint8Array): Uint8Array {
  const out = new Uint8Array(AES_BLOCK);
  out.set(key);
  return out;
}

/** The counter of prf+ is one byte (RFC 7296 2.13). */
const MOST_ROUNDS = 255;

/** prf+ (RFC 7296 2.13): `length` bytes; null where a PRF fails or would need more than 255 rounds. */
export function prfPlus(
  provider: CryptoProvider,
  prf: Prf,
  key: Uint8Array,
  seed: Uint8Array,
  length: number,
): Uint8Array | null {
  const out = new Uint8Array(length);
  let last: Uint8Array = new Uint8Array(0);
  let at = 0;
  for (let round = 1; at < length; round++) {
    if (round > MOST_ROUNDS) return null;
    const next = prf.of(provider, key, joinBytes(last, seed, Uint8Array.of(round)));
    if (next === null) return null;
    last = next;
    out.set(last.subarray(0, length - at), at);
    at += last.length;
  }
  return out;
}

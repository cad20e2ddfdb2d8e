import { joinBytes } from "./bytes.js";
import type { Cipher } from "./cipher.js";
import type { Integrity } from "./integrity.js";
import { type Prf, prfPlus } from "./prf.js";
import type { CryptoProvider, HashName } from "./provider.js";

/** Keys of a Child SA, by the end that sends under them. */
export interface ChildKeymat {
  readonly initiator: { readonly cipherKey: Uint8Array; readonly integrityKey: Uint8Array };
  readonly responder: { readonly cipherKey: Uint8Array; readonly integrityKey: Uint8Array };
}

/** KEYMAT of a Child SA (RFC 7296 2.17): prf+(SK_d, [g^ir] Ni Nr), initiator first, encryption before integrity. */
export function childKeymat(
  provider: CryptoProvider,
  prf: Prf,
  skD: Uint8Array,
  secrets: { readonly shared: Uint8Array | null; readonly ni: Uint8Array; readonly nr: Uint8Array },
  cipher: Cipher,
  integrity: Integrity | null,
): ChildKeymat | null {
  const cipherLength = cipher.key + cipher.salt;
  const integrityLength = integrity?.keyLength ?? 0;
  const seed = joinBytes(secrets.shared ?? new Uint8Array(0), secrets.ni, secrets.nr);
  const keymat = prfPlus(provider, prf, skD, seed, 2 * (cipherLength + integrityLength));
  if (keymat === null) return null;
  const side = (at: number) => ({
    cipherKey: keymat.subarray(at, at + cipherLength),
    integrityKey: keymat.subarray(at + cipherLength, at + cipherLength + integrityLength),
  });
  return { initiator: side(0), responder: side(cipherLength + integrityLength) };
}

/** Keys of an IKE SA (RFC 7296 2.14). */
export interface IkeKeymat {
  readonly skD: Uint8Array;
  readonly skAi: Uint8Array;
  readonly skAr: Uint8Array;
  readonly skEi: Uint8Array;
  readonly skEr: Uint8Array;
}

/** The values that an IKE SA's keys are derived from (RFC 7296 2.14). */
export interface IkeSeed {
  readonly ni: Uint8Array;
  readonly nr: Uint8Array;
  readonly spiI: Uint8Array;
  readonly spiR: Uint8Array;
}

/** Keys from SKEYSEED: prf+(SKEYSEED, Ni Nr SPIi SPIr), in the order SK_d, SK_ai, SK_ar, SK_ei, SK_er. */
export function ikeKeymat(
  provider: CryptoProvider,
  prf: Prf,
  skeyseed: Uint8Array,
  { ni, nr, spiI, spiR }: IkeSeed,
  cipher: Cipher,
  integrity: Integrity | null,
): IkeKeymat | null {
  const lengths = [
    prf.length,
    integrity?.keyLength ?? 0,
    integrity?.keyLength ?? 0,
    cipher.key + cipher.salt,
  ];
  const [d = 0, a = 0, , e = 0] = lengths;
  const keymat = prfPlus(provider, prf, skeyseed, joinBytes(ni, nr, spiI, spiR), d + 2 * a + 2 * e);
  if (keymat === null) return null;
  return {
    skD: keymat.subarray(0, d),
    skAi: keymat.subarray(d, d + a),
    skAr: keymat.subarray(d + a, d + 2 * a),
    skEi: keymat.subarray(d + 2 * a, d + 2 * a + e),
    skEr: keymat.subarray(d + 2 * a + e),
  };
}

/** SKEYSEED of a rekeyed IKE SA: prf(SK_d of the old one, g^ir Ni Nr), with the PRF of the old one (RFC 7296 2.18). */
export function rekeyedSkeyseed(
  provider: CryptoProvider,
  oldPrf: Prf,
  oldSkD: Uint8Array,
  shared: Uint8Array,
  ni: Uint8Array,
  nr: Uint8Array,
): Uint8Array | null {
  return oldPrf.of(provider, oldSkD, joinBytes(shared, ni, nr));
}

/** KEYMAT of one SA of an IKEv1 quick mode: prf(SKEYID_d, [g^xy] protocol SPI Ni_b Nr_b), chained (RFC 2409 5.5). */
export function quickModeKeymat(
  provider: CryptoProvider,
  hash: HashName,
  skeyidD: Uint8Array,
  seed: Uint8Array,
  length: number,
): Uint8Array {
  const out = new Uint8Array(length);
  let last: Uint8Array = new Uint8Array(0);
  for (let at = 0; at < length; at += last.length) {
    last = provider.hmac(hash, skeyidD, last, seed);
    out.set(last.subarray(0, length - at), at);
  }
  return out;
}

import type { EncryptedPayload, IkeMessage } from "../ike/message.js";
import { joinBytes } from "./bytes.js";
import { type Cipher, decrypt, encrypt } from "./cipher.js";
import { icvFits, icvOf, type Integrity } from "./integrity.js";
import type { CryptoProvider } from "./provider.js";

const GENERIC_HEADER = 4;
const FRAGMENT_HEADER = 4;

/** Protection of an IKE SA's messages: a cipher, and an integrity algorithm where the cipher brings none. */
export interface Protection {
  readonly cipher: Cipher;
  readonly integrity: Integrity | null;
}

/** Keys of one direction. */
export interface DirectionKeys {
  readonly cipherKey: Uint8Array;
  readonly integrityKey: Uint8Array | null;
}

/** The outcome of an attempt to open a message. */
export type OpenedSk =
  | { readonly ok: true; readonly plain: Uint8Array }
  /** "integrity": the ICV is not of this key. "cipher": it is, and what came out has no padding that can be. */
  | { readonly ok: false; readonly reason: "integrity" | "cipher" | "cut" };

const CUT: OpenedSk = { ok: false, reason: "cut" };
const NO_INTEGRITY: OpenedSk = { ok: false, reason: "integrity" };

/**
 * Opens the SK or SKF payload that ends a message (RFC 7296 3.14, RFC 5282, RFC 7383 2.5): plaintext without padding. Of
 * combined modes a wrong ICV may stand for a wrong key as well as for a wrong salt.
 */
export function openSk(
  provider: CryptoProvider,
  { cipher, integrity }: Protection,
  { cipherKey, integrityKey }: DirectionKeys,
  message: IkeMessage,
  whole: Uint8Array,
): OpenedSk {
  const sk = sealedPayload(message);
  const { length } = message.header;
  if (sk === null || message.available < length || sk.offset + sk.length !== length) return CUT;
  const bytes = whole.subarray(0, length);
  const icvLength = integrity?.icvLength ?? 0;
  const { body } = sk;
  if (body.length < cipher.iv + icvLength) return CUT;
  if (integrity !== null) {
    const at = length - icvLength;
    if (integrityKey === null) return NO_INTEGRITY;
    if (!icvFits(provider, integrity, integrityKey, bytes.subarray(0, at), bytes.subarray(at))) {
      return NO_INTEGRITY;
    }
  }
  const padded = decrypt(provider, cipher, cipherKey, {
    aad: bytes.subarray(0, sk.offset + GENERIC_HEADER + (sk.fragment === null ? 0 : FRAGMENT_HEADER)),
    iv: body.subarray(0, cipher.iv),
    body: body.subarray(cipher.iv, body.length - icvLength),
  });
  if (padded === null) return integrity === null ? NO_INTEGRITY : { ok: false, reason: "cipher" };
  const padding = padded.at(-1);
  if (padding === undefined || padding >= padded.length) return { ok: false, reason: "cipher" };
  return { ok: true, plain: padded.subarray(0, padded.length - padding - 1) };
}

/** The payload that is to be opened: the last one, of type SK or SKF. */
export function sealedPayload({ header, payloads }: IkeMessage): EncryptedPayload | null {
  const last = payloads.at(-1);
  return header.majorVersion === 2 && last?.kind === "encrypted" ? last : null;
}

/**
 * Seals what {@link openSk} opens: `head` is a message up to and with the generic header of its SK payload (and the
 * fragment header of SKF), with lengths that are right for the result; `padding` is what stands before the pad length.
 */
export function sealSk(
  provider: CryptoProvider,
  { cipher, integrity }: Protection,
  { cipherKey, integrityKey }: DirectionKeys,
  head: Uint8Array,
  iv: Uint8Array,
  plain: Uint8Array,
  padding: Uint8Array = paddingFor(cipher, plain.length),
): Uint8Array | null {
  const padded = joinBytes(plain, padding, Uint8Array.of(padding.length));
  const body = encrypt(provider, cipher, cipherKey, { aad: head, iv, body: padded });
  if (body === null) return null;
  const covered = joinBytes(head, iv, body);
  if (integrity === null) return covered;
  const icv = integrityKey === null ? null : icvOf(provider, integrity, integrityKey, covered);
  return icv === null ? null : joinBytes(covered, icv);
}

/** The fewest bytes of padding, zeros, that fill the cipher's block. */
function paddingFor({ block }: Cipher, plainLength: number): Uint8Array {
  const over = (plainLength + 1) % block;
  return new Uint8Array(over === 0 ? 0 : block - over);
}

/** Bytes that {@link sealSk} puts behind the head. */
export function sealedLength({ cipher, integrity }: Protection, plainLength: number): number {
  const padding = paddingFor(cipher, plainLength).length;
  const icv = cipher.mode === "aead" || cipher.mode === "gmac" ? cipher.icv : (integrity?.icvLength ?? 0);
  return cipher.iv + plainLength + padding + 1 + icv;
}

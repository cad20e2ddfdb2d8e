import type { Key } from "../secrets/key.js";
import { sourceText } from "./key-account.js";
import { cipherBy, ownKeyLength } from "./cipher.js";
import type { EspProtection, EspSaKeys } from "./esp-seal.js";
import { integrityBy } from "./integrity.js";
import type { EspKeys } from "../secrets/key.js";

/** Keys that may be those of an ESP SA. */
export interface EspCandidate {
  /** The key that was given, which they are or come from. */
  readonly key: Key;
  /** As reports name it. */
  readonly by: string;
  readonly protection: EspProtection;
  readonly keys: EspSaKeys;
  /** Whether sequence numbers have 64 bits; null where that is to be tried. */
  readonly esn: boolean | null;
  readonly from: string | null;
  readonly to: string | null;
}

/** The candidate that keys of an ESP SA are; a reason where they cannot be used. */
export function espCandidate(key: EspKeys): EspCandidate | { readonly reason: "length" | "algorithm" } {
  const { encryption, cipherKey, integrity, integrityKey, esn, from, to } = key;
  const cipher = cipherBy(encryption, ownKeyLength(encryption, cipherKey.length));
  if (cipher === null) return { reason: "algorithm" };
  if (cipher.key + cipher.salt !== cipherKey.length) return { reason: "length" };
  if (cipher.mode === "aead" && !AEAD_KEYS.includes(cipher.key)) return { reason: "length" };
  const isChecked = integrity.id !== null && integrity.id !== 0;
  const algorithm = isChecked ? integrityBy(integrity.id, integrity.icvLength) : null;
  if (isChecked && algorithm === null) return { reason: "algorithm" };
  return {
    key,
    by: sourceText(key),
    protection: { cipher, integrity: algorithm, uncheckedIcv: isChecked ? 0 : integrity.icvLength },
    keys: { cipherKey: cipherKey.reveal(), integrityKey: integrityKey?.reveal() ?? null },
    esn,
    from,
    to,
  };
}

const AEAD_KEYS: readonly number[] = [16, 24, 32];

import type { SaPayload } from "../ike/message.js";
import { type Suite, suiteOf } from "../ike/suite.js";
import type { IkeKeysV2 } from "../secrets/key.js";
import { type Cipher, cipherBy } from "./cipher.js";
import { integrityBy, type Integrity } from "./integrity.js";
import { type Prf, prfBy } from "./prf.js";
import type { Protection } from "./seal-v2.js";

/** The algorithms of an IKE SA that protect its messages and derive its keys. */
export interface SaSuite extends Protection {
  /** Null where the capture does not hold the negotiation. */
  readonly prf: Prf | null;
}

/** The suite that was chosen for an IKE SA; null where an algorithm of it is none that can be computed. */
export function chosenSuite(sa: SaPayload | null): SaSuite | null {
  const suite = suiteOf(sa, 2);
  if (suite === null) return null;
  const parts = protectionOf(suite);
  return parts === null ? null : { ...parts, prf: suite.prf === null ? null : prfBy(suite.prf.id) };
}

/** Cipher and integrity of a suite, of an IKE SA or a Child SA; null where they cannot be computed. */
export function protectionOf({
  encryption,
  keyLength,
  integrity,
}: Suite): { cipher: Cipher; integrity: Integrity | null } | null {
  if (encryption === null) return null;
  const cipher = cipherBy(encryption.id, keyLength === null ? null : keyLength / 8);
  if (cipher === null) return null;
  if (cipher.mode === "aead" || cipher.mode === "gmac" || integrity === null)
    return { cipher, integrity: null };
  const algorithm = integrityBy(integrity.id);
  return algorithm === null ? null : { cipher, integrity: algorithm };
}

/** The suite that a source names beside its keys, for captures that start late. */
export function namedSuite({ suite, skEi }: IkeKeysV2): SaSuite | null {
  if (suite === null || skEi === null) return null;
  const cipher = cipherBy(suite.encryption, suite.keyLength === null ? null : suite.keyLength / 8);
  if (cipher === null) return null;
  if (suite.integrity === 0) return cipher.mode === "aead" ? { cipher, integrity: null, prf: null } : null;
  const integrity = integrityBy(suite.integrity);
  return integrity === null ? null : { cipher, integrity, prf: null };
}

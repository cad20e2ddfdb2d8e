import { toHex } from "../bytes/hex.js";
import type { EspKeys, IkeKeysV1, IkeKeysV2, Key, KeyRing } from "../secrets/key.js";
import { type KeyAccount, sourceText } from "./key-account.js";
import type { Opener } from "./opener.js";

/** How a key that was given fits a capture. */
export type Fit =
  /** It opens what it is named for, or what it was tried on. */
  | {
      readonly kind: "opens";
      readonly count: number;
      readonly of: readonly string[];
      /** Others whose ICV is that of its integrity key, and which its cipher key makes noise of. */
      readonly cipherMisfits: number;
      /** Others of the same SA whose ICV is not of this key. */
      readonly misfits: number;
    }
  | { readonly kind: "opens exchanged"; readonly count: number; readonly of: readonly string[] }
  | { readonly kind: "opens another"; readonly count: number; readonly of: readonly string[] }
  /** The ICV is that of its integrity key, and its cipher key gives noise. */
  | { readonly kind: "cipher key does not fit"; readonly count: number }
  /** The SA is in the capture, and not under this key. */
  | { readonly kind: "does not fit"; readonly count: number }
  | { readonly kind: "salt missing"; readonly has: number; readonly needed: number }
  | { readonly kind: "wrong length"; readonly has: number; readonly needed: number }
  /** Another source has the same key, which opens what it is for. */
  | { readonly kind: "same as"; readonly by: string }
  | { readonly kind: "suite unknown" }
  | { readonly kind: "suite not supported" }
  | { readonly kind: "not in capture" }
  /** It is named for nothing, and opens nothing that it was tried on. */
  | { readonly kind: "opens nothing" }
  /** A shared secret that no exchange of the capture needs. */
  | { readonly kind: "not needed" };

/** A key, by the place that it was read from, and how it fits. */
export interface KeyFit {
  readonly by: string;
  readonly form: string;
  /** "IKEv2 keys of 0011223344556677": what it is, and named for. */
  readonly what: string;
  readonly fit: Fit;
}

/** Salts are 4 bytes, of AES-CCM 3 (RFC 4106, RFC 4309, RFC 5282). */
const LONGEST_SALT = 4;

/** How each key of a ring fitted the capture that an opener has been shown. Of twins, of which one fits, only that one. */
export function fitsOf({ keys }: KeyRing, opener: Opener): KeyFit[] {
  const openedPlaces = new Set<string>();
  for (const key of keys) {
    if (key.kind === "esp" && opener.accounts.of(key).opened > 0) openedPlaces.add(placeOf(key));
  }
  const fitting = new Map<string, string>();
  for (const key of keys) {
    const name = opener.accounts.of(key).opened > 0 ? contentName(key) : null;
    if (name !== null) fitting.set(name, sourceText(key));
  }
  const told = new Set<string>();
  return keys.flatMap((key) => {
    const account = opener.accounts.of(key);
    if (key.kind === "esp" && key.oneOfTwo && account.opened === 0) {
      const place = placeOf(key);
      if (openedPlaces.has(place) || told.has(place)) return [];
      told.add(place);
    }
    const twin = account.opened > 0 ? undefined : fitting.get(contentName(key) ?? "");
    const fit: Fit = twin === undefined ? fitOf(key, account, opener) : { kind: "same as", by: twin };
    return [{ by: sourceText(key), form: key.source.form, what: nameOf(key), fit }];
  });
}

/** The same for two keys of the same bytes; null for one without a cipher key. It holds the key: never shown. */
function contentName(key: Key): string | null {
  const secret = key.kind === "ikev2" ? key.skEi : key.kind === "shared secret" ? null : key.cipherKey;
  return secret === null ? null : `${key.kind} ${toHex(secret.reveal(), 0, secret.length)}`;
}

function placeOf({ source, spi }: EspKeys): string {
  return `${source.file} ${source.line} ${spi}`;
}

function nameOf(key: Key): string {
  switch (key.kind) {
    case "ikev2":
      return key.spis === null ? "IKEv2 keys" : `IKEv2 keys of ${key.spis.initiator}`;
    case "ikev1":
      return key.cookie === null ? "IKEv1 keys" : `IKEv1 key of ${key.cookie}`;
    case "esp":
      return key.spi === null ? "ESP keys" : `ESP keys of 0x${key.spi.toString(16).padStart(8, "0")}`;
    case "shared secret":
      return "shared secret";
  }
}

function fitOf(key: Key, account: KeyAccount, opener: Opener): Fit {
  const of = [...account.opens];
  const { opened: count, cipherMisfits, integrityMisfits, wrongLength, suite } = account;
  if (count > 0) {
    if (account.isSwapped) return { kind: "opens exchanged", count, of };
    if (account.fitsOther) return { kind: "opens another", count, of };
    return { kind: "opens", count, of, cipherMisfits, misfits: integrityMisfits };
  }
  if (key.kind === "shared secret") return { kind: "not needed" };
  if (cipherMisfits > 0) return { kind: "cipher key does not fit", count: cipherMisfits };
  if (wrongLength !== null) {
    const { has, needed } = wrongLength;
    const isSalt = needed > has && needed - has <= LONGEST_SALT && needed - has >= LONGEST_SALT - 1;
    return { kind: isSalt ? "salt missing" : "wrong length", has, needed };
  }
  if (suite !== null) return { kind: suite === "unknown" ? "suite unknown" : "suite not supported" };
  if (integrityMisfits > 0) return { kind: "does not fit", count: integrityMisfits };
  const isNamed = isInCapture(key, opener);
  if (isNamed === null) return { kind: "opens nothing" };
  return isNamed ? { kind: "does not fit", count: 0 } : { kind: "not in capture" };
}

/** Whether what a key is named for is in the capture; null where it is named for nothing. */
function isInCapture(key: IkeKeysV2 | IkeKeysV1 | EspKeys, opener: Opener): boolean | null {
  switch (key.kind) {
    case "ikev2":
      return key.spis === null ? null : opener.knowsIkeSa(key.spis.initiator + key.spis.responder);
    case "ikev1":
      return key.cookie === null ? null : opener.knowsPhase1(key.cookie);
    case "esp":
      return key.spi === null ? null : opener.esp.knows(key.spi);
  }
}

import type { IkeMessage } from "../ike/message.js";
import type { IkeKeysV2 } from "../secrets/key.js";
import { SecretBytes } from "../secrets/secret-bytes.js";
import { sourceText } from "./key-account.js";
import { canBeSearched, type SaltTarget } from "./salt-search.js";
import { type DirectionKeys, sealedPayload } from "./seal-v2.js";
import type { SaSuite } from "./v2-suite.js";

/** Keys whose salts may be searched; a search takes minutes. */
const MOST_KEYS = 64;
const GENERIC_HEADER = 4;
const FRAGMENT_HEADER = 4;

/** A key without salts, its suite, and a message of each direction that a salt can be searched by. */
export interface SaltlessKey {
  readonly key: IkeKeysV2;
  readonly targets: Partial<Record<SaltTarget["side"], SaltTarget>>;
}

/** Keys of AES-GCM that lack their salt, with messages under them. */
export class SaltlessKeys {
  readonly #keys = new Map<IkeKeysV2, { key: IkeKeysV2; targets: SaltlessKey["targets"] }>();

  all(): SaltlessKey[] {
    return [...this.#keys.values()];
  }

  /** Keeps the message where the keys lack the salt only, and it is the first one of its direction that begins with a payload. */
  note(
    key: IkeKeysV2,
    side: SaltTarget["side"],
    { cipher }: SaSuite,
    { cipherKey }: DirectionKeys,
    message: IkeMessage,
    bytes: Uint8Array,
  ): void {
    const sk = sealedPayload(message);
    if (cipher.mode !== "aead" || cipher.name !== "aes-gcm" || cipherKey.length !== cipher.key) return;
    if (sk === null || key.spis === null || message.available < message.header.length) return;
    // Only the first fragment begins with a payload.
    if (sk.innerType === 0 || (sk.fragment !== null && sk.fragment.number !== 1)) return;
    const known = this.#keys.get(key);
    if (known?.targets[side] !== undefined || (known === undefined && this.#keys.size >= MOST_KEYS)) return;
    const target: SaltTarget = {
      by: sourceText(key),
      spis: key.spis,
      side,
      key: new SecretBytes(cipherKey),
      icvLength: cipher.icv,
      aad: bytes.slice(0, sk.offset + GENERIC_HEADER + (sk.fragment === null ? 0 : FRAGMENT_HEADER)),
      iv: sk.body.slice(0, cipher.iv),
      sealed: sk.body.slice(cipher.iv),
    };
    if (!canBeSearched(target)) return;
    if (known === undefined) this.#keys.set(key, { key, targets: { [side]: target } });
    else known.targets[side] = target;
  }
}

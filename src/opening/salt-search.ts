import type { IkeSpis } from "../secrets/key.js";
import { SecretBytes } from "../secrets/secret-bytes.js";
import { joinBytes } from "./bytes.js";
import type { CryptoProvider } from "./provider.js";

/** A message under AES-GCM whose key is there without its salt of 4 bytes (RFC 5282 7.1). */
export interface SaltTarget {
  /** Whose key: "pluto.log line 7527". */
  readonly by: string;
  readonly spis: IkeSpis;
  readonly side: "initiator" | "responder";
  /** The cipher's own key. */
  readonly key: SecretBytes;
  readonly icvLength: number;
  readonly aad: Uint8Array;
  readonly iv: Uint8Array;
  /** Ciphertext and ICV. */
  readonly sealed: Uint8Array;
}

/** Values that a salt can have. */
export const SALTS = 2 ** 32;
/** Values that are tried between two looks at whether to go on: 4 MiB of blocks. */
const SALTS_A_STEP = 2 ** 18;
const BLOCK = 16;
const SALT = 4;
/** The block counter of the first block of content (RFC 4106 4). */
const FIRST_COUNTER = 2;
const GENERIC_HEADER = 4;

/** Whether the content is long enough for a payload, so that a salt can be told from another. */
export function canBeSearched({ sealed, icvLength }: Pick<SaltTarget, "sealed" | "icvLength">): boolean {
  return sealed.length - icvLength > GENERIC_HEADER;
}

/**
 * Searches the salt: the first bytes of the content are the generic header of a payload (a reserved byte of 0, a length that
 * fits: one value in some ten thousand), and of those that pass the ICV decides. Yields how many values were tried, from step to
 * step; returns the salt, or null where none of the 2^32 fits: then the key is another one.
 */
export function* searchSalt(
  provider: CryptoProvider,
  target: SaltTarget,
): Generator<number, SecretBytes | null> {
  const { key, iv, sealed, icvLength, aad } = target;
  const longest = sealed.length - icvLength;
  const bytes = new Uint8Array(SALTS_A_STEP * BLOCK);
  const words = new Uint32Array(bytes.buffer);
  for (let at = 0; at < bytes.length; at += BLOCK) {
    bytes.set(iv, at + SALT);
    bytes[at + BLOCK - 1] = FIRST_COUNTER;
  }
  const [, second = 0, third = 0, fourth = 0] = sealed;
  for (let base = 0; base < SALTS; base += SALTS_A_STEP) {
    for (let index = 0; index < SALTS_A_STEP; index++) words[index * (BLOCK / SALT)] = base + index;
    const stream = provider.encryptAesBlocks(key.reveal(), bytes);
    if (stream === null) return null;
    for (let at = 0; at < bytes.length; at += BLOCK) {
      if (stream[at + 1] !== second) continue;
      const length = (((stream[at + 2] ?? 0) ^ third) << 8) | ((stream[at + 3] ?? 0) ^ fourth);
      if (length < GENERIC_HEADER || length > longest) continue;
      const nonce = joinBytes(bytes.subarray(at, at + SALT), iv);
      const opened = provider.openAead("aes-gcm", { key: key.reveal(), nonce, aad, icvLength }, sealed);
      if (opened !== null) return new SecretBytes(bytes.slice(at, at + SALT));
    }
    yield base + SALTS_A_STEP;
  }
  return null;
}

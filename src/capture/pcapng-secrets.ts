import { BLOCK, BYTE_ORDER_MAGIC, LARGEST_BLOCK, PCAPNG_MAGIC, SMALLEST_BLOCK } from "./pcapng-blocks.js";
import type { ByteSource } from "./source.js";

/** Secrets of one kind that a pcapng file holds (draft-ietf-opsawg-pcapng 4.7). */
export interface DecryptionSecrets {
  /** Their purpose: {@link SECRETS_ESP}, those of TLS, WireGuard and others. */
  readonly type: number;
  readonly data: Uint8Array;
}

/** "ESPS": lines of Wireshark's esp_sa table. For IKE there is no type. */
export const SECRETS_ESP = 0x45535053;

/** A block of keys for 10,000 SAs has some 4 MiB. */
const LARGEST_SECRETS = 16 * 1024 * 1024;
const MOST_BLOCKS = 64;
const TYPE_AND_LENGTH = 8;
const SECTION_HEAD = 12;

/**
 * The decryption secrets of a capture; none where it is no pcapng. Only the heads of other blocks are read. A file that is
 * broken gives what stands before the fault: the reading of the packets says what is wrong with it. Closes the source.
 */
export async function decryptionSecrets(source: ByteSource): Promise<DecryptionSecrets[]> {
  const bytes = new SteppingBytes(source);
  const found: DecryptionSecrets[] = [];
  let little = false;
  try {
    while (found.length < MOST_BLOCKS && (await bytes.require(SECTION_HEAD))) {
      if (bytes.u32(0, false) === PCAPNG_MAGIC) {
        little = bytes.u32(8, true) === BYTE_ORDER_MAGIC;
        if (!little && bytes.u32(8, false) !== BYTE_ORDER_MAGIC) break;
      } else if (bytes.isAtStart) break;
      const type = bytes.u32(0, little);
      const total = bytes.u32(4, little);
      if (total < SMALLEST_BLOCK || total > LARGEST_BLOCK || total % 4 !== 0) break;
      if (type === BLOCK.decryptionSecrets && total <= LARGEST_SECRETS) {
        if (!(await bytes.require(total))) break;
        const length = bytes.u32(TYPE_AND_LENGTH + 4, little);
        const data = bytes.slice(TYPE_AND_LENGTH + 8, Math.min(TYPE_AND_LENGTH + 8 + length, total - 4));
        found.push({ type: bytes.u32(TYPE_AND_LENGTH, little), data });
      }
      await bytes.skip(total);
    }
  } finally {
    await source.close();
  }
  return found;
}

/** The bytes of a source from a position on, which only moves ahead. */
class SteppingBytes {
  readonly #source: ByteSource;
  #held = new Uint8Array(0);
  #at = 0;
  #passed = 0;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  get isAtStart(): boolean {
    return this.#passed === 0;
  }

  /** Sees to it that so many bytes are there; false where the source has fewer. */
  async require(length: number): Promise<boolean> {
    while (this.#held.length - this.#at < length) {
      const chunk = await this.#source.read();
      if (chunk === null) return false;
      const rest = this.#held.subarray(this.#at);
      const joined = new Uint8Array(rest.length + chunk.length);
      joined.set(rest);
      joined.set(chunk, rest.length);
      this.#held = joined;
      this.#at = 0;
    }
    return true;
  }

  async skip(length: number): Promise<void> {
    this.#passed += length;
    let left = length;
    while (left > this.#held.length - this.#at) {
      left -= this.#held.length - this.#at;
      const chunk = await this.#source.read();
      this.#held = chunk === null ? new Uint8Array(0) : chunk.slice();
      this.#at = 0;
      if (chunk === null) return;
    }
    this.#at += left;
  }

  u32(at: number, little: boolean): number {
    const { buffer, byteOffset, byteLength } = this.#held;
    return new DataView(buffer, byteOffset, byteLength).getUint32(this.#at + at, little);
  }

  slice(from: number, to: number): Uint8Array {
    return this.#held.slice(this.#at + from, this.#at + Math.max(from, to));
  }
}

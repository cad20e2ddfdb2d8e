import { joinBytes } from "./bytes.js";
import type { CryptoProvider } from "./provider.js";

const BLOCK = 16;
const ZEROS = new Uint8Array(BLOCK);

/**
 * AES-XCBC-MAC (RFC 3566 4), all 16 bytes of it. Null for a key of another length than 16.
 */
export function aesXcbc(provider: CryptoProvider, key: Uint8Array, data: Uint8Array): Uint8Array | null {
  if (key.length !== BLOCK) return null;
  const derived = provider.encryptAesBlocks(key, joinBytes(filled(1), filled(2), filled(3)));
  if (derived === null) return null;
  const [key1, key2, key3] = [derived.subarray(0, 16), derived.subarray(16, 32), derived.subarray(32, 48)];
  return cbcMac(provider, key1, data, key2, key3);
}

/** AES-CMAC (RFC 4493 2.4), all 16 bytes of it. Null for a key of another length than 16. */
export function aesCmac(provider: CryptoProvider, key: Uint8Array, data: Uint8Array): Uint8Array | null {
  if (key.length !== BLOCK) return null;
  const zero = provider.encryptAesBlocks(key, ZEROS);
  if (zero === null) return null;
  const key1 = doubled(zero);
  return cbcMac(provider, key, data, key1, doubled(key1));
}

/** The last block of CBC, before which it is masked: by one key where it is whole, by another where it was padded. */
function cbcMac(
  provider: CryptoProvider,
  key: Uint8Array,
  data: Uint8Array,
  wholeMask: Uint8Array,
  paddedMask: Uint8Array,
): Uint8Array | null {
  const isWhole = data.length > 0 && data.length % BLOCK === 0;
  const length = isWhole ? data.length : (Math.floor(data.length / BLOCK) + 1) * BLOCK;
  const padded = new Uint8Array(length);
  padded.set(data);
  if (!isWhole) padded[data.length] = 0x80;
  const mask = isWhole ? wholeMask : paddedMask;
  for (let at = 0; at < BLOCK; at++) {
    padded[length - BLOCK + at] = (padded[length - BLOCK + at] ?? 0) ^ (mask[at] ?? 0);
  }
  return provider.encryptCbc("aes", key, ZEROS, padded)?.subarray(length - BLOCK) ?? null;
}

function filled(byte: number): Uint8Array {
  return new Uint8Array(BLOCK).fill(byte);
}

/** Twice the number in GF(2^128) (RFC 4493 2.3). */
function doubled(block: Uint8Array): Uint8Array {
  const out = new Uint8Array(BLOCK);
  for (let at = 0; at < BLOCK; at++) {
    out[at] = (((block[at] ?? 0) << 1) | ((block[at + 1] ?? 0) >> 7)) & 0xff;
  }
  if (((block[0] ?? 0) & 0x80) !== 0) out[BLOCK - 1] = (out[BLOCK - 1] ?? 0) ^ 0x87;
  return out;
}

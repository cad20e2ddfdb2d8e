import { blake2s } from "@noble/hashes/blake2.js";

/** Purpose of a pseudo-random value: the same input gives other values for another purpose. */
export const PURPOSE = {
  addressV4: 1,
  addressV6: 2,
  ikeSpi: 3,
  espSpi: 4,
  mac: 5,
  port: 6,
  content: 7,
  packet: 8,
  label: 9,
} as const;
type Purpose = (typeof PURPOSE)[keyof typeof PURPOSE];

/**
 * Pseudo-random values that only who has the secret can make again: BLAKE2s (RFC 7693) over the secret and the input.
 * Nothing of the input can be read from them, and equal inputs give equal values.
 */
export class Keyed {
  readonly #states: readonly ReturnType<typeof blake2s.create>[];

  /** `secret` may have any length; what is short is easily guessed. */
  constructor(secret: Uint8Array) {
    const key = blake2s(secret);
    this.#states = Object.values(PURPOSE).map((purpose) =>
      // In front of the input and not as a key, which would take a block of its own.
      blake2s.create({ personalization: Uint8Array.of(purpose, 0, 0, 0, 0, 0, 0, 0) }).update(key),
    );
  }

  /** 32 bytes. An input of as many bytes costs one block. */
  digest(purpose: Purpose, ...content: readonly Uint8Array[]): Uint8Array {
    const state = (this.#states[purpose - 1] as ReturnType<typeof blake2s.create>).clone();
    for (const part of content) state.update(part);
    return state.digest();
  }
}

/** Fills [from, to) with a stream that a digest begins (sfc32 by C. Doty-Humphrey); it tells no more than the digest. */
export function fillFrom(digest: Uint8Array, bytes: Uint8Array, from: number, to: number): void {
  const words = new DataView(digest.buffer, digest.byteOffset, 16);
  let a = words.getUint32(0) | 0;
  let b = words.getUint32(4) | 0;
  let c = words.getUint32(8) | 0;
  let d = words.getUint32(12) | 0;
  for (let at = from; at < to;) {
    const value = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + value;
    for (let shift = 0; shift < 32 && at < to; shift += 8) bytes[at++] = value >>> shift;
  }
}

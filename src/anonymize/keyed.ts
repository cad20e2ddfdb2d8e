import { u32At } from "../bytes/reader.js";
import { Blake2s, DIGEST } from "./blake2s.js";

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
  /** By purpose, the first being 1. */
  readonly #hashes: readonly Blake2s[];
  readonly #begin = new Uint8Array(DIGEST);

  /** `secret` may have any length; what is short is easily guessed. */
  constructor(secret: Uint8Array) {
    const key = new Uint8Array(DIGEST);
    new Blake2s(new Uint8Array(0), 0).digest([secret], key);
    // In front of the input and not as a key, which would take a block of its own.
    this.#hashes = Object.values(PURPOSE).map((purpose) => new Blake2s(key, purpose));
  }

  /** 32 bytes. An input of as many bytes costs one block. */
  digest(purpose: Purpose, ...content: readonly Uint8Array[]): Uint8Array {
    const digest = new Uint8Array(DIGEST);
    (this.#hashes[purpose - 1] as Blake2s).digest(content, digest);
    return digest;
  }

  /** Fills [from, to) with pseudo-random bytes that depend on all of `content`. */
  fill(purpose: Purpose, content: readonly Uint8Array[], bytes: Uint8Array, from: number, to: number): void {
    (this.#hashes[purpose - 1] as Blake2s).digest(content, this.#begin);
    fillFrom(this.#begin, bytes, from, to);
  }
}

/** Fills [from, to) with a stream that a digest begins (sfc32 by C. Doty-Humphrey); it tells no more than the digest. */
function fillFrom(digest: Uint8Array, bytes: Uint8Array, from: number, to: number): void {
  let a = u32At(digest, 0) | 0;
  let b = u32At(digest, 4) | 0;
  let c = u32At(digest, 8) | 0;
  let d = u32At(digest, 12) | 0;
  for (let at = from; at < to; at += 4) {
    const value = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + value;
    bytes[at] = value;
    if (at + 1 < to) bytes[at + 1] = value >>> 8;
    if (at + 2 < to) bytes[at + 2] = value >>> 16;
    if (at + 3 < to) bytes[at + 3] = value >>> 24;
  }
}

import { equalBytes } from "../../../bytes/hex.js";
import { ByteReader } from "../../../bytes/reader.js";
import type { Proposal } from "./type.js";

/** A power of two. */
const SLOTS = 64;

/** Longer offers are decoded each time. */
const LONGEST = 1024;

/** Decodes the proposals that fill a reader; throws DecodeError. */
type Decoder = (reader: ByteReader) => readonly Proposal[];

interface Known {
  readonly bytes: Uint8Array;
  readonly proposals: readonly Proposal[];
}

/**
 * The proposals of a version that came again and again. A peer offers the same ones all its life, and of all payloads they
 * take the longest to decode. What comes for the first time is only noted, so that a flood of others costs nothing.
 */
export class KnownProposals {
  readonly #decode: Decoder;
  readonly #known = Array.from({ length: SLOTS }, (): Known | null => null);
  /** Hash of what came last in each slot. */
  readonly #hashes = new Int32Array(SLOTS);

  constructor(decode: Decoder) {
    this.#decode = decode;
  }

  /** The proposals that fill the rest of the reader's window. Throws DecodeError where they have a fault. */
  read(reader: ByteReader): readonly Proposal[] {
    const { bytes, position, end } = reader;
    if (end - position > LONGEST) return this.#decode(reader);
    const hash = hashOf(bytes, position, end);
    const slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
    if (this.#hashes[slot] !== hash) {
      this.#hashes[slot] = hash;
      this.#known[slot] = null;
      return this.#decode(reader);
    }
    const window = bytes.subarray(position, end);
    const known = this.#known[slot];
    if (known != null) {
      if (!equalBytes(known.bytes, window)) return this.#decode(reader);
      reader.position = end;
      return known.proposals;
    }
    const proposals = this.#decode(reader);
    // Decoded anew from bytes of its own: the message's may be used again for the next one.
    const copy = window.slice();
    this.#known[slot] = { bytes: copy, proposals: this.#decode(new ByteReader(copy, reader.declaredBy)) };
    return proposals;
  }
}

function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = end - start;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
  return hash;
}

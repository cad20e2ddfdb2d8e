import { i32At } from "../../bytes/reader.js";
import { FixedText } from "../../bytes/fixed-text.js";
import { printable } from "../../bytes/text.js";
import { decidingBytes } from "./deciding-bytes.js";
import type { UndecodedPayload } from "./undecoded-payload.js";

/** A payload that more bytes than these decide is not kept. */
const LONGEST = 2048;
/** Bytes that are kept; when there are more, all are forgotten and begin anew. */
const ROOM = 1024 * 1024;
/** About what an entry takes beside its bytes. */
const ENTRY = 256;

/** Payloads that came once, of which so many are remembered by their hash. */
const SEEN = 4096;
/** Bytes that are hashed and compared at a time. */
const WORD = 4;

interface Known {
  readonly version: number;
  readonly type: number;
  /** Length of the body. */
  readonly length: number;
  /** How many of its bytes decide. */
  readonly count: number;
  /** These, as words. */
  readonly head: Int32Array;
  readonly token: FixedText;
}

/**
 * Tokens of payloads (`summarizePayload`) by the bytes that decide them. Peers send the same offer, the same vendor IDs and
 * the same notifies again and again: each is decoded and described once.
 */
export class KnownTokens {
  readonly #known = new Map<number, Known>();
  #kept = 0;
  /** Hashes of payloads that came once: most of those that differ in each message never come again. */
  readonly #seen = new Int32Array(SEEN);

  /** The token of a payload like one that was added before; null of any other. */
  find(place: UndecodedPayload): FixedText | null {
    const count = decidingBytes(place);
    if (count > LONGEST) return null;
    const known = this.#known.get(hashOf(place, count));
    return known !== undefined && isLike(known, place, count) ? known.token : null;
  }

  /** Adds the token of a payload that was decoded without fault, once it came twice. */
  add(place: UndecodedPayload, token: string): void {
    const count = decidingBytes(place);
    if (count > LONGEST) return;
    const hash = hashOf(place, count);
    const slot = hash % this.#seen.length;
    if (this.#seen[slot] === hash) this.#keep(place, count, hash, new FixedText(printable(token)));
    else this.#seen[slot] = hash;
  }

  #keep(
    { version, type, bytes, start, end }: UndecodedPayload,
    count: number,
    hash: number,
    token: FixedText,
  ): void {
    const size = ENTRY + count + token.length;
    if (this.#kept + size > ROOM) {
      this.#known.clear();
      this.#kept = 0;
    }
    this.#kept += size;
    const head = Int32Array.from({ length: Math.ceil(count / WORD) }, (_, word) =>
      wordAt(bytes, start + word * WORD, start + count),
    );
    this.#known.set(hash, { version, type, length: end - start, count, head, token });
  }
}

/** 30 bits, so that the number is no object. */
function hashOf({ version, type, bytes, start, end }: UndecodedPayload, count: number): number {
  let hash = Math.imul(((end - start) << 9) ^ (type << 1) ^ version, 0x9e3779b1);
  const headEnd = start + count;
  for (let at = start; at < headEnd; at += WORD) {
    hash = Math.imul(hash ^ wordAt(bytes, at, headEnd), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash & 0x3fff_ffff;
}

function isLike(
  known: Known,
  { version, type, bytes, start, end }: UndecodedPayload,
  count: number,
): boolean {
  if (known.type !== type || known.version !== version) return false;
  if (known.length !== end - start || known.count !== count) return false;
  const { head } = known;
  for (let word = 0; word < head.length; word++) {
    if (head[word] !== wordAt(bytes, start + word * WORD, start + count)) return false;
  }
  return true;
}

/** The four bytes at `at`; of the last ones before `end`, fewer. */
function wordAt(bytes: Uint8Array, at: number, end: number): number {
  if (end - at >= WORD) return i32At(bytes, at);
  let word = 0;
  for (let byte = at; byte < end; byte++) word = (word << 8) | (bytes[byte] as number);
  return word;
}

import { decidingBytes } from "./deciding-bytes.js";
import type { PayloadPlace } from "./payload-place.js";

/** A payload that more bytes than these decide is not kept. */
const LONGEST = 2048;
/** Bytes that are kept; when there are more, all are forgotten and begin anew. */
const ROOM = 1024 * 1024;
/** About what an entry takes beside its bytes. */
const ENTRY = 256;

const encoder = new TextEncoder();

interface Known {
  readonly version: number;
  readonly type: number;
  /** Of the body. */
  readonly length: number;
  /** The bytes that decide. */
  readonly head: Uint8Array;
  /** UTF-8. */
  readonly token: Uint8Array;
}

/**
 * Tokens of payloads (`summarizePayload`) by the bytes that decide them. Peers send the same offer, the same vendor IDs and
 * the same notifies again and again: each is decoded and described once.
 */
export class KnownTokens {
  readonly #known = new Map<number, Known>();
  #kept = 0;

  /** The token, in UTF-8, of a payload like one that was added before; null of any other. */
  find(place: PayloadPlace): Uint8Array | null {
    const count = decidingBytes(place);
    if (count > LONGEST) return null;
    const known = this.#known.get(hashOf(place, count));
    return known !== undefined && isLike(known, place, count) ? known.token : null;
  }

  /** Adds the token of a payload that was decoded without fault; gives it in UTF-8. */
  add(place: PayloadPlace, text: string): Uint8Array {
    const token = encoder.encode(text);
    const count = decidingBytes(place);
    if (count > LONGEST) return token;
    this.#kept += ENTRY + count + token.length;
    if (this.#kept > ROOM) {
      this.#known.clear();
      this.#kept = ENTRY + count + token.length;
    }
    const { version, type, bytes, start, end } = place;
    const head = bytes.slice(start, start + count);
    this.#known.set(hashOf(place, count), { version, type, length: end - start, head, token });
    return token;
  }
}

/** 30 bits, so that the number is no object. */
function hashOf({ version, type, bytes, start, end }: PayloadPlace, count: number): number {
  let hash = Math.imul(((end - start) << 9) ^ (type << 1) ^ version, 0x9e3779b1);
  for (let at = start; at < start + count; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
  return (hash ^ (hash >>> 15)) & 0x3fff_ffff;
}

function isLike(known: Known, { version, type, bytes, start, end }: PayloadPlace, count: number): boolean {
  if (known.type !== type || known.version !== version || known.length !== end - start) return false;
  const { head } = known;
  if (head.length !== count) return false;
  for (let at = 0; at < count; at++) if (head[at] !== bytes[start + at]) return false;
  return true;
}

import type { Micros } from "../../bytes/time.js";
import type { StoredFragment } from "./pending.js";
import { u32At } from "../../bytes/reader.js";

/** Datagrams remembered, and fragments per datagram whose fingerprints are (64 of 1,480 bytes exceed 65,535). */
const REMEMBERED = 512;
const FINGERPRINTS = 64;

interface Recent {
  readonly key: string;
  readonly from: Micros;
  readonly window: number;
  /** Offset, length and fingerprint of each fragment, flat; null: every fragment of the key belongs to it. */
  readonly fragments: readonly number[] | null;
}

/**
 * Datagrams that are finished with: whole ones, whose fragments may be seen again by another interface, and refused
 * ones, whose remaining fragments must be discarded too (RFC 5722 section 4). A ring, so memory is bounded.
 */
export class RecentDatagrams {
  readonly #byKey = new Map<string, Recent>();
  readonly #ring: (Recent | null)[] = Array<Recent | null>(REMEMBERED).fill(null);
  #next = 0;

  /** Remembers a datagram that all fragments arrived of. */
  remember(key: string, from: Micros, window: number, fragments: readonly StoredFragment[]): void {
    const flat: number[] = [];
    if (fragments.length > FINGERPRINTS) return this.refuse(key, from, window);
    for (const { offset, length, chunk, captured } of fragments) {
      flat.push(offset, length, fingerprint(chunk, 0, captured));
    }
    this.#store({ key, from, window, fragments: flat });
  }

  /** Has every further fragment of the datagram discarded. */
  refuse(key: string, from: Micros, window: number): void {
    this.#store({ key, from, window, fragments: null });
  }

  /** Whether the fragment at `offset`, with its data in [start, end) of `bytes`, belongs to a remembered datagram. */
  holds(
    key: string,
    time: Micros,
    offset: number,
    length: number,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): boolean {
    const recent = this.#byKey.get(key);
    if (recent === undefined || Math.abs(time - recent.from) > recent.window) return false;
    const { fragments } = recent;
    if (fragments === null) return true;
    for (let at = 0; at < fragments.length; at += 3) {
      if (fragments[at] === offset && fragments[at + 1] === length) {
        return fragments[at + 2] === fingerprint(bytes, start, end);
      }
    }
    return false;
  }

  #store(recent: Recent): void {
    const overwritten = this.#ring[this.#next];
    if (overwritten && this.#byKey.get(overwritten.key) === overwritten) this.#byKey.delete(overwritten.key);
    this.#ring[this.#next] = recent;
    this.#next = (this.#next + 1) % REMEMBERED;
    this.#byKey.set(recent.key, recent);
  }
}

/** Words of a fragment that are looked at; a datagram's identification tells it from others for long enough. */
const WORDS_SAMPLED = 32;

/**
 * A 32-bit hash (FNV-1a) of up to 32 words spread over bytes [start, end), the last bytes among them: tells copies of
 * a fragment from fragments of another datagram with the same identification.
 */
function fingerprint(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5 ^ (end - start);
  const step = Math.max(4, Math.ceil((end - start) / WORDS_SAMPLED));
  for (let at = start; at + 4 <= end; at += step) hash = Math.imul(hash ^ u32At(bytes, at), 0x01000193);
  for (let at = Math.max(start, end - 4); at < end; at++) {
    hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
  }
  return hash | 0;
}

import { u32At } from "../../bytes/reader.js";

/** Words of a fragment that are looked at; a datagram's identification tells it from others for long enough. */
const WORDS_SAMPLED = 32;

/**
 * A 32-bit hash (FNV-1a) of up to 32 words spread over bytes [start, end), the last bytes among them: tells copies of
 * a fragment from fragments of another datagram with the same identification.
 */
export function fingerprint(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5 ^ (end - start);
  const step = Math.max(4, Math.ceil((end - start) / WORDS_SAMPLED));
  for (let at = start; at + 4 <= end; at += step) hash = Math.imul(hash ^ u32At(bytes, at), 0x01000193);
  for (let at = Math.max(start, end - 4); at < end; at++) {
    hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
  }
  return hash | 0;
}

import type { Micros } from "../../bytes/time.js";
import type { FragmentSighting, IncompleteDatagram } from "../packet.js";
import type { ChunkPool } from "./chunks.js";

/** A fragment that is kept until its datagram is whole. */
export interface StoredFragment extends FragmentSighting {
  /** Holds what was captured of it in its first `captured` bytes; fewer than `length` where the snap length cut. */
  readonly chunk: Uint8Array;
  readonly captured: number;
}

/** The outcome for a fragment that was offered to a datagram. */
export type Placement = "added" | "duplicate" | "overlap";

/** Share of the byte limit that a fragment costs beside its chunk. */
const FRAGMENT_OVERHEAD = 128;

/** A datagram that waits for fragments; also a link in the list of waiting datagrams, by age. */
export class PendingDatagram {
  readonly key: string;
  readonly firstTime: Micros;
  /** Everything that an account of it needs beside the fragments. */
  readonly identity: Omit<IncompleteDatagram, "fragments" | "totalLength" | "head" | "reason">;
  older: PendingDatagram | null = null;
  newer: PendingDatagram | null = null;
  /** Protocol as the first fragment names it; only that one counts for IPv6 (RFC 8200 section 4.5). */
  protocol: number;
  /** Total length of the payload; -1 until the last fragment is there. */
  total = -1;
  /** Bytes of the limit that the fragments use. */
  cost = 0;
  #declaredBytes = 0;
  #capturedBytes = 0;
  readonly #arrivals: StoredFragment[] = [];
  /** By offset, without overlaps. */
  readonly #sorted: StoredFragment[] = [];

  constructor(key: string, firstTime: Micros, identity: PendingDatagram["identity"]) {
    this.key = key;
    this.firstTime = firstTime;
    this.identity = identity;
    this.protocol = identity.protocol;
  }

  /**
   * Places a fragment, copying bytes [start, end). An exact copy of one that is there is a "duplicate"; any other
   * overlap, and any contradiction about the total length, is refused (RFC 5722 section 4; IPv4 is treated alike).
   */
  place(
    bytes: Uint8Array,
    start: number,
    end: number,
    where: FragmentSighting,
    more: boolean,
    pool: ChunkPool,
  ): Placement {
    const { offset, length } = where;
    const index = this.#indexFor(offset);
    const before = this.#sorted[index - 1];
    const after = this.#sorted[index];
    if (after?.offset === offset && after.length === length) {
      return holdsSame(after, bytes, start, end) ? "duplicate" : "overlap";
    }
    if (before !== undefined && before.offset + before.length > offset) return "overlap";
    if (after !== undefined && offset + length > after.offset) return "overlap";
    if (this.total >= 0 && (!more || offset + length > this.total)) return "overlap";
    if (!more) {
      if (after !== undefined) return "overlap";
      this.total = offset + length;
    }
    const captured = end - start;
    const chunk = pool.take(captured);
    copy(bytes, start, end, chunk, 0);
    const fragment = { ...where, chunk, captured };
    this.#arrivals.push(fragment);
    if (after === undefined) this.#sorted.push(fragment);
    else this.#sorted.splice(index, 0, fragment);
    this.#declaredBytes += length;
    this.#capturedBytes += captured;
    this.cost += chunk.length + FRAGMENT_OVERHEAD;
    return "added";
  }

  /** All fragments were seen, though perhaps not captured in full. As none overlap, the sum of lengths tells. */
  get isCovered(): boolean {
    return this.#declaredBytes === this.total;
  }

  /** Covered, and every byte was captured. */
  get isWhole(): boolean {
    return this.#capturedBytes === this.total;
  }

  /** In order of arrival. */
  get arrivals(): readonly StoredFragment[] {
    return this.#arrivals;
  }

  sightings(): FragmentSighting[] {
    return this.#arrivals.map(({ frame, time, offset, length }) => ({ frame, time, offset, length }));
  }

  /** How many bytes there are from offset 0 up to the first gap. */
  headLength(): number {
    let length = 0;
    for (const fragment of this.#sorted) {
      if (fragment.offset !== length) break;
      length += fragment.captured;
    }
    return length;
  }

  /** Copies the bytes up to the first gap to the start of `target`, which has room for `headLength()`. */
  copyHead(target: Uint8Array): void {
    let length = 0;
    for (const fragment of this.#sorted) {
      if (fragment.offset !== length) break;
      copy(fragment.chunk, 0, fragment.captured, target, length);
      length += fragment.captured;
    }
  }

  /** Gives the chunks back; the datagram is done with. */
  release(pool: ChunkPool): void {
    for (const fragment of this.#arrivals) pool.give(fragment.chunk);
  }

  /** Position in `#sorted` of the first fragment at or behind `offset`; arrival in order is the common case. */
  #indexFor(offset: number): number {
    let high = this.#sorted.length;
    if (high === 0 || (this.#sorted[high - 1] as StoredFragment).offset < offset) return high;
    let low = 0;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sorted[middle] as StoredFragment).offset < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Whether what was captured of both copies agrees; the snap length may have cut them at different places. */
function holdsSame(fragment: StoredFragment, bytes: Uint8Array, start: number, end: number): boolean {
  const length = Math.min(fragment.captured, end - start);
  for (let at = 0; at < length; at++) if (fragment.chunk[at] !== bytes[start + at]) return false;
  return true;
}

function copy(from: Uint8Array, start: number, end: number, to: Uint8Array, at: number): void {
  to.set(from.subarray(start, end), at);
}

import { ChunkPool } from "../reassembly/chunks.js";

/** Bytes counted for a waiting segment beside its own, so that a flood of tiny ones is bounded too. */
const SEGMENT_OVERHEAD = 160;

/** Bytes that all connections together hold; shared by those that have one bound in common. */
export class TcpMemory {
  bytes = 0;
  readonly pool = new ChunkPool();
}

/** Bytes of a direction that came before those in front of them. */
export interface HeldSegment {
  /** Position in the stream of the first byte. */
  readonly at: number;
  /** Bytes that the sender sent; `captured` of them are in `chunk`, the snap length cut the others. */
  readonly length: number;
  readonly captured: number;
  readonly chunk: Uint8Array;
  readonly frame: number;
  readonly time: number;
  readonly nanos: number;
}

/**
 * Segments that wait for bytes before them, in order of position and without overlaps: of bytes that come twice the
 * first ones are kept, as a receiver does that has handed them on already.
 */
export class HeldSegments {
  readonly #segments: HeldSegment[] = [];
  readonly #memory: TcpMemory;
  #bytes = 0;

  constructor(memory: TcpMemory) {
    this.#memory = memory;
  }

  get count(): number {
    return this.#segments.length;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get first(): HeldSegment | undefined {
    return this.#segments[0];
  }

  /** Keeps those of `length` bytes from position `at` that are not held yet; `captured` of them are at `start`. */
  add(
    at: number,
    length: number,
    bytes: Uint8Array,
    start: number,
    captured: number,
    frame: number,
    time: number,
    nanos: number,
  ): void {
    const segments = this.#segments;
    const end = at + length;
    let index = this.#firstBehind(at);
    let from = at;
    while (from < end) {
      const next = segments[index];
      const until = next === undefined || next.at > end ? end : next.at;
      if (until > from) {
        const present = Math.max(0, Math.min(captured - (from - at), until - from));
        const origin = start + from - at;
        segments.splice(
          index++,
          0,
          this.#copy(from, until - from, bytes, origin, present, frame, time, nanos),
        );
      }
      if (next === undefined) return;
      from = Math.max(from, next.at + next.length);
      index++;
    }
  }

  /** Hands every segment that continues at `position` to `take`, which returns the position behind it. */
  drain(position: number, take: (segment: HeldSegment) => number): number {
    const segments = this.#segments;
    let reached = position;
    let taken = 0;
    for (const segment of segments) {
      if (segment.at > reached) break;
      reached = take(segment);
      this.#forget(segment);
      taken++;
    }
    if (taken > 0) segments.splice(0, taken);
    return reached;
  }

  clear(): void {
    for (const segment of this.#segments) this.#forget(segment);
    this.#segments.length = 0;
  }

  #copy(
    at: number,
    length: number,
    bytes: Uint8Array,
    start: number,
    captured: number,
    frame: number,
    time: number,
    nanos: number,
  ): HeldSegment {
    const chunk = this.#memory.pool.take(captured);
    chunk.set(bytes.subarray(start, start + captured));
    this.#bytes += chunk.length + SEGMENT_OVERHEAD;
    this.#memory.bytes += chunk.length + SEGMENT_OVERHEAD;
    return { at, length, captured, chunk, frame, time, nanos };
  }

  #forget({ chunk }: HeldSegment): void {
    this.#bytes -= chunk.length + SEGMENT_OVERHEAD;
    this.#memory.bytes -= chunk.length + SEGMENT_OVERHEAD;
    this.#memory.pool.give(chunk);
  }

  /** Index of the first segment that ends behind `at`; arrival in order is the common case. */
  #firstBehind(at: number): number {
    const segments = this.#segments;
    const ends = (index: number): number => {
      const { at: begin, length } = segments[index] as HeldSegment;
      return begin + length;
    };
    let high = segments.length;
    if (high === 0 || ends(high - 1) <= at) return high;
    let low = 0;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends(middle) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

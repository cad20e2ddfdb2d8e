import type { Micros } from "../../bytes/time.js";
import { DEFAULT_TCP_LIMITS } from "../../packet/tcp/limits.js";

/** A segment with payload that waits until all of it is settled. */
interface WaitingSegment<T> {
  /** Position in the stream of its first byte, and the length of its payload by the headers. */
  readonly at: number;
  readonly length: number;
  /** The captured part, before and after; bytes that are never settled stay zero. */
  readonly data: Uint8Array;
  readonly replacement: Uint8Array;
  readonly owner: T;
}

/** Rewrites the bytes of a stream: as many come out as go in. */
interface Rewriter {
  /** `length`: of the segment from there on, captured or not. */
  feed(bytes: Uint8Array, length: number): void;
  hole(length: number): void;
  giveUp(): void;
  /** The same of bytes that the stream is past. */
  apart(bytes: Uint8Array): Uint8Array;
}

/** Puts the segments of one direction in order, has their bytes rewritten, and settles each segment when all of it is. */
export class SegmentOrder<T> {
  readonly #settle: (owner: T, replacement: Uint8Array) => void;
  /** In order of their positions. */
  #waiting: WaitingSegment<T>[] = [];
  /** Sequence number of the next byte to be fed, and its position; null before the first segment. */
  #next: number | null;
  #fed = 0;
  /** Position up to which bytes have been rewritten. */
  #settled = 0;
  /** When bytes were first found missing, by the clock of the segments. */
  #since: Micros = Infinity;

  /** `next`: sequence number of the first byte, where a SYN told it. */
  constructor(next: number | null, settle: (owner: T, replacement: Uint8Array) => void) {
    this.#next = next;
    this.#settle = settle;
  }

  /** Segments that wait. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Takes a segment of `length` bytes of which `data` was captured. */
  add(rewriter: Rewriter, sequence: number, length: number, data: Uint8Array, owner: T, time: Micros): void {
    this.#next ??= sequence;
    const at = this.#fed + ((sequence - this.#next) | 0);
    // Repeated, or given up before it came: what it holds is read all the same where nothing else was found in its place.
    if (at + length <= this.#fed && length > 0) {
      this.#settle(owner, rewriter.apart(data));
      return;
    }
    const segment = { at, length, data, replacement: new Uint8Array(data.length), owner };
    const behind = this.#waiting.findLastIndex((other) => other.at <= at) + 1;
    this.#waiting.splice(behind, 0, segment);
    const before = this.#fed;
    this.#drain(rewriter);
    if (this.#ahead === undefined) this.#since = Infinity;
    else if (this.#since === Infinity || this.#fed !== before) this.#since = time;
    // As the analysis: whatever time has passed, what this segment brings is looked at first.
    while (this.#ahead !== undefined && time - this.#since > DEFAULT_TCP_LIMITS.timeout) {
      this.#skip(rewriter);
      this.#since = time;
    }
  }

  /** The first segment that waits for bytes before it. */
  get #ahead(): WaitingSegment<T> | undefined {
    return this.#waiting.find(({ at }) => at > this.#fed);
  }

  /** Gives up the bytes that are missing, up to the next that are there, or what waits for more than there is. */
  #skip(rewriter: Rewriter): void {
    rewriter.giveUp();
    const ahead = this.#ahead;
    if (ahead === undefined) this.#release(true);
    else {
      this.#hole(rewriter, ahead.at - this.#fed);
      this.#drain(rewriter);
    }
  }

  /** Settles the segment of `until`, or all that wait, with what is missing before them given up. */
  giveUp(rewriter: Rewriter, until: T | null = null): void {
    const isWaiting = (): boolean =>
      until === null ? this.#waiting.length > 0 : this.#waiting.some(({ owner }) => owner === until);
    while (isWaiting()) this.#skip(rewriter);
  }

  /** Bytes that come out of the rewriter belong behind those before. */
  write(bytes: Uint8Array): void {
    const from = this.#settled;
    const to = from + bytes.length;
    for (const { at, replacement } of this.#waiting) {
      const start = Math.max(from, at);
      const end = Math.min(to, at + replacement.length);
      if (start < end) replacement.set(bytes.subarray(start - from, end - from), start - at);
    }
    this.#settled = to;
  }

  release(): void {
    this.#release(false);
  }

  #drain(rewriter: Rewriter): void {
    for (const { at, length, data } of this.#waiting) {
      if (at > this.#fed) break;
      const old = this.#fed - at;
      if (old >= length) continue;
      const fresh = data.slice(old);
      this.#advance(fresh.length);
      // The capture did not keep the rest of the segment.
      const cut = length - Math.max(old, data.length);
      if (fresh.length > 0) rewriter.feed(fresh, fresh.length + cut);
      if (cut > 0) this.#hole(rewriter, cut);
    }
    this.#release(false);
  }

  #hole(rewriter: Rewriter, length: number): void {
    rewriter.hole(length);
    this.#advance(length);
    this.#settled += length;
  }

  #advance(length: number): void {
    this.#fed += length;
    this.#next = ((this.#next ?? 0) + length) >>> 0;
  }

  #release(all: boolean): void {
    const done = this.#waiting.filter(({ at, data }) => all || at + data.length <= this.#settled);
    if (done.length === 0) return;
    this.#waiting = this.#waiting.filter((segment) => !done.includes(segment));
    for (const { owner, replacement } of done) this.#settle(owner, replacement);
  }
}

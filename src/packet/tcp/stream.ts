import { HeldSegments, type HeldSegment, type TcpMemory } from "./held-segments.js";
import type { TcpLimits } from "./limits.js";

/** Takes the bytes of one direction, in order. */
export interface TcpReceiver {
  /**
   * The next `length` bytes of the stream, of which [start, end) of `bytes` was captured: the snap length cut the
   * others. Valid only during the call.
   */
  data(
    bytes: Uint8Array,
    start: number,
    end: number,
    length: number,
    frame: number,
    time: number,
    nanos: number,
  ): void;
  /**
   * The next `length` bytes are not in the capture and are given up: resynchronise behind them. Infinity where nobody
   * knows how many.
   */
  hole(length: number): void;
}

/** A repeated segment lies within the sender's window; this far back it is another stream with the same ports. */
const FAR_BEHIND = 1 << 26;
/** So many segments from there in a row prove it. */
const STRAYS = 8;

/**
 * One direction of a TCP connection (RFC 9293 section 3.4): puts segments in order of their sequence numbers, leaves out
 * what was sent before and hands the bytes on, those of a segment in order without copying it. Begins behind a SYN, or
 * with the first segment seen. Bytes that are missing are given up when too much waits for them, or too long.
 */
export class TcpStream {
  readonly #receiver: TcpReceiver;
  readonly #limits: TcpLimits;
  readonly #held: HeldSegments;
  readonly #take = (segment: HeldSegment): number => this.#deliver(segment);
  /** Sequence number expected next, and the position in the stream that it stands for. */
  #next = 0;
  #position = 0;
  #started = false;
  #corked = false;
  /** When the bytes expected next were first found missing. */
  #waitingSince = Infinity;
  #strays = 0;

  constructor(receiver: TcpReceiver, limits: TcpLimits, memory: TcpMemory) {
    this.#receiver = receiver;
    this.#limits = limits;
    this.#held = new HeldSegments(memory);
  }

  /** Segments that wait. */
  get waiting(): number {
    return this.#held.count;
  }

  /** Begins the stream at the sequence number behind a SYN. */
  open(sequence: number): void {
    this.#started = true;
    this.#next = sequence >>> 0;
  }

  /** Keeps everything back, until `uncork()`; what is kept is bounded all the same. */
  cork(): void {
    this.#corked = true;
  }

  uncork(): void {
    this.#corked = false;
    this.#drain(this.#waitingSince);
  }

  /** Takes a segment of `length` bytes, of which [start, end) of `bytes` was captured. */
  segment(
    sequence: number,
    bytes: Uint8Array,
    start: number,
    end: number,
    length: number,
    frame: number,
    time: number,
    nanos: number,
  ): void {
    if (length <= 0) return;
    if (!this.#started) this.open(sequence);
    // Sequence numbers wrap (RFC 9293 section 3.4): the signed difference tells before from behind.
    const ahead = (sequence - this.#next) | 0;
    if (ahead + length <= 0) {
      if (!this.#isStray(ahead)) return;
      this.#restart(sequence);
      this.segment(sequence, bytes, start, end, length, frame, time, nanos);
      return;
    }
    this.#strays = 0;
    const old = ahead < 0 ? -ahead : 0;
    const from = Math.min(start + old, end);
    const rest = length - old;
    if (ahead <= 0 && this.#held.count === 0 && !this.#corked) {
      this.#next = (this.#next + rest) >>> 0;
      this.#position += rest;
      this.#receiver.data(bytes, from, end, rest, frame, time, nanos);
      return;
    }
    const at = this.#position + Math.max(0, ahead);
    this.#held.add(at, rest, bytes, from, end - from, frame, time, nanos);
    if (this.#waitingSince === Infinity) this.#waitingSince = time;
    if (!this.#corked) this.#drain(time);
    this.#giveUp(time);
  }

  /** Gives up what is missing and hands on all that waits. */
  flush(): void {
    this.#corked = false;
    while (this.#held.count > 0) this.#skipGap(Infinity);
  }

  /** Drops all that waits. */
  discard(): void {
    this.#held.clear();
    this.#waitingSince = Infinity;
  }

  #deliver({ at, length, captured, chunk, frame, time, nanos }: HeldSegment): number {
    // The receiver may stop being interested, never be called twice for one byte: the position moves first.
    this.#next = (this.#next + length) >>> 0;
    this.#position = at + length;
    this.#receiver.data(chunk, 0, captured, length, frame, time, nanos);
    return this.#position;
  }

  #drain(time: number): void {
    const before = this.#position;
    this.#held.drain(before, this.#take);
    if (this.#held.count === 0) this.#waitingSince = Infinity;
    else if (this.#position !== before) this.#waitingSince = time;
  }

  #giveUp(time: number): void {
    const held = this.#held;
    const { segments, bytes, timeout } = this.#limits;
    while (
      held.count > 0 &&
      (held.count > segments || held.bytes > bytes || time - this.#waitingSince > timeout)
    ) {
      this.#corked = false;
      this.#skipGap(time);
    }
  }

  #skipGap(time: number): void {
    const first = this.#held.first;
    if (first === undefined) return;
    const missing = first.at - this.#position;
    if (missing > 0) {
      this.#next = (this.#next + missing) >>> 0;
      this.#position = first.at;
      this.#receiver.hole(missing);
    }
    this.#waitingSince = time;
    this.#drain(time);
  }

  #isStray(ahead: number): boolean {
    this.#strays = ahead < -FAR_BEHIND ? this.#strays + 1 : 0;
    return this.#strays >= STRAYS;
  }

  #restart(sequence: number): void {
    this.flush();
    this.#strays = 0;
    this.#next = sequence >>> 0;
    this.#receiver.hole(Infinity);
  }
}

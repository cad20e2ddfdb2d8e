import { DEFAULT_TCP_LIMITS, type TcpLimits } from "../../../src/packet/tcp/limits.js";
import { TcpMemory } from "../../../src/packet/tcp/held-segments.js";
import { TcpStream } from "../../../src/packet/tcp/stream.js";
import { concat } from "./bytes.js";

/** A piece of a stream: where it begins and what it holds. */
export interface Piece {
  readonly at: number;
  readonly bytes: Uint8Array;
  /** Bytes that were sent, where the capture cut some of them. */
  readonly length?: number;
}

/** Collects the bytes that a stream hands on, with a mark for each hole. */
class Collected {
  readonly parts: (Uint8Array | number)[] = [];
  readonly frames: number[] = [];

  data(bytes: Uint8Array, start: number, end: number, length: number, frame: number): void {
    this.parts.push(bytes.slice(start, end));
    this.frames.push(frame);
    if (length > end - start) this.parts.push(length - (end - start));
  }

  hole(length: number): void {
    this.parts.push(length);
  }

  /** All bytes in order, 0xee for each that is missing. */
  get bytes(): Uint8Array {
    return concat(
      ...this.parts.map((part) => (typeof part === "number" ? new Uint8Array(part).fill(0xee) : part)),
    );
  }

  get holes(): number[] {
    return this.parts.filter((part) => typeof part === "number");
  }
}

/** A stream with its receiver, fed with pieces by their position behind `first`. */
export class StreamBench {
  readonly collected = new Collected();
  readonly memory = new TcpMemory();
  readonly stream: TcpStream;
  readonly first: number;
  #frame = 0;

  constructor(limits: Partial<TcpLimits> = {}, first = 1000, opened = true) {
    this.stream = new TcpStream(this.collected, { ...DEFAULT_TCP_LIMITS, ...limits }, this.memory);
    this.first = first;
    if (opened) this.stream.open(first);
  }

  send({ at, bytes, length = bytes.length }: Piece, time = 0): void {
    // The segment stands in the middle of a buffer that is used again, as a reader's is.
    const margin = 3;
    const buffer = new Uint8Array(bytes.length + 2 * margin).fill(0x99);
    buffer.set(bytes, margin);
    const sequence = (this.first + at) >>> 0;
    this.stream.segment(sequence, buffer, margin, margin + bytes.length, length, ++this.#frame, time, 0);
    buffer.fill(0x77);
  }
}

/** Cuts bytes at the given places (any numbers: they are taken modulo the length). */
export function cutAt(bytes: Uint8Array, places: readonly number[]): Piece[] {
  const ends = [...new Set(places.map((place) => place % bytes.length)), 0, bytes.length].toSorted(
    (a, b) => a - b,
  );
  const unique = [...new Set(ends)];
  return unique.slice(1).map((end, index) => {
    const at = unique[index] ?? 0;
    return { at, bytes: bytes.slice(at, end) };
  });
}

/** The same pieces, each moved back or forth by at most `reach` places, as `shifts` tell. */
export function disordered<T>(pieces: readonly T[], shifts: readonly number[], reach: number): T[] {
  return pieces
    .map((piece, index) => ({ piece, place: index + ((shifts[index % shifts.length] ?? 0) % (reach + 1)) }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ piece }) => piece);
}

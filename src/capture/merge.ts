import type { ReadyRecords } from "../bytes/ready-records.js";
import { emptyRecord } from "./reader.js";
import type { Micros } from "../bytes/time.js";
import type { CaptureRecord, CaptureSource, CaptureSummary } from "./source.js";

/**
 * Several captures as one, in the order of time: of the next records of all files the earliest comes first, and of
 * equal times the file given first. A file whose own times go back keeps its order. Nothing is sorted in memory, so
 * rotated files of any number and size can be given in any order.
 *
 * A fault in one file is thrown when that file is stepped; whoever goes on gets the records of the others.
 */
export class MergedSource implements CaptureSource {
  /** A copy of the record that the file at hand holds, so that callers can keep the reference. */
  readonly record: CaptureRecord = emptyRecord(0);
  readonly #sources: readonly CaptureSource[];
  /** Sources whose record is the next of their file, as a binary heap with the earliest first. */
  readonly #ready: CaptureSource[] = [];
  /** Sources that need more bytes before anything can be compared, the next to be filled last. */
  readonly #starving: CaptureSource[];
  /** The heap's first was handed out and must step before the next comparison. */
  #handedOut = false;

  constructor(sources: readonly CaptureSource[]) {
    this.#sources = sources;
    this.#starving = sources.toReversed();
  }

  /** Those of the file whose record was handed out: until the next of another file comes, it is read alone. */
  get ready(): ReadyRecords | null {
    return this.#handedOut && this.#starving.length === 0 ? (this.#ready[0]?.ready ?? null) : null;
  }

  get readyUntil(): Micros {
    return Math.min(this.#ready[1]?.record.time ?? Infinity, this.#ready[2]?.record.time ?? Infinity);
  }

  next(): boolean {
    if (this.#handedOut) this.#stepFirst();
    const first = this.#ready[0];
    if (first === undefined || this.#starving.length > 0) return false;
    copyRecord(first.record, this.record);
    this.#handedOut = true;
    return true;
  }

  async fill(): Promise<boolean> {
    for (;;) {
      const source = this.#starving.pop();
      if (source === undefined) return this.#ready.length > 0;
      // If this throws, the source at fault has left the list, and a second call fills the others.
      if (await advance(source)) this.#push(source);
      else await source.close();
    }
  }

  summaries(): readonly CaptureSummary[] {
    return this.#sources.flatMap((source) => source.summaries());
  }

  async close(): Promise<void> {
    this.#ready.length = 0;
    this.#starving.length = 0;
    this.#handedOut = false;
    await Promise.all(this.#sources.map((source) => source.close()));
  }

  #stepFirst(): void {
    this.#handedOut = false;
    const first = this.#ready[0];
    if (first === undefined) return;
    let stepped = false;
    try {
      stepped = first.next();
      if (!stepped) this.#starving.push(first);
    } finally {
      if (!stepped) this.#dropFirst();
    }
    if (stepped) this.#sink();
  }

  #push(source: CaptureSource): void {
    const heap = this.#ready;
    let at = heap.length;
    heap.push(source);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent] as CaptureSource;
      if (!isBefore(source.record, above.record)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = source;
  }

  #dropFirst(): void {
    const last = this.#ready.pop();
    if (last === undefined || this.#ready.length === 0) return;
    this.#ready[0] = last;
    this.#sink();
  }

  /** Moves the first of the heap down to where its time belongs. */
  #sink(): void {
    const heap = this.#ready;
    const moved = heap[0] as CaptureSource;
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= heap.length) break;
      const right = child + 1;
      if (
        right < heap.length &&
        isBefore((heap[right] as CaptureSource).record, (heap[child] as CaptureSource).record)
      ) {
        child = right;
      }
      const below = heap[child] as CaptureSource;
      if (!isBefore(below.record, moved.record)) break;
      heap[at] = below;
      at = child;
    }
    heap[at] = moved;
  }
}

/** Steps a source to its next record, reading as needed; false at its end. */
async function advance(source: CaptureSource): Promise<boolean> {
  do {
    if (source.next()) return true;
  } while (await source.fill());
  return false;
}

function isBefore(a: CaptureRecord, b: CaptureRecord): boolean {
  if (a.time !== b.time) return a.time < b.time;
  if (a.nanos !== b.nanos) return a.nanos < b.nanos;
  return a.capture < b.capture;
}

function copyRecord(from: CaptureRecord, to: CaptureRecord): void {
  to.bytes = from.bytes;
  to.start = from.start;
  to.end = from.end;
  to.originalLength = from.originalLength;
  to.time = from.time;
  to.nanos = from.nanos;
  to.linkType = from.linkType;
  to.frame = from.frame;
  to.capture = from.capture;
  to.direction = from.direction;
}

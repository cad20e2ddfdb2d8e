import { emptyRecord } from "../../capture/reader.js";
import type { CaptureRecord } from "../../capture/source.js";
import type { RecentBytes, SyncPoint } from "./recent-bytes.js";

const NO_BYTES = new Uint8Array(0);

/**
 * Steps through the records of {@link RecentBytes}, the oldest first, up to the newest when the search began. It may pause
 * while more is captured: where it was overtaken, it goes on at the oldest record that is still there.
 */
export class RecordSearch {
  /** The record at hand, numbered from the start of the program; good until the next step, and until more is captured. */
  readonly record: CaptureRecord = emptyRecord(0);
  readonly #bytes: RecentBytes;
  /** The newest byte when the search began. */
  readonly #stop: number;
  #at: SyncPoint | null;
  #place = 0;
  /** The index of that place in the ring's memory. */
  #index = 0;
  #frame = 0;
  #scratch = NO_BYTES;

  /** Begins at the frame of that number, or shortly before it; at the oldest where it is gone. */
  constructor(bytes: RecentBytes, frame: number) {
    this.#bytes = bytes;
    this.#stop = bytes.ring.end;
    this.#at = null;
    this.#jump(bytes.syncOf(frame));
  }

  /** Steps to the next record; false where there is none any more. */
  next(): boolean {
    const { ring } = this.#bytes;
    for (;;) {
      if (this.#at === null) return false;
      if (this.#place < ring.start) {
        this.#jump(this.#bytes.syncFrom(ring.start));
        continue;
      }
      const { run } = this.#at;
      const { littleEndian, recordHeader } = run.variant;
      const limit = Math.min(run.end, this.#stop);
      const body = this.#place + recordHeader;
      const captured = body <= limit ? ring.u32(ring.after(this.#index, 8), littleEndian) : Infinity;
      if (body + captured <= limit) {
        this.#read(this.#at, captured);
        this.#place = body + captured;
        this.#index = ring.after(this.#index, recordHeader + captured);
        return true;
      }
      // The run ends within a record, or with one; the next begins behind it.
      this.#jump(run.end < this.#stop ? this.#bytes.syncFrom(run.end) : null);
    }
  }

  #jump(to: SyncPoint | null): void {
    this.#at = to === null || to.place >= this.#stop ? null : to;
    this.#place = to?.place ?? 0;
    this.#index = this.#bytes.ring.indexOf(this.#place);
    this.#frame = to?.frame ?? 0;
  }

  #read({ run }: SyncPoint, length: number): void {
    const { ring } = this.#bytes;
    const { record } = this;
    const at = this.#index;
    const { littleEndian, nanoseconds, recordHeader } = run.variant;
    const start = ring.after(at, recordHeader);
    if (start + length <= ring.size) {
      record.bytes = ring.bytes;
      record.start = start;
      record.end = start + length;
    } else {
      if (this.#scratch.length < length) this.#scratch = new Uint8Array(length * 2);
      ring.copy(start, this.#scratch.subarray(0, length));
      record.bytes = this.#scratch;
      record.start = 0;
      record.end = length;
    }
    const fraction = ring.u32(ring.after(at, 4), littleEndian);
    const micros = nanoseconds ? Math.floor(fraction / 1000) : fraction;
    record.time = ring.u32(at, littleEndian) * 1e6 + micros;
    record.nanos = nanoseconds ? fraction - micros * 1000 : 0;
    record.originalLength = Math.max(length, ring.u32(ring.after(at, 12), littleEndian));
    record.linkType = run.linkType;
    record.frame = this.#frame++;
  }
}

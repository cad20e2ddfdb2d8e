import { emptyRecord } from "../../capture/reader.js";
import type { CaptureRecord } from "../../capture/source.js";
import type { RecentBytes, SyncPoint } from "./recent-bytes.js";

const NO_BYTES = new Uint8Array(0);

/**
 * Steps through the records of {@link RecentBytes}, the oldest first, up to the newest when the search began. It may pause
 * while more is captured: where it was overtaken, it goes on at the oldest record that is still there.
 */
export class RecordSearch {
  /** The record at hand, numbered from the start of the program; good until the next step. */
  readonly record: CaptureRecord = emptyRecord(0);
  readonly #bytes: RecentBytes;
  /** The newest byte when the search began. */
  readonly #stop: number;
  #at: SyncPoint | null;
  #place = 0;
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
      const end = body <= limit ? body + ring.u32(this.#place + 8, littleEndian) : Infinity;
      if (end <= limit) {
        this.#read(this.#at, body, end);
        this.#place = end;
        return true;
      }
      // The run ends within a record, or with one; the next begins behind it.
      this.#jump(run.end < this.#stop ? this.#bytes.syncFrom(run.end) : null);
    }
  }

  #jump(to: SyncPoint | null): void {
    this.#at = to === null || to.place >= this.#stop ? null : to;
    this.#place = to?.place ?? 0;
    this.#frame = to?.frame ?? 0;
  }

  #read({ run }: SyncPoint, body: number, end: number): void {
    const { ring } = this.#bytes;
    const { littleEndian, nanoseconds } = run.variant;
    const length = end - body;
    if (this.#scratch.length < length) this.#scratch = new Uint8Array(length * 2);
    ring.copy(body, this.#scratch.subarray(0, length));
    const fraction = ring.u32(this.#place + 4, littleEndian);
    const micros = nanoseconds ? Math.floor(fraction / 1000) : fraction;
    const { record } = this;
    record.bytes = this.#scratch;
    record.start = 0;
    record.end = length;
    record.time = ring.u32(this.#place, littleEndian) * 1e6 + micros;
    record.nanos = nanoseconds ? fraction - micros * 1000 : 0;
    record.originalLength = Math.max(length, ring.u32(this.#place + 12, littleEndian));
    record.linkType = run.linkType;
    record.frame = this.#frame++;
  }
}

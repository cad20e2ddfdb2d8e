import type { ReadyRecords } from "../bytes/ready-records.js";
import type { Micros } from "../bytes/time.js";
import type { CaptureRecord, CaptureSource, CaptureSummary } from "./source.js";

/** A capture whose records are handed out up to a moment of its own time, which whoever reads it sets forward. */
export class PacedSource implements CaptureSource {
  readonly record: CaptureRecord;
  /** Records later than this are held back. */
  until: Micros = -Infinity;
  readonly #source: CaptureSource;
  #isHeld = false;

  constructor(source: CaptureSource) {
    this.#source = source;
    this.record = source.record;
  }

  /** While a record is held back nothing behind it may be taken. */
  get ready(): ReadyRecords | null {
    return this.#isHeld ? null : this.#source.ready;
  }

  get readyUntil(): Micros {
    return Math.min(this.until, this.#source.readyUntil);
  }

  /** Time of the record that is held back; null where none is. */
  get heldTime(): Micros | null {
    return this.#isHeld ? this.record.time : null;
  }

  next(): boolean {
    if (!this.#isHeld && !this.#source.next()) return false;
    this.#isHeld = this.record.time > this.until;
    return !this.#isHeld;
  }

  fill(): Promise<boolean> {
    return this.#source.fill();
  }

  summaries(): readonly CaptureSummary[] {
    return this.#source.summaries();
  }

  close(): Promise<void> {
    return this.#source.close();
  }
}

import { emptyRecord } from "./reader.js";
import type { CaptureRecord, CaptureSource, CaptureSummary } from "./source.js";

/** A source of no packets, if no capture is given: what hosts say is judged alone. */
export class NoCapture implements CaptureSource {
  readonly ready = null;
  readonly readyUntil = -Infinity;
  readonly record: CaptureRecord = emptyRecord(0);

  next(): boolean {
    return false;
  }

  fill(): Promise<boolean> {
    return Promise.resolve(false);
  }

  summaries(): readonly CaptureSummary[] {
    return [];
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

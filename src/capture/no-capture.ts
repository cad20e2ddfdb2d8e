import { type CaptureRecord, type CaptureSource, type CaptureSummary, DIRECTION } from "./source.js";

/** Stands for captures where there are none: what hosts say is judged alone. */
export class NoCapture implements CaptureSource {
  readonly ready = null;
  readonly readyUntil = -Infinity;
  readonly record: CaptureRecord = {
    bytes: new Uint8Array(0),
    start: 0,
    end: 0,
    originalLength: 0,
    time: 0,
    nanos: 0,
    linkType: 0,
    frame: 0,
    capture: 0,
    direction: DIRECTION.unknown,
  };

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

import { emptyRecord } from "../../capture/reader.js";
import type { CaptureRecord, CaptureSource, CaptureSummary } from "../../capture/source.js";
import type { KeptFrame } from "../../live/recent/kept-frame.js";

/** Frames that were copied out of a live capture, as a source to be read once. */
export class KeptSource implements CaptureSource {
  readonly record: CaptureRecord = emptyRecord(0);
  readonly ready = null;
  readonly readyUntil = -Infinity;
  readonly #frames: readonly KeptFrame[];
  #at = 0;

  constructor(frames: readonly KeptFrame[]) {
    this.#frames = frames;
  }

  next(): boolean {
    const kept = this.#frames[this.#at++];
    if (kept === undefined) return false;
    const { bytes, frame, time, nanos, linkType, originalLength, direction } = kept;
    const end = bytes.length;
    Object.assign(this.record, {
      bytes,
      start: 0,
      end,
      frame,
      time,
      nanos,
      linkType,
      originalLength,
      direction,
    });
    return true;
  }

  fill(): Promise<boolean> {
    return Promise.resolve(false);
  }

  /** They are of no file. */
  summaries(): readonly CaptureSummary[] {
    return [];
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

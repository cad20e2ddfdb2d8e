import { emptyRecord } from "./reader.js";
import type { CaptureRecord, CaptureSource, CaptureSummary } from "./source.js";

/** A frame that memory holds, with bytes of its own. */
type HeldFrame = Readonly<
  Pick<CaptureRecord, "bytes" | "frame" | "time" | "nanos" | "linkType" | "originalLength" | "direction">
>;

/** Frames of no file, in the order in which they are given, as a source to be read once; without any, what hosts say is judged alone. */
export class FramesSource implements CaptureSource {
  readonly record: CaptureRecord = emptyRecord(0);
  readonly ready = null;
  readonly readyUntil = -Infinity;
  readonly #frames: readonly HeldFrame[];
  #at = 0;

  constructor(frames: readonly HeldFrame[]) {
    this.#frames = frames;
  }

  next(): boolean {
    const held = this.#frames[this.#at++];
    if (held === undefined) return false;
    const { bytes, frame, time, nanos, linkType, originalLength, direction } = held;
    const end = bytes.length;
    const placed = { bytes, start: 0, end, frame, time, nanos, linkType, originalLength, direction };
    Object.assign(this.record, placed);
    return true;
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

import type { FrameRef } from "../../bytes/frame.js";
import type { Micros } from "../../bytes/time.js";
import type { CaptureRecord } from "../../capture/source.js";

/** A frame that was copied out of the capture. */
export interface KeptFrame {
  /** Counted from the start of the program. */
  readonly frame: FrameRef;
  readonly time: Micros;
  readonly nanos: number;
  readonly linkType: number;
  /** Length on the wire. */
  readonly originalLength: number;
  readonly direction: number;
  /** Its own memory; shorter than what was captured where it was cut. */
  readonly bytes: Uint8Array;
}

/** Copies a record up to `end`, a place in its bytes. */
export function keptFrame(record: CaptureRecord, frame: FrameRef, end = record.end): KeptFrame {
  const { time, nanos, linkType, originalLength, direction, bytes, start } = record;
  return { frame, time, nanos, linkType, originalLength, direction, bytes: bytes.slice(start, end) };
}

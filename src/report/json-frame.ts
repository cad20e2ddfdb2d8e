import { frameCapture, frameNumber, type FrameRef } from "../bytes/frame.js";
import { isoTime, type Micros } from "../bytes/time.js";

/** The part of the captures that decides how frames and times are written. */
export interface JsonContext {
  readonly severalFiles: boolean;
  readonly nanos: boolean;
}

/** A frame by its number, and by its file where there are several. */
export function frameJson(frame: FrameRef, { severalFiles }: JsonContext) {
  return {
    frame: frameNumber(frame),
    ...(severalFiles ? { capture: frameCapture(frame) } : {}),
  };
}

/** A time as text, to the nanosecond where the captures have them. */
export function timeText(time: Micros, nanos: number, context: JsonContext): string {
  return isoTime(time, context.nanos ? nanos : undefined);
}

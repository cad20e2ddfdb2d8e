import type { FrameRef } from "../../bytes/frame.js";
import type { Micros } from "../../bytes/time.js";

/** A frame and its time. */
export interface Moment {
  readonly frame: FrameRef;
  readonly time: Micros;
}

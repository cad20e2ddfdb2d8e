import { frameNumber, type FrameRef } from "../bytes/frame.js";
import type { Micros } from "../bytes/time.js";
import type { CaptureFile } from "../session/model.js";

/** Files merged from several interfaces, or written by several queues, hold disorder of less than this. */
export const SMALLEST_JUMP: Micros = 3_000_000;

/** 1 January 2003. Devices without a battery begin at 1970, 1993, 2000 or 2002 until somebody sets their clock. */
const SET_SINCE: Micros = 1_041_379_200_000_000;

/** Whether the time can be that of a clock that was set. */
export function isSet(time: Micros): boolean {
  return time >= SET_SINCE;
}

/** The clock was set while this file was written: it holds packets of a clock that was not set, and of one that was. */
export function wasSetMeanwhile({
  firstTime,
  lastTime,
}: Pick<CaptureFile, "firstTime" | "lastTime">): boolean {
  return firstTime !== null && lastTime !== null && !isSet(firstTime) && isSet(lastTime);
}

/** The clock was set back while this file was written, or files were joined end to end. */
export function wasSetBack({ stepBack }: Pick<CaptureFile, "stepBack">): boolean {
  return stepBack !== null && stepBack.by >= SMALLEST_JUMP;
}

/**
 * How much too long the time from a packet to the end of its file may seem: behind a clock that was set back the end is one
 * from before, and ahead of one that was set at all it lies decades later.
 */
export function clockError(file: CaptureFile, frame: FrameRef, time: Micros): Micros {
  const { stepBack } = file;
  if (wasSetMeanwhile(file) && !isSet(time)) return Infinity;
  return stepBack !== null && wasSetBack(file) && frameNumber(frame) >= stepBack.frame ? stepBack.by : 0;
}

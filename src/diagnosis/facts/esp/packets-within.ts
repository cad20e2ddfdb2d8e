import type { Micros } from "../../../bytes/time.js";
import type { EspStream } from "../../../esp/stream.js";

/** Whether a stream may have a packet between two times: it has one there, or its longest pause does not cover them. */
export function mayHavePacketWithin(
  { firstTime, lastTime, gapFrom, gapTo }: Pick<EspStream, "firstTime" | "lastTime" | "gapFrom" | "gapTo">,
  from: Micros,
  to: Micros,
): boolean {
  if (lastTime <= from || firstTime >= to) return false;
  return firstTime > from || lastTime < to || gapFrom > from || gapTo < to;
}

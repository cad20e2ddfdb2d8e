import { type Clock, dateAndTime } from "../../bytes/clock.js";
import type { Micros } from "../../bytes/time.js";
import type { CaptureObservations } from "../../session/model.js";

/** A capture this long shows a time of day twice. */
const DAY: Micros = 86_400_000_000;

/** "22:13:21", with its date before it where the capture is a day long or more. */
export function momentText(
  clock: Clock,
  time: Micros,
  { firstTime, lastTime }: Pick<CaptureObservations, "firstTime" | "lastTime">,
): string {
  const text = dateAndTime(clock, time);
  const isLong = firstTime !== null && lastTime !== null && lastTime - firstTime >= DAY;
  return isLong ? text : text.slice("YYYY-MM-DD ".length);
}

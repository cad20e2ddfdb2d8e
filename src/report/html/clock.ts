import { type Clock, dateAndTime, timeOfDay } from "../../bytes/clock.js";
import type { Micros } from "../../bytes/time.js";

/** "2026-11-21 17:14:58.233480" as the clock shows it. */
export function clockText(clock: Clock, time: Micros): string {
  return dateAndTime(clock, time) + timeOfDay(clock, time).slice("HH:MM:SS".length);
}

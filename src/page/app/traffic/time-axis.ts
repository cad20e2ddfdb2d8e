import { type Clock, timeOfDay } from "../../../bytes/clock.js";
import type { Micros } from "../../../bytes/time.js";
import { roundStep } from "./round-step.js";

const SECOND = 1_000_000;
/** Steps beyond a second that divide minutes, hours and days, seconds. */
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400];

/** Distance of the ticks of a time axis, microseconds. */
export function timeStep(least: Micros): Micros {
  if (least < SECOND) return Math.max(1, roundStep(least));
  const step = STEPS.find((seconds) => seconds * SECOND >= least);
  return step === undefined ? Math.ceil(least / (86_400 * SECOND)) * 86_400 * SECOND : step * SECOND;
}

/** A time of day with as many digits as the distance of ticks asks for. */
export function tickTime(clock: Clock, time: Micros, step: Micros): string {
  const text = timeOfDay(clock, Math.round(time));
  const digits = step >= SECOND ? 0 : Math.min(6, Math.ceil(-Math.log10(step / SECOND)));
  return text.slice(0, digits === 0 ? 8 : 9 + digits);
}

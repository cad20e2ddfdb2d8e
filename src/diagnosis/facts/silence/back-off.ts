import type { Micros } from "../../../bytes/time.js";
import type { Transmission } from "../../../session/model.js";

/** The next repeat of a back-off comes within this many of the last interval (strongSwan 1.8, Libreswan 2). */
const BACK_OFF = 2.5;

/** When the next attempt of a back-off would come at the latest. */
export function nextDue({ sightings }: Transmission): Micros {
  const [before, last] = sightings.slice(-2);
  if (before === undefined || last === undefined) return Infinity;
  return last.time + (last.time - before.time) * BACK_OFF;
}

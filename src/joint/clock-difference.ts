import type { Micros } from "../bytes/time.js";

/** Clocks that are set by the network differ by less, microseconds; a stamp of whole seconds is cut off by one more. */
export const IN_STEP_US: Micros = 2e6;
/** Zones differ by whole quarters of an hour, at most 14 hours from UTC (tz database). */
const QUARTER_US: Micros = 900e6;
const FARTHEST_ZONE_US: Micros = 14 * 3600e6;

/** Whether two clocks are the same for all that a log and a capture can tell. */
export function isInStep(offset: Micros): boolean {
  return Math.abs(offset) <= IN_STEP_US;
}

/** Whether a difference is that of two zones and no other. */
export function isZone(offset: Micros): boolean {
  const quarters = Math.round(offset / QUARTER_US);
  return (
    quarters !== 0 &&
    Math.abs(offset) <= FARTHEST_ZONE_US + IN_STEP_US &&
    isInStep(offset - quarters * QUARTER_US)
  );
}

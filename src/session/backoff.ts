import type { Micros } from "../bytes/time.js";

/** How a daemon spaces its retransmissions: the first gap, and what each gap is multiplied with to give the next. */
interface Schedule {
  readonly implementation: string;
  readonly factor: number;
  /** First gap in seconds; null where users commonly set it themselves, so that the factor alone must do. */
  readonly firstGap: number | null;
}

/**
 * Schedules by the documentation of their makers: strongSwan multiplies by 1.8 from 4 s on, both configurable
 * (retransmit_timeout, retransmit_base); Libreswan doubles from 0.5 s on (retransmit-interval).
 */
const SCHEDULES: readonly Schedule[] = [
  { implementation: "strongSwan", factor: 1.8, firstGap: null },
  { implementation: "Libreswan", factor: 2, firstGap: 0.5 },
];

/** A gap may differ by so much from the schedule: timers are late, never early. */
const TOLERANCE = 0.06;
/** Gaps that a fingerprint needs: two make one factor, and one factor is a coincidence. */
const LEAST_GAPS = 3;

/**
 * Names the implementation whose schedule the tries of one message follow; null where none fits, or where there are too
 * few tries to tell. `times` in order.
 */
export function scheduleOf(times: readonly Micros[]): string | null {
  const gaps = times.slice(1).map((time, index) => (time - (times[index] ?? time)) / 1e6);
  if (gaps.length < LEAST_GAPS || gaps.some((gap) => gap <= 0)) return null;
  const fits = SCHEDULES.find(
    ({ factor, firstGap }) =>
      (firstGap === null || isNear(gaps[0] ?? 0, firstGap)) &&
      gaps.slice(1).every((gap, index) => isNear(gap, (gaps[index] ?? 0) * factor)),
  );
  return fits?.implementation ?? null;
}

function isNear(value: number, wanted: number): boolean {
  return Math.abs(value - wanted) <= wanted * TOLERANCE;
}

import type { Micros } from "../bytes/time.js";
import { type Schedule, SCHEDULES } from "./schedules.js";

/** Whose schedule the tries of a message follow. */
export interface BackOff {
  /** "Libreswan or Android" where more than one has it. */
  readonly name: string;
  readonly confidence: Schedule["confidence"];
}

/** A gap may differ by so much from the schedule: timers are late, never early. */
const TOLERANCE = 0.06;
/** Gaps that a fingerprint needs: two make one factor, and one factor is a coincidence. */
const LEAST_GAPS = 3;
/** strongSwan's users set its first gap themselves (retransmit_timeout); nobody else multiplies by its factor. */
const STRONGSWAN_FACTOR = 1.8;

/**
 * Names the implementations whose schedule the tries of one message of IKE version `version` follow; null where none
 * fits, or where there are too few tries to tell. `times` in order.
 */
export function scheduleOf(times: readonly Micros[], version: 1 | 2): BackOff | null {
  const gaps = times.slice(1).map((time, index) => (time - (times[index] ?? time)) / 1e6);
  if (gaps.length < LEAST_GAPS || gaps.some((gap) => gap <= 0)) return null;
  const fitting = SCHEDULES.filter((schedule) => fits(schedule, gaps, version));
  const names = [...new Set(fitting.flatMap(({ implementations }) => implementations))];
  const [name] = names;
  if (name === undefined) {
    return multiplies(gaps, STRONGSWAN_FACTOR) ? { name: "strongSwan", confidence: "possible" } : null;
  }
  if (names.length > 1) return { name: alternatives(names), confidence: "possible" };
  return { name, confidence: fitting[0]?.confidence ?? "possible" };
}

function fits(schedule: Schedule, gaps: readonly number[], version: 1 | 2): boolean {
  if (schedule.version !== null && schedule.version !== version) return false;
  if (gaps.length < schedule.least) return false;
  return gaps.every((gap, index) => {
    const wanted = gapAt(schedule, index);
    return wanted !== null && isNear(gap, wanted);
  });
}

/** Seconds between two tries, the first pair being 0; null where the schedule has ended. */
function gapAt({ gaps, further }: Schedule, index: number): number | null {
  const given = gaps[index];
  if (given !== undefined) return given;
  return further === null ? null : (gaps.at(-1) ?? 0) * further ** (index - gaps.length + 1);
}

function multiplies(gaps: readonly number[], factor: number): boolean {
  return gaps.slice(1).every((gap, index) => isNear(gap, (gaps[index] ?? 0) * factor));
}

function isNear(value: number, wanted: number): boolean {
  return Math.abs(value - wanted) <= wanted * TOLERANCE;
}

/** "A, B or C". */
function alternatives(names: readonly string[]): string {
  return `${names.slice(0, -1).join(", ")} or ${names.at(-1) ?? ""}`;
}

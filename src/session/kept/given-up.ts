import type { Moment, Transmission } from "../model.js";

/** What of an IKE SA was counted and is not kept. */
export interface GivenUp {
  readonly messages: number;
  /** Messages of these that were liveness checks and their answers, one like the other. */
  readonly checks: number;
  /** The first and the last of them. */
  readonly from: Moment;
  readonly to: Moment;
}

/** Adds a transmission that is given up to what was before. */
export function withTransmission(before: GivenUp | null, { tries, sightings }: Transmission): GivenUp | null {
  let sum = before;
  for (const { time, frames } of sightings) sum = withMoment(sum, { time, frame: frames[0] ?? 0 });
  return sum === null ? null : { ...sum, messages: sum.messages + tries };
}

/** Adds an answered liveness check, from its request to its answer. */
export function withCheck(before: GivenUp | null, asked: Moment, answered: Moment): GivenUp {
  const sum = withMoment(withMoment(before, asked), answered);
  return { ...sum, messages: sum.messages + 2, checks: sum.checks + 2 };
}

function withMoment(before: GivenUp | null, moment: Moment): GivenUp {
  if (before === null) return { messages: 0, checks: 0, from: moment, to: moment };
  if (moment.time < before.from.time) return { ...before, from: moment };
  return moment.time > before.to.time ? { ...before, to: moment } : before;
}

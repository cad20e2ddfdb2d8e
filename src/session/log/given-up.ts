import type { Micros } from "../../bytes/time.js";
import type { Exchange, Moment, Role, Transmission } from "../model.js";

/** Counters of the messages of an IKE SA that are not kept. */
export interface GivenUp {
  readonly messages: number;
  /** Messages of these that were liveness checks and their answers, one like the other. */
  readonly checks: number;
  /** Exchanges of these that each side answered. */
  readonly answers: Readonly<Record<Role, number>>;
  /** The first and the last of them. */
  readonly from: Moment;
  readonly to: Moment;
  /** The longest time between two of them that is known; others may have been forgotten for it. */
  readonly pause: Pause | null;
}

interface Pause {
  readonly from: Moment;
  readonly to: Moment;
}

const NO_ANSWERS = { initiator: 0, responder: 0 } as const;

/** How often a message was sent, and where it was seen. */
export type CountedTransmission = Pick<Transmission, "tries" | "sightings">;

/** The part of an exchange that is counted when it is given up. */
export interface CountedExchange extends Pick<Exchange, "startedBy"> {
  readonly request: CountedTransmission | null;
  readonly response: CountedTransmission | null;
}

/** The same counters where the peers have each other's roles. */
export function withAnswersTurned(givenUp: GivenUp): GivenUp {
  const { initiator, responder } = givenUp.answers;
  return { ...givenUp, answers: { initiator: responder, responder: initiator } };
}

/** Adds an exchange that is given up to what was before. */
export function withExchange(
  before: GivenUp | null,
  { startedBy, request, response }: CountedExchange,
): GivenUp | null {
  const asked = request === null ? before : withTransmission(before, request);
  const sum = response === null ? asked : withTransmission(asked, response);
  return sum === null || request === null || response === null ? sum : withAnswer(sum, startedBy);
}

function withTransmission(before: GivenUp | null, { tries, sightings }: CountedTransmission): GivenUp | null {
  let sum = before;
  for (const { time, frames } of sightings) sum = withMoment(sum, { time, frame: frames[0] ?? 0 });
  return sum === null ? null : { ...sum, messages: sum.messages + tries };
}

/** An answered liveness check; `since` is the answer of the one before it, which may be kept. */
interface AnsweredCheck {
  readonly startedBy: Role;
  readonly asked: Moment;
  readonly answered: Moment;
  readonly since: Moment | null;
}

/** Adds such a check, from its request to its answer. */
export function withCheck(
  before: GivenUp | null,
  { startedBy, asked, answered, since }: AnsweredCheck,
): GivenUp {
  const sum = withAnswer(withMoment(withMoment(before, asked, since), answered), startedBy);
  return { ...sum, messages: sum.messages + 2, checks: sum.checks + 2 };
}

function withAnswer(sum: GivenUp, startedBy: Role): GivenUp {
  const { initiator, responder } = sum.answers;
  const answers =
    startedBy === "initiator"
      ? { initiator, responder: responder + 1 }
      : { initiator: initiator + 1, responder };
  return { ...sum, answers };
}

function withMoment(before: GivenUp | null, moment: Moment, since: Moment | null = null): GivenUp {
  if (before === null)
    return { messages: 0, checks: 0, answers: NO_ANSWERS, from: moment, to: moment, pause: null };
  const { from, to, pause } = before;
  if (moment.time < from.time) {
    return { ...before, from: moment, pause: longerOf(pause, { from: moment, to: from }) };
  }
  if (moment.time > to.time) {
    const begin = since !== null && since.time > to.time ? since : to;
    return { ...before, to: moment, pause: longerOf(pause, { from: begin, to: moment }) };
  }
  if (pause === null || moment.time <= pause.from.time || moment.time >= pause.to.time) return before;
  const [first, second] = [
    { from: pause.from, to: moment },
    { from: moment, to: pause.to },
  ];
  return { ...before, pause: longerOf(first, second) };
}

function longerOf(one: Pause | null, other: Pause): Pause {
  return one === null || lengthOf(other) > lengthOf(one) ? other : one;
}

function lengthOf({ from, to }: Pause): Micros {
  return to.time - from.time;
}

import type { Micros } from "../bytes/time.js";
import { EXCHANGE_V1 } from "../ike/registries/exchanges.js";
import type { Suite } from "../ike/suite.js";
import type { Exchange } from "./model.js";
import { mayBeCheckV1 } from "./notification-length-v1.js";
import { firstTimeOf } from "./sightings.js";

/** Deletes of several SAs leave at once; liveness checks are seconds apart. Microseconds. */
export const CHECKS_APART = 900_000;

/** A peer that lives acknowledges a check within this time. */
const ACKNOWLEDGED: Micros = 2_000_000;
/** Deletes of both sides look like one check and its acknowledgement; several, apart, do not. */
const LEAST_ANSWERED = 2;

/** Whether an IKEv1 INFORMATIONAL may acknowledge the one before it, a liveness check of the other side. */
export function mayAcknowledgeV1(
  answer: Exchange,
  before: Exchange | undefined,
  suite: Suite | null,
): boolean {
  const length = answer.request?.message.header.length ?? 0;
  return (
    before?.exchangeType === EXCHANGE_V1.INFORMATIONAL &&
    isAnswerTo(answer, before) &&
    mayBeCheckV1(length, suite)
  );
}

function isAnswerTo(answer: Exchange, asked: Exchange | undefined): boolean {
  return (
    asked !== undefined &&
    asked.startedBy !== answer.startedBy &&
    asked.request?.message.header.length === answer.request?.message.header.length &&
    firstTimeOf(answer.request) - firstTimeOf(asked.request) < ACKNOWLEDGED
  );
}

/**
 * The acknowledgements of liveness checks: INFORMATIONALs of the length that the other side sent just before, several of them and
 * apart. Empty where there are fewer. They prove an IKE SA that both sides have, wherever the capture begins.
 */
export function answeredChecksV1(later: readonly Exchange[], suite: Suite | null): readonly Exchange[] {
  const messages = later.filter(
    ({ exchangeType, request }) =>
      exchangeType === EXCHANGE_V1.INFORMATIONAL &&
      request !== null &&
      mayBeCheckV1(request.message.header.length, suite),
  );
  const answers = messages.filter((answer, index) => isAnswerTo(answer, messages[index - 1]));
  const [first, last] = [answers[0], answers.at(-1)];
  const isApart = firstTimeOf(last?.request ?? null) - firstTimeOf(first?.request ?? null) >= CHECKS_APART;
  return answers.length >= LEAST_ANSWERED && isApart ? answers : [];
}

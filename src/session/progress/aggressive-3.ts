import { EXCHANGE_V1 } from "../../ike/registries/exchanges.js";
import type { Exchange, IkeSa } from "../model.js";
import { firstTimeOf, sentAfter } from "../sightings.js";

/** Aggressive Mode 2 is sent again, and again: one copy may have crossed Aggressive Mode 3. */
const REPEATS_OF_ANSWER = 2;

/** An initiator that sends Aggressive Mode 3 a third time waits for a message (XAUTH, mode config) that does not come. */
const ATTEMPTS = 3;

/**
 * Whether Aggressive Mode 3 (RFC 2409 5.1, 5.4), which wants no answer, is sent in vain: the responder repeats the message before it,
 * or the initiator repeats this one, and nothing else of the responder follows.
 */
export function isUnmet(exchange: Exchange, sa: IkeSa): boolean {
  if (!isAggressive(exchange, 3) || exchange.request === null) return false;
  const sentAt = firstTimeOf(exchange.request);
  const isMet = sa.exchanges.some(
    (other) =>
      !isAggressive(other, 1) &&
      (other.response !== null || (other.startedBy === "responder" && firstTimeOf(other.request) >= sentAt)),
  );
  if (isMet) return false;
  return (
    sentAfter(exchange.request, -Infinity) >= ATTEMPTS || repeatsOfAnswer(exchange, sa) >= REPEATS_OF_ANSWER
  );
}

/** How often the responder sends Aggressive Mode 2 after Aggressive Mode 3 was sent to it. */
export function repeatsOfAnswer({ request }: Exchange, { exchanges }: IkeSa): number {
  const answer = exchanges.find((one) => isAggressive(one, 1))?.response ?? null;
  return sentAfter(answer, firstTimeOf(request));
}

function isAggressive({ exchangeType, step }: Exchange, number: 1 | 3): boolean {
  return exchangeType === EXCHANGE_V1.AGGRESSIVE_MODE && step === number;
}

import type { Micros } from "../bytes/time.js";
import { notifyName } from "../ike/registries/notify.js";
import type { Exchange, IkeSa } from "../session/model.js";
import { isAnsweredUnseen } from "../session/overtaken.js";
import { errorNotify } from "../session/payloads.js";

export type Outcome =
  | "answered"
  | "unanswered"
  | "refused"
  | "request-not-seen"
  | "no-answer-expected"
  | "incomplete";

/** How an exchange ended, as far as the capture shows. */
export function outcomeOf({ request, response, expectsResponse }: Exchange): Outcome {
  if (request === null) return "request-not-seen";
  if (response !== null) return errorNotify(response) === null ? "answered" : "refused";
  if (!expectsResponse) return "no-answer-expected";
  return request.sightings.every(({ missingFragments }) => missingFragments !== null)
    ? "incomplete"
    : "unanswered";
}

/** An answer may take so long; who waits longer asks again. */
const PATIENCE: Micros = 2_000_000;

/** The outcome in words for a table cell, with the notify that a refusal names; the capture ends at `end`. */
export function outcomeText(sa: IkeSa, exchange: Exchange, end: Micros | null): string {
  const version = sa.majorVersion;
  const outcome = outcomeOf(exchange);
  const notify = errorNotify(exchange.response) ?? errorNotify(exchange.request);
  switch (outcome) {
    case "answered":
      return "answered";
    case "unanswered":
      if (isAnsweredUnseen(sa, exchange)) return "answer not seen";
      return isJustAsked(exchange, end) ? "capture ends" : "NO ANSWER";
    case "incomplete":
      return "INCOMPLETE";
    case "refused":
      return notify === null ? "refused" : notifyName(version, notify.notifyType);
    case "request-not-seen":
      return "request not seen";
    case "no-answer-expected":
      return notify === null ? "-" : notifyName(version, notify.notifyType);
  }
}

/** Asked once, so late that the capture has no room for an answer. */
function isJustAsked({ request }: Exchange, end: Micros | null): boolean {
  const asked = request?.sightings.at(-1)?.time;
  return request?.tries === 1 && asked !== undefined && end !== null && end - asked < PATIENCE;
}

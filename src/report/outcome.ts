import { firstFrameOf, type ToldOutcome, type ToldOutcomes } from "../diagnosis/told-outcomes.js";
import { type Message, say } from "../texts/message.js";
import type { Micros } from "../bytes/time.js";
import { notifyName } from "../ike/registries/notify.js";
import type { Exchange, IkeSa } from "../session/model.js";
import { isAnsweredUnseen, isOtherSideUnseen } from "../session/overtaken.js";
import { errorNotify } from "../session/payloads.js";

export type Outcome =
  | "answered"
  | "unanswered"
  | "refused"
  | "request-not-seen"
  | "no-answer-expected"
  | "incomplete";

/** How an exchange ended, as far as the capture shows, keys open it, and findings say. */
export function outcomeOf(exchange: Exchange, { exchanges }: ToldOutcomes): Outcome {
  const { request, response, expectsResponse } = exchange;
  const told = toldOf(exchange, exchanges);
  if (told !== undefined && isRefusal(told)) return "refused";
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
export function outcomeText(sa: IkeSa, exchange: Exchange, end: Micros | null, told: ToldOutcomes): Message {
  const version = sa.majorVersion;
  const more = toldOf(exchange, told.exchanges);
  if (more !== undefined) return toldText(more);
  const outcome = outcomeOf(exchange, told);
  const notify = errorNotify(exchange.response) ?? errorNotify(exchange.request);
  switch (outcome) {
    case "answered":
      return "answered";
    case "unanswered":
      if (isAnsweredUnseen(sa, exchange)) return "answer not seen";
      if (isOtherSideUnseen(sa)) return "other side not seen";
      return isJustAsked(exchange, end) ? "capture ends" : "NO ANSWER";
    case "incomplete":
      return "INCOMPLETE";
    case "refused":
      return notify === null ? "refused" : say`refused: ${notifyName(version, notify.notifyType)}`;
    case "request-not-seen":
      return "request not seen";
    case "no-answer-expected":
      return notify === null ? "-" : notifyName(version, notify.notifyType);
  }
}

function toldOf(exchange: Exchange, exchanges: ToldOutcomes["exchanges"]): ToldOutcome | undefined {
  const frame = firstFrameOf(exchange);
  return frame === undefined ? undefined : exchanges.get(frame);
}

function toldText(told: ToldOutcome): Message {
  switch (told.kind) {
    case "refused":
      return say`refused: ${told.notify}`;
    case "refused-by-length":
      return "refused (by length)";
    case "refused-by-informational":
      return "refused: INFORMATIONAL";
    case "refusal":
      return "refusal";
    case "icmp-error":
      return "ICMP error";
    case "answer-lost":
      return "answer lost";
  }
}

/** Whether the peer itself refused the request. */
function isRefusal({ kind }: ToldOutcome): boolean {
  return kind === "refused" || kind === "refused-by-length" || kind === "refused-by-informational";
}

/** Asked once, so late that the capture has no room for an answer. */
function isJustAsked({ request }: Exchange, end: Micros | null): boolean {
  const asked = request?.sightings.at(-1)?.time;
  return request?.tries === 1 && asked !== undefined && end !== null && end - asked < PATIENCE;
}

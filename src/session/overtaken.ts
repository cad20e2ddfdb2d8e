import { EXCHANGE_V1, EXCHANGE_V2 } from "../ike/registries/exchanges.js";
import type { Exchange, IkeSa, Role } from "./model.js";
import { otherRole } from "./model/queries.js";

/**
 * The side that asked goes on to what takes an answer: the next Message ID (RFC 7296 2.3, one request at a time), in IKEv1 the
 * next message of phase 1, phase 2, or the third message of quick mode. Or the responder asks something itself, which it does only
 * behind a whole setup. So the request was answered, though no answer is in the capture.
 */
export function isAnsweredUnseen({ exchanges, majorVersion }: IkeSa, asked: Exchange): boolean {
  if (asked.request === null || asked.response !== null) return false;
  const isSetup = majorVersion === 2 && asked.exchangeType === EXCHANGE_V2.IKE_AUTH;
  if (isSetup && exchanges.some(({ startedBy }) => startedBy !== asked.startedBy)) return true;
  return exchanges.some(
    (other) =>
      other.request !== null &&
      (majorVersion === 2
        ? other.startedBy === asked.startedBy && other.messageId > asked.messageId
        : followsAnswer(other, asked)),
  );
}

function followsAnswer(other: Exchange, asked: Exchange): boolean {
  const isNext = other.startedBy === asked.startedBy && other.step > asked.step;
  if (other.messageId === asked.messageId) return isNext;
  return asked.messageId === 0 && isPhase2(other);
}

/** Whether messages of one side alone were captured, and they take messages of the other side. */
export function isOtherSideUnseen({ exchanges, majorVersion }: IkeSa): boolean {
  const senders = new Set(exchanges.flatMap(sendersOf));
  const places = new Set(
    exchanges.map((exchange) => {
      const { startedBy, messageId, exchangeType, step } = exchange;
      if (majorVersion === 2) return `${startedBy} ${messageId}`;
      return messageId === 0 ? `${exchangeType}:${step}` : isPhase2(exchange) ? "phase 2" : "";
    }),
  );
  places.delete("");
  return senders.size === 1 && places.size > 1;
}

function sendersOf({ startedBy, request, response }: Exchange): Role[] {
  return [...(request === null ? [] : [startedBy]), ...(response === null ? [] : [otherRole(startedBy)])];
}

/** Quick mode and transactions come behind a whole phase 1 (RFC 2409 5.5); an INFORMATIONAL may refuse it. */
function isPhase2({ exchangeType }: Exchange): boolean {
  return exchangeType === EXCHANGE_V1.QUICK_MODE || exchangeType === EXCHANGE_V1.TRANSACTION;
}

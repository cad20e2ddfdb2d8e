import { EXCHANGE_V1, EXCHANGE_V2 } from "../ike/registries/exchanges.js";
import type { Exchange, IkeSa, Role } from "./model.js";
import { otherRole } from "./model/queries.js";

/**
 * Whether the request was answered, though no answer is in the capture: the side that asked goes on to what takes an answer, the
 * next Message ID (RFC 7296 2.3, one request at a time), in IKEv1 the next message of phase 1, phase 2, or the third message of
 * quick mode. Or the responder asks something itself, which it does only after a whole setup.
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

/** Whether messages of one side alone were captured that come only after messages of the other side. */
export function isOtherSideUnseen({ exchanges, majorVersion }: IkeSa): boolean {
  const senders = new Set(exchanges.flatMap(sendersOf));
  const stages = new Set(exchanges.flatMap((exchange) => stageOf(majorVersion, exchange)));
  return senders.size === 1 && stages.size > 1;
}

/** A name of what comes only after an answer to the stage before; nothing for an INFORMATIONAL of IKEv1. */
function stageOf(majorVersion: 1 | 2, exchange: Exchange): string[] {
  const { startedBy, messageId, exchangeType, step } = exchange;
  if (majorVersion === 2) return [`${startedBy} ${messageId}`];
  if (messageId === 0) return [`${exchangeType} ${step}`];
  return isPhase2(exchange) ? ["phase 2"] : [];
}

function sendersOf({ startedBy, request, response }: Exchange): Role[] {
  return [...(request === null ? [] : [startedBy]), ...(response === null ? [] : [otherRole(startedBy)])];
}

/** Quick mode and transactions come behind a whole phase 1 (RFC 2409 5.5); an INFORMATIONAL may refuse it. */
function isPhase2({ exchangeType }: Exchange): boolean {
  return exchangeType === EXCHANGE_V1.QUICK_MODE || exchangeType === EXCHANGE_V1.TRANSACTION;
}

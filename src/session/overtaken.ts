import { EXCHANGE_V2 } from "../ike/registries/exchanges.js";
import type { Exchange, IkeSa } from "./model.js";

/**
 * The side that asked goes on to what takes an answer: the next Message ID (RFC 7296 2.3, one request at a time), in IKEv1 phase 1 the
 * next message of it. Or the responder asks something itself, which it does only behind a whole setup. So the request was answered,
 * though no answer is in the capture.
 */
export function isAnsweredUnseen({ exchanges, majorVersion }: IkeSa, asked: Exchange): boolean {
  if (asked.request === null || asked.response !== null) return false;
  const isSetup = majorVersion === 2 && asked.exchangeType === EXCHANGE_V2.IKE_AUTH;
  if (isSetup && exchanges.some(({ startedBy }) => startedBy !== asked.startedBy)) return true;
  return exchanges.some(
    (other) =>
      other.startedBy === asked.startedBy &&
      other.request !== null &&
      (majorVersion === 2
        ? other.messageId > asked.messageId
        : asked.messageId === 0 && other.messageId === 0 && other.step > asked.step),
  );
}

import { EXCHANGE_V1 } from "../ike/registries/exchanges.js";
import { IKE_HEADER_LENGTH, type IkeHeader, type IkeMessage, V1_FLAG } from "../ike/message.js";
import type { ExchangeLog } from "./log/log.js";
import { type HeldExchange, remember } from "./log/record/held.js";
import type { Role } from "./model.js";
import { recordSighting, type SeenMessage } from "./transmission.js";
import { PAYLOAD_V1 } from "../ike/registries/payload-types.js";

const LAST_OF_QUICK_MODE = 3;
/** Payload of a SHA2-512 hash, padded to a block of AES. */
const LONGEST_HASH = 80;

/** The generic header of a payload: next payload, flags and length. */
const PAYLOAD_HEADER_LENGTH = 4;

/**
 * The digest of a message of IKEv1, other for each side where the snap length left the header alone: the header of Main Mode 4 is
 * that of Main Mode 3, as no flag says who sent it.
 */
export function digestBySender({ message, digest }: SeenMessage, from: Role): number {
  const isHeaderAlone =
    message.available < message.header.length &&
    message.available <= IKE_HEADER_LENGTH + PAYLOAD_HEADER_LENGTH;
  return isHeaderAlone && from === "responder" ? digest + 1 : digest;
}

/** Files one sighting of a message of IKEv1 that `from` sent (RFC 2408 3.1); returns its exchange. */
export function addMessageV1(log: ExchangeLog, seen: SeenMessage, from: Role): HeldExchange {
  const again = log.findDigest(seen.digest);
  if (again !== undefined) {
    recordSighting(again.requestDigests.includes(seen.digest) ? again.request : again.response, seen);
    return again;
  }
  const { header } = seen.message;
  switch (header.exchangeType) {
    case EXCHANGE_V1.MAIN_MODE:
    case EXCHANGE_V1.AGGRESSIVE_MODE: {
      const step = phase1Step(seen.message, from);
      const request = step % 2 === 0 ? step - 1 : step;
      return pair(log, seen, "initiator", request, step % 2 === 0);
    }
    case EXCHANGE_V1.INFORMATIONAL: {
      const exchange = log.begin(header.exchangeType, header.messageId, 1, from, false);
      exchange.request = recordSighting(null, seen);
      remember(exchange.requestDigests, seen.digest);
      return exchange;
    }
    default:
      return addPhase2(log, seen, from);
  }
}

/** Quick mode, transaction and the like: told apart by Message ID, steps in order of their messages. */
function addPhase2(log: ExchangeLog, seen: SeenMessage, from: Role): HeldExchange {
  const { header } = seen.message;
  const first = find(log, header, 1);
  if (first !== undefined && first.startedBy !== from && answersAnswer(first, header)) {
    // The first message that the capture holds was quick mode 2.
    log.turnExchange(first);
    return pair(log, seen, from, LAST_OF_QUICK_MODE, false);
  }
  const startedBy = first?.startedBy ?? from;
  return pair(log, seen, startedBy, nextStep(log, header, from, startedBy), from !== startedBy);
}

/** The step that a new message of `from` is, or answers. */
function nextStep(log: ExchangeLog, header: IkeHeader, from: Role, startedBy: Role): number {
  if (find(log, header, 1) === undefined && endsQuickMode(header)) return LAST_OF_QUICK_MODE;
  for (let step = 1; ; step += 2) {
    const exchange = find(log, header, step);
    if (exchange === undefined) return from === startedBy ? step : Math.max(1, step - 2);
    if (from !== startedBy && exchange.response === null) return step;
  }
}

function pair(
  log: ExchangeLog,
  seen: SeenMessage,
  startedBy: Role,
  step: number,
  isResponse: boolean,
): HeldExchange {
  const { header } = seen.message;
  const exchange =
    find(log, header, step) ??
    log.begin(
      header.exchangeType,
      header.messageId,
      step,
      startedBy,
      expectsResponse(header.exchangeType, step),
    );
  const side = isResponse ? "response" : "request";
  exchange[side] = recordSighting(exchange[side], seen);
  remember(isResponse ? exchange.responseDigests : exchange.requestDigests, seen.digest);
  return exchange;
}

function find(
  log: ExchangeLog,
  { exchangeType, messageId }: IkeHeader,
  step: number,
): HeldExchange | undefined {
  return log.find(
    (exchange) =>
      exchange.messageId === messageId && exchange.step === step && exchange.exchangeType === exchangeType,
  );
}

function expectsResponse(exchangeType: number, step: number): boolean {
  const lastStep = exchangeType === EXCHANGE_V1.MAIN_MODE ? 5 : 1;
  return step <= lastStep || exchangeType === EXCHANGE_V1.TRANSACTION;
}

/**
 * Quick mode 3 holds a hash alone (RFC 2409 5.5), and its first two messages cannot be that short: the capture begins
 * between them.
 */
function endsQuickMode({ exchangeType, length }: IkeHeader): boolean {
  return exchangeType === EXCHANGE_V1.QUICK_MODE && length <= IKE_HEADER_LENGTH + LONGEST_HASH;
}

/** Quick mode 2 cannot be as short as this message, so that it answers one that was the answer itself. */
function answersAnswer({ response, request }: HeldExchange, header: IkeHeader): boolean {
  return (
    response === null && request !== null && !endsQuickMode(request.message.header) && endsQuickMode(header)
  );
}

/**
 * Number of a phase 1 message within its mode, from its content, so that a capture that starts late numbers it right
 * (RFC 2409 5.1-5.4): main mode 1-2 carry SA, 3-4 KE, 5-6 are encrypted; aggressive mode 1-2 carry SA, 3 a hash or
 * signature. The initiator's numbers are odd. Where the snap length cut the first payload off, the header still names it.
 */
function phase1Step(message: IkeMessage, from: Role): number {
  const answer = from === "responder" ? 1 : 0;
  const carries = (kind: string): boolean => message.payloads.some((payload) => payload.kind === kind);
  const { exchangeType, flags, nextPayload } = message.header;
  const inClear = (flags & V1_FLAG.encryption) === 0;
  if (carries("sa") || (inClear && nextPayload === PAYLOAD_V1.SA)) return 1 + answer;
  if (exchangeType === EXCHANGE_V1.AGGRESSIVE_MODE) return 3 + answer;
  return (carries("ke") || (inClear && nextPayload === PAYLOAD_V1.KE) ? 3 : 5) + answer;
}

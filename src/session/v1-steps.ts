import { EXCHANGE_V1 } from "../ike/registries/exchanges.js";
import { type IkeMessage, V1_FLAG } from "../ike/message.js";
import { PAYLOAD_V1 } from "../ike/registries/payload-types.js";
import type { Role } from "./model.js";

/**
 * Number of a phase 1 message within its mode, from its content, so that a capture that starts late numbers it right
 * (RFC 2409 5.1-5.4): main mode 1-2 carry SA, 3-4 KE, 5-6 are encrypted; aggressive mode 1-2 carry SA, 3 a hash or
 * signature. The initiator's numbers are odd. Where the snap length cut the first payload off, the header still names it.
 */
export function phase1Step(message: IkeMessage, from: Role): number {
  const answer = from === "responder" ? 1 : 0;
  const carries = (kind: string): boolean => message.payloads.some((payload) => payload.kind === kind);
  const { exchangeType, flags, nextPayload } = message.header;
  const inClear = (flags & V1_FLAG.encryption) === 0;
  if (carries("sa") || (inClear && nextPayload === PAYLOAD_V1.SA)) return 1 + answer;
  if (exchangeType === EXCHANGE_V1.AGGRESSIVE_MODE) return 3 + answer;
  return (carries("ke") || (inClear && nextPayload === PAYLOAD_V1.KE) ? 3 : 5) + answer;
}

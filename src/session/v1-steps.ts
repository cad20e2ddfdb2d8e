import { EXCHANGE_V1 } from "../ike/registries/exchanges.js";
import type { IkeMessage } from "../ike/message.js";
import type { Role } from "./model.js";

/**
 * Number of a phase 1 message within its mode, from its content, so that a capture that starts late numbers it right
 * (RFC 2409 5.1-5.4): main mode 1-2 carry SA, 3-4 KE, 5-6 are encrypted; aggressive mode 1-2 carry SA, 3 a hash or
 * signature. The initiator's numbers are odd.
 */
export function phase1Step(message: IkeMessage, from: Role): number {
  const answer = from === "responder" ? 1 : 0;
  const carries = (kind: string): boolean => message.payloads.some((payload) => payload.kind === kind);
  if (carries("sa")) return 1 + answer;
  if (message.header.exchangeType === EXCHANGE_V1.AGGRESSIVE_MODE) return 3 + answer;
  return (carries("ke") ? 3 : 5) + answer;
}

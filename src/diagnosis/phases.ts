import { EXCHANGE_V1, EXCHANGE_V2 } from "../ike/registries/exchanges.js";
import type { Exchange, IkeSa } from "../session/model.js";
import { isOtherSideUnseen } from "../session/overtaken.js";
import type { Phase } from "./finding.js";
import { type Message, say } from "../texts/message.js";

export function phaseOf(sa: IkeSa, exchange: Exchange): Phase {
  return phaseName(sa.majorVersion, exchange.exchangeType);
}

export function phaseName(majorVersion: 1 | 2, exchangeType: number): Phase {
  if (majorVersion === 1) {
    switch (exchangeType) {
      case EXCHANGE_V1.MAIN_MODE:
        return "MAIN_MODE";
      case EXCHANGE_V1.AGGRESSIVE_MODE:
        return "AGGRESSIVE_MODE";
      case EXCHANGE_V1.QUICK_MODE:
        return "QUICK_MODE";
      case EXCHANGE_V1.TRANSACTION:
        return "TRANSACTION";
      default:
        return "INFORMATIONAL";
    }
  }
  switch (exchangeType) {
    case EXCHANGE_V2.IKE_SA_INIT:
    case EXCHANGE_V2.IKE_SESSION_RESUME:
      return "IKE_SA_INIT";
    case EXCHANGE_V2.IKE_INTERMEDIATE:
      return "IKE_INTERMEDIATE";
    case EXCHANGE_V2.IKE_AUTH:
      return "IKE_AUTH";
    case EXCHANGE_V2.CREATE_CHILD_SA:
    case EXCHANGE_V2.IKE_FOLLOWUP_KE:
      return "CREATE_CHILD_SA";
    default:
      return "INFORMATIONAL";
  }
}

/** The exchange by its own name, where another phase stands for it in the verdicts. */
export function exchangeName(sa: IkeSa, exchange: Exchange): string {
  if (sa.majorVersion === 2) {
    if (exchange.exchangeType === EXCHANGE_V2.IKE_SESSION_RESUME) return "IKE_SESSION_RESUME";
    if (exchange.exchangeType === EXCHANGE_V2.IKE_FOLLOWUP_KE) return "IKE_FOLLOWUP_KE";
  }
  return phaseOf(sa, exchange);
}

/** The message's name as people say it: "IKE_AUTH request", "Main Mode 5", "Quick Mode 2". */
export function messageName(sa: IkeSa, exchange: Exchange, side: "request" | "response"): Message {
  const name = phaseOf(sa, exchange);
  if (sa.majorVersion === 2) return say`${exchangeName(sa, exchange)} ${side}`;
  const number = exchange.step + (side === "response" ? 1 : 0);
  switch (name) {
    case "MAIN_MODE":
      return mayBeEither(sa, exchange)
        ? say`Main Mode ${exchange.step} or ${exchange.step + 1}`
        : say`Main Mode ${number}`;
    case "AGGRESSIVE_MODE":
      return say`Aggressive Mode ${number}`;
    case "QUICK_MODE":
      return mayBeEither(sa, exchange) ? "Quick Mode 1 or 2" : say`Quick Mode ${number}`;
    default:
      return name;
  }
}

/**
 * Whether nothing proves which of two messages this is. Of main mode: one of a pair is missing, the beginning of the IKE SA is too, and
 * so it is not known who the initiator is. Of quick mode, which either side may begin: only one side was captured.
 */
export function mayBeEither(
  sa: IkeSa,
  { exchangeType, messageId, step, request, response }: Exchange,
): boolean {
  if (request !== null && response !== null) return false;
  if (exchangeType === EXCHANGE_V1.MAIN_MODE) return !sa.rolesProven;
  if (exchangeType !== EXCHANGE_V1.QUICK_MODE || step > 1) return false;
  const goesOn = sa.exchanges.some((other) => other.messageId === messageId && other.step > step);
  return !goesOn && isOtherSideUnseen(sa);
}

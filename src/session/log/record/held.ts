import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import type { Exchange, Transmission } from "../../model.js";
import type { MessageWithBytes } from "./message.js";

/** A transmission together with the bytes of its message. */
export interface HeldTransmission extends Transmission {
  bytes: MessageWithBytes["bytes"];
}

export interface OrderedExchange extends Exchange {
  /** Counts the exchanges of the IKE SA. */
  readonly order: number;
}

/** An exchange that may still change, and what its messages are known by. */
export interface HeldExchange extends OrderedExchange {
  request: HeldTransmission | null;
  response: HeldTransmission | null;
  /** Digests of messages, where a retransmission is known by its bytes. */
  readonly requestDigests: number[];
  readonly responseDigests: number[];
}

/** Digests that are kept of one side; that many different messages in one place are no retransmissions. */
const DIGEST_LIMIT = 64;

/** IKEv2 INFORMATIONAL, whole, sent once and answered once: a liveness check as a tunnel makes thousands of. */
export function isQuiet({ exchangeType, request, response }: Exchange): boolean {
  return exchangeType === EXCHANGE_V2.INFORMATIONAL && isPlain(request) && isPlain(response);
}

function isPlain(transmission: Transmission | null): boolean {
  return (
    transmission !== null &&
    transmission.tries === 1 &&
    transmission.fragments === null &&
    transmission.message.payloads.length === 1 &&
    transmission.message.payloads[0]?.kind === "encrypted"
  );
}

/** Keeps a digest among those of one side of an exchange. */
export function remember(digests: number[], digest: number): void {
  if (digests.length < DIGEST_LIMIT && !digests.includes(digest)) digests.push(digest);
}

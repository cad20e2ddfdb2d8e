import { type IkeHeader, type IkeMessage, V2_FLAG, ZERO_SPI } from "../ike/message.js";
import { EXCHANGE_V1 } from "../ike/registries/exchanges.js";
import { NOTIFY_V1 } from "../ike/registries/notify-v1.js";
import { errorNotifyIn } from "./payloads.js";
import type { Endpoint, IkeSaOutline, Role } from "./model.js";
import type { SeenMessage } from "./transmission.js";
import { phase1Step } from "./v1-steps.js";
import type { TunnelBuilder } from "./tunnel-builder.js";

/** Whether an IKEv2 message says that the initiator of the IKE SA sent it. */
export function isFromInitiator({ flags }: IkeHeader): boolean {
  return (flags & V2_FLAG.initiator) !== 0;
}

/**
 * Of the first message of an SA: IKEv2 says who the initiator is; in IKEv1 the first speaker is taken for it, apart from one that
 * chooses from an offer, or refuses it in clear (RFC 2408 5.4): it answers an initiator that the capture does not hold.
 */
export function startsAsInitiator(message: IkeMessage): boolean {
  if (message.header.majorVersion !== 1) return isFromInitiator(message.header);
  return !choosesFromOffer(message) && !refusesOffer(message);
}

/** The second message of phase 1: an SA payload, beside a cookie of the responder, which the first one cannot have. */
function choosesFromOffer(message: IkeMessage): boolean {
  const { exchangeType, responderSpi } = message.header;
  const isPhase1 = exchangeType === EXCHANGE_V1.MAIN_MODE || exchangeType === EXCHANGE_V1.AGGRESSIVE_MODE;
  return isPhase1 && responderSpi !== ZERO_SPI && phase1Step(message, "responder") === 2;
}

function refusesOffer(message: IkeMessage): boolean {
  return (
    message.header.exchangeType === EXCHANGE_V1.INFORMATIONAL &&
    errorNotifyIn(message)?.notifyType === NOTIFY_V1.NO_PROPOSAL_CHOSEN
  );
}

/** Who of the IKE SA sent a message: IKEv2 says it, in IKEv1 the addresses do. */
export function roleOf(
  { message: { header }, sighting: { source } }: SeenMessage,
  { initiator, responder }: Pick<IkeSaOutline, "initiator" | "responder">,
  tunnel: TunnelBuilder,
): Role {
  if (header.majorVersion !== 1) return isFromInitiator(header) ? "initiator" : "responder";
  return roleByAddress(source, { initiator, responder }, tunnel);
}

/** The same of IKEv1, whose messages do not say it. */
export function roleByAddress(
  source: Endpoint,
  { initiator, responder }: Pick<IkeSaOutline, "initiator" | "responder">,
  tunnel: TunnelBuilder,
): Role {
  if (initiator.address === responder.address) {
    return source.port === initiator.port ? "initiator" : "responder";
  }
  return tunnel.canonical(source.address) === initiator.address ? "initiator" : "responder";
}

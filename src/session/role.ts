import type { Address } from "../bytes/address.js";
import { type IkeHeader, type IkeMessage, V2_FLAG, ZERO_SPI } from "../ike/message.js";
import { EXCHANGE_V1, EXCHANGE_V2 } from "../ike/registries/exchanges.js";
import { NOTIFY_V1 } from "../ike/registries/notify-v1.js";
import { errorNotifyIn } from "./payloads.js";
import type { Endpoint, IkeSaOutline, Role } from "./model.js";
import { isTranslatedPort } from "./model/queries.js";
import type { SeenMessage } from "./transmission.js";

/** Whether an IKEv2 message says that the initiator of the IKE SA sent it. */
export function isFromInitiator({ flags }: IkeHeader): boolean {
  return (flags & V2_FLAG.initiator) !== 0;
}

/** Knows the tunnel's own address that another one stands for. */
interface TunnelNames {
  canonical(address: Address): Address;
}

/** The roles of a new IKE SA, from its first message that the capture holds. */
export interface FirstRoles {
  readonly fromInitiator: boolean;
  /** Whether the message proves it, or another one has to. */
  readonly proven: boolean;
}

/**
 * Of the first message of an SA: IKEv2 says who the initiator is, unless it is a notify outside any IKE SA ({@link isOneWayNotify}). In IKEv1 the first message of phase 1 does, which knows no cookie of
 * the responder, and a refusal of it in clear (RFC 2408 5.4). Before any other one a message is missing: until {@link RolesV1}
 * knows more, a peer behind a port that a NAT device chose is taken for the initiator, as others cannot begin with it,
 * and else the sender.
 */
export function firstRolesOf({ message, sighting: { source, destination } }: SeenMessage): FirstRoles {
  const { header } = message;
  if (header.majorVersion !== 1) {
    return { fromInitiator: isFromInitiator(header), proven: !isOneWayNotify(message) };
  }
  if (refusesOffer(message)) return { fromInitiator: false, proven: true };
  if (opensPhase1(header)) return { fromInitiator: true, proven: true };
  return { fromInitiator: isTranslatedPort(source) || !isTranslatedPort(destination), proven: false };
}

/**
 * A notify in clear of a host that has no IKE SA with the other, such as INVALID_SPI behind a restart: SPIs of no IKE SA, and the flag of
 * the initiator whoever that was (RFC 7296 section 1.5).
 */
function isOneWayNotify({ header, payloads }: IkeMessage): boolean {
  return (
    header.exchangeType === EXCHANGE_V2.INFORMATIONAL &&
    header.responderSpi === ZERO_SPI &&
    payloads.every(({ kind }) => kind !== "encrypted")
  );
}

function opensPhase1({ exchangeType, responderSpi }: IkeHeader): boolean {
  const isPhase1 = exchangeType === EXCHANGE_V1.MAIN_MODE || exchangeType === EXCHANGE_V1.AGGRESSIVE_MODE;
  return isPhase1 && responderSpi === ZERO_SPI;
}

function refusesOffer(message: IkeMessage): boolean {
  return (
    message.header.exchangeType === EXCHANGE_V1.INFORMATIONAL &&
    errorNotifyIn(message)?.notifyType === NOTIFY_V1.NO_PROPOSAL_CHOSEN
  );
}

/** The side of the IKE SA that sent a message: IKEv2 says it, in IKEv1 the addresses do. */
export function roleOf(
  { message: { header }, sighting: { source } }: SeenMessage,
  { initiator, responder }: Pick<IkeSaOutline, "initiator" | "responder">,
  tunnel: TunnelNames,
): Role {
  if (header.majorVersion !== 1) return isFromInitiator(header) ? "initiator" : "responder";
  return roleByAddress(source, { initiator, responder }, tunnel);
}

/** The same of IKEv1, whose messages do not say it. */
export function roleByAddress(
  source: Endpoint,
  { initiator, responder }: Pick<IkeSaOutline, "initiator" | "responder">,
  tunnel: TunnelNames,
): Role {
  if (initiator.address === responder.address) {
    return source.port === initiator.port ? "initiator" : "responder";
  }
  return tunnel.canonical(source.address) === initiator.address ? "initiator" : "responder";
}

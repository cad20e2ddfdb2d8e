import { EXCHANGE_V2 } from "../../ike/registries/exchanges.js";
import type { Exchange, IkeSa, Sighting, Transmission } from "../../session/model.js";
import { firstSighting } from "../../session/sightings.js";
import type { TunnelContext } from "../context.js";
import { canonicalOf } from "./sides.js";
import { type Message, say } from "../../texts/message.js";

/** A message of the side that was captured. */
interface OwnMessage {
  readonly exchange: Exchange;
  readonly kind: "request" | "response";
  readonly transmission: Transmission;
}

/** The capture holds packets of one side only, and they show that the other side's were sent. */
export interface OneSide {
  readonly address: string;
  readonly sa: IkeSa;
  readonly first: OwnMessage;
  readonly next: OwnMessage;
}

/**
 * The one side whose packets were captured, where it goes on to the next message, which takes an answer, or where it answers a second
 * time, which takes a request. Null where both sides were captured or nothing shows that the other side spoke.
 */
export function oneSideCaptured({ tunnel, setups }: TunnelContext): OneSide | null {
  const senders = new Set([
    ...setups.flatMap(({ sa }) => sa.exchanges.flatMap(sightingsOf).map(({ source }) => source.address)),
    ...tunnel.streams.map(({ source }) => source),
  ]);
  const [address, ...others] = new Set([...senders].map((sender) => canonicalOf(tunnel, sender)));
  if (address === undefined || others.length > 0) return null;
  for (const { sa } of setups) {
    const messages = sa.exchanges.flatMap(ownMessages);
    const [first] = messages;
    const next = messages.at(-1);
    const places = new Set(messages.map((message, round) => placeOf(sa, message, round)));
    if (first !== undefined && next !== undefined && places.size > 1) return { address, sa, first, next };
  }
  return null;
}

function sightingsOf({ request, response }: Exchange): Sighting[] {
  return [firstSighting(request), firstSighting(response)].filter((sighting) => sighting !== undefined);
}

/** Requests that want an answer, and answers. */
function ownMessages(exchange: Exchange): OwnMessage[] {
  const { request, response, expectsResponse } = exchange;
  const messages: OwnMessage[] = [];
  if (request !== null && expectsResponse)
    messages.push({ exchange, kind: "request", transmission: request });
  if (response !== null) messages.push({ exchange, kind: "response", transmission: response });
  return messages;
}

/**
 * What a message shows of the way that its sender came. In IKEv1 only phase 1 and its end do: one quick mode may follow
 * another that was never answered.
 */
function placeOf(
  { majorVersion }: IkeSa,
  { exchange: { exchangeType, messageId, startedBy, step } }: OwnMessage,
  round: number,
): Message {
  if (majorVersion === 1) return messageId === 0 ? `${exchangeType}:${step}` : "phase 2";
  // IKE_SA_INIT with other content is the next round, after COOKIE or INVALID_KE_PAYLOAD (RFC 7296 2.6, 1.2).
  const isOpening = messageId === 0 && exchangeType === EXCHANGE_V2.IKE_SA_INIT;
  return isOpening ? say`round ${round}` : `${startedBy} ${messageId}`;
}

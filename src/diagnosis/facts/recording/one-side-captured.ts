import type { Address } from "../../../bytes/address.js";
import type { Micros } from "../../../bytes/time.js";
import type { EspStream } from "../../../esp/stream.js";
import { EXCHANGE_V1, EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import type { Exchange, IkeSa, Transmission } from "../../../session/model.js";
import { firstSighting } from "../../../session/sightings.js";
import type { TunnelContext } from "../../context.js";
import { onceInTurn } from "../../once.js";
import { withAllClients } from "../nat/all-clients.js";
import { canonicalOf } from "../sides.js";
import { silenceAfter } from "../silence/silence.js";
import { type Message, say } from "../../../texts/message.js";

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
  /** A sign of an answer to it, or of another request: a message, or the first packet under the keys that it asked for. */
  readonly next: OwnMessage | EspStream;
}

/**
 * The one side whose packets were captured, where it goes on to the next message, which takes an answer, or where it answers a second
 * time, which takes a request. Null where both sides were captured or nothing shows that the other side spoke.
 */
export const oneSideCaptured = onceInTurn((context: TunnelContext): OneSide | null => {
  const address = onlySender(context);
  if (address === null || onlySender(withAllClients(context)) === null) return null;
  for (const { sa } of context.setups) {
    const messages = sa.exchanges.flatMap(ownMessages);
    const [first] = messages;
    const next = messages.at(-1);
    const places = new Set(messages.map((message, round) => placeOf(sa, message, round)));
    if (first !== undefined && next !== undefined && places.size > 1) return { address, sa, first, next };
    const begun = messages.flatMap((message) => {
      const stream = beginsUnder(context, message);
      return stream === undefined ? [] : [{ address, sa, first: message, next: stream }];
    })[0];
    if (begun !== undefined) return begun;
  }
  return null;
});

/** Exchanges that make a Child SA. */
const MAKES_CHILD = {
  1: new Set<number>([EXCHANGE_V1.QUICK_MODE]),
  2: new Set<number>([EXCHANGE_V2.IKE_AUTH, EXCHANGE_V2.CREATE_CHILD_SA]),
} as const;
/** A daemon that waits for an answer has asked again within this time, microseconds: strongSwan after 4 s. */
const ASKS_AGAIN_US: Micros = 8_000_000;

/**
 * ESP that begins with the first number of an SA after a message that makes one and is not sent again: only the other side's message can have
 * made it.
 */
function beginsUnder(
  context: TunnelContext,
  { exchange: { exchangeType }, transmission }: OwnMessage,
): EspStream | undefined {
  const { tunnel, setups } = context;
  const sighting = firstSighting(transmission);
  const version = transmission.message.header.majorVersion === 1 ? 1 : 2;
  if (sighting === undefined || setups.length > 1 || !MAKES_CHILD[version].has(exchangeType))
    return undefined;
  if (transmission.tries > 1 || silenceAfter(context, sighting) < ASKS_AGAIN_US) return undefined;
  return tunnel.streams.find(
    ({ firstSequence, firstTime }) => firstSequence === 1 && firstTime > sighting.time,
  );
}

/** The end that all packets come from; null where both send, as in nearly all tunnels the first exchange shows, or none does. */
function onlySender({ tunnel, setups }: TunnelContext): Address | null {
  let only: Address | null = null;
  const isOther = (sender: Address): boolean => {
    const end = canonicalOf(tunnel, sender);
    only ??= end;
    return end !== only;
  };
  for (const { sa } of setups) {
    for (const { request, response } of sa.exchanges) {
      const [asked, answered] = [firstSighting(request), firstSighting(response)];
      if (asked !== undefined && isOther(asked.source.address)) return null;
      if (answered !== undefined && isOther(answered.source.address)) return null;
    }
  }
  return tunnel.streams.some(({ source }) => isOther(source)) ? null : only;
}

/** Requests that want an answer, and answers; and the last message of a quick mode, which takes one. */
function ownMessages(exchange: Exchange): OwnMessage[] {
  const { request, response, expectsResponse } = exchange;
  const messages: OwnMessage[] = [];
  if (request !== null && (expectsResponse || exchange.step > 1))
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
  if (majorVersion === 1 && messageId !== 0) return step > 1 ? `phase 2:${step}` : "phase 2";
  if (majorVersion === 1) return `${exchangeType}:${step}`;
  // IKE_SA_INIT with other content is the next round, after COOKIE or INVALID_KE_PAYLOAD (RFC 7296 2.6, 1.2).
  const isOpening = messageId === 0 && exchangeType === EXCHANGE_V2.IKE_SA_INIT;
  return isOpening ? say`round ${round}` : `${startedBy} ${messageId}`;
}

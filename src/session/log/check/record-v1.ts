import { setHex } from "../../../bytes/hex.js";
import { floatAt, putFloat, putU32 } from "../../../bytes/put.js";
import { u16At } from "../../../bytes/reader.js";
import { HEADER_AT } from "../../../ike/header.js";
import { EXCHANGE_V1 } from "../../../ike/registries/exchanges.js";
import type { Role, Sighting } from "../../model.js";
import { SIDE, sightingAt, type SealedMessage, writeSide } from "./side.js";
import type { HeldExchange } from "../record/held.js";
import { AT, type ExchangeHead, writeCheckHead } from "../record/head.js";
import { messageOf } from "../record/message.js";
import type { Shared } from "../record/shared.js";

const DIGEST = 8;
/**
 * An encrypted INFORMATIONAL of IKEv1 as it is packed, of always the same length: the head of a packed exchange with the
 * digest of the message, then the message. It is an exchange of its own: R-U-THERE, its acknowledgement, a delete.
 */
export const CHECK_RECORD_V1 = AT.first + DIGEST + SIDE.size;

/** Writes one; there is room for the whole of it at `at`. */
export function writeCheckV1(
  into: Uint8Array,
  at: number,
  exchange: { readonly order: number; readonly messageId: number; readonly startedBy: Role },
  sealed: SealedMessage & { readonly digest: number },
  shared: Shared,
): void {
  writeCheckHead(into, at, CHECK_RECORD_V1, EXCHANGE_V1.INFORMATIONAL, exchange);
  into[at + AT.digests] = 1;
  putFloat(into, at + AT.first, sealed.digest);
  const side = at + AT.first + DIGEST;
  writeSide(into, side, sealed, shared);
  into[side + SIDE.sk] = sealed.bytes[HEADER_AT.nextPayload] as number;
}

/** The sighting of its message. */
export function sightingOfCheckV1(from: Uint8Array, { at }: ExchangeHead, shared: Shared): Sighting {
  return sightingAt(from, at + AT.first + DIGEST, shared);
}

/** The exchange that such a record holds, for more messages to come in. */
export function readCheckV1(from: Uint8Array, head: ExchangeHead, shared: Shared): HeldExchange {
  const { at, messageId } = head;
  const side = at + AT.first + DIGEST;
  const bytes = new Uint8Array(u16At(from, side + SIDE.length));
  setHex(bytes, 0, shared.initiatorSpi);
  setHex(bytes, HEADER_AT.responderSpi, shared.sharedResponderSpi);
  bytes[HEADER_AT.nextPayload] = from[side + SIDE.sk] as number;
  bytes[HEADER_AT.version] = from[side + SIDE.version] as number;
  bytes[HEADER_AT.exchangeType] = EXCHANGE_V1.INFORMATIONAL;
  bytes[HEADER_AT.flags] = from[side + SIDE.flags] as number;
  putU32(bytes, HEADER_AT.messageId, messageId);
  putU32(bytes, HEADER_AT.length, bytes.length);
  const { message } = messageOf(bytes);
  return {
    order: head.order,
    exchangeType: EXCHANGE_V1.INFORMATIONAL,
    messageId,
    step: 1,
    startedBy: head.startedBy,
    request: { message, bytes, sightings: [sightingAt(from, side, shared)], tries: 1, fragments: null },
    response: null,
    expectsResponse: false,
    requestDigests: [floatAt(from, at + AT.first)],
    responseDigests: [],
  };
}

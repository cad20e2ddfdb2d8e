import { floatAt } from "../../../bytes/put.js";
import { u16At } from "../../../bytes/reader.js";
import type { Micros } from "../../../bytes/time.js";
import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import type { Moment, Role, Transmission } from "../../model.js";
import type { HeldExchange, HeldTransmission, OrderedExchange } from "../record/held.js";
import { AT, type ExchangeHead, FLAG, writeCheckHead } from "../record/head.js";
import { messageOf } from "../record/message.js";
import { type Sealed, sealedBytes, sealedMessage } from "../record/sealed-message.js";
import { SIDE, sightingAt, type SealedMessage, writeSide } from "./side.js";
import type { Shared } from "../record/shared.js";

/**
 * A liveness check as it is packed, of always the same length: the head of a packed exchange, then both sides.
 */
export const CHECK_RECORD = AT.first + 2 * SIDE.size;

/** A slower answer is worth to be kept. */
const SLOW: Micros = 250_000;

/** Writes a check that nobody has answered yet. There is room for the whole of it at `at`. */
export function writeAsked(
  into: Uint8Array,
  at: number,
  exchange: { readonly order: number; readonly messageId: number; readonly startedBy: Role },
  request: SealedMessage,
  shared: Shared,
): void {
  writeCheckHead(into, at, CHECK_RECORD, EXCHANGE_V2.INFORMATIONAL, exchange);
  into[at + AT.flags] = (into[at + AT.flags] as number) | FLAG.expectsResponse;
  writeSide(into, at + AT.first, request, shared);
}

/** Adds the answer to a check; returns what it is like now, as {@link shapeOf} says. */
export function writeAnswered(into: Uint8Array, at: number, response: SealedMessage, shared: Shared): number {
  into[at + AT.flags] = (into[at + AT.flags] as number) | FLAG.response | FLAG.quiet;
  writeSide(into, at + AT.first + SIDE.size, response, shared);
  return shapeOf(into, at);
}

/** Says of a check that it is like the one before it. */
export function markAlike(into: Uint8Array, at: number): void {
  into[at + AT.flags] = (into[at + AT.flags] as number) | FLAG.alike;
}

/**
 * Lengths and way of an answered check in one number: checks with the same one are alike, whichever side asked. NaN, which is
 * like no other, where the answer was slow or came another way.
 */
function shapeOf(bytes: Uint8Array, at: number): number {
  const [request, response] = [at + AT.first, at + AT.first + SIDE.size];
  const [source, destination] = [bytes[request + SIDE.source], bytes[request + SIDE.destination]];
  const isBack =
    source === bytes[response + SIDE.destination] && destination === bytes[response + SIDE.source];
  const delay = floatAt(bytes, response + SIDE.time) - floatAt(bytes, request + SIDE.time);
  if (!isBack || delay > SLOW) return Number.NaN;
  const isByResponder = ((bytes[at + AT.flags] as number) & FLAG.byResponder) !== 0;
  const lengths = u16At(bytes, request + SIDE.length) * 2 ** 16 + u16At(bytes, response + SIDE.length);
  return lengths * 2 ** 16 + u16At(bytes, (isByResponder ? response : request) + SIDE.source);
}

/** When and where the request, or the answer, of a check was seen. */
export function momentOf(bytes: Uint8Array, at: number, side: "request" | "response"): Moment {
  const from = at + AT.first + (side === "request" ? 0 : SIDE.size);
  return { time: floatAt(bytes, from + SIDE.time), frame: floatAt(bytes, from + SIDE.frame) };
}

/** The exchange that a record holds, to be read. */
export function readCheck(bytes: Uint8Array, head: ExchangeHead, shared: Shared): OrderedExchange {
  const { at, flags, messageId } = head;
  const first = at + AT.first;
  return {
    order: head.order,
    exchangeType: head.exchangeType,
    messageId,
    step: head.step,
    startedBy: head.startedBy,
    request: readSide(bytes, first, messageId, shared),
    response: (flags & FLAG.response) === 0 ? null : readSide(bytes, first + SIDE.size, messageId, shared),
    expectsResponse: true,
  };
}

/** The same for more messages to come in. */
export function reopenCheck(bytes: Uint8Array, head: ExchangeHead, shared: Shared): HeldExchange {
  const { at, flags, messageId } = head;
  const first = at + AT.first;
  // Written out, here and below: behind a spread V8 may make each object a kind of its own, which slows whatever reads it.
  return {
    order: head.order,
    exchangeType: head.exchangeType,
    messageId,
    step: head.step,
    startedBy: head.startedBy,
    request: reopenSide(bytes, first, messageId, shared),
    response: (flags & FLAG.response) === 0 ? null : reopenSide(bytes, first + SIDE.size, messageId, shared),
    expectsResponse: true,
    requestDigests: [],
    responseDigests: [],
  };
}

function readSide(from: Uint8Array, at: number, messageId: number, shared: Shared): Transmission {
  const message = sealedMessage(sealedAt(from, at, messageId, shared), u16At(from, at + SIDE.length));
  return { message, sightings: [sightingAt(from, at, shared)], tries: 1, fragments: null };
}

function reopenSide(from: Uint8Array, at: number, messageId: number, shared: Shared): HeldTransmission {
  const bytes = sealedBytes(sealedAt(from, at, messageId, shared), u16At(from, at + SIDE.length));
  const { message } = messageOf(bytes);
  return { message, bytes, sightings: [sightingAt(from, at, shared)], tries: 1, fragments: null };
}

function sealedAt(from: Uint8Array, at: number, messageId: number, shared: Shared): Sealed {
  return {
    initiatorSpi: shared.initiatorSpi,
    responderSpi: shared.sharedResponderSpi,
    messageId,
    version: from[at + SIDE.version] as number,
    flags: from[at + SIDE.flags] as number,
    innerType: from[at + SIDE.sk] as number,
    payloadFlags: from[at + SIDE.sk + 1] as number,
  };
}

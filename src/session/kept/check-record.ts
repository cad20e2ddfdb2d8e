import { floatAt, putFloat, putU16, putU32 } from "../../bytes/put.js";
import { u16At } from "../../bytes/reader.js";
import type { Micros } from "../../bytes/time.js";
import { IKE_HEADER_LENGTH } from "../../ike/message.js";
import { EXCHANGE_V2 } from "../../ike/registries/exchanges.js";
import type { HostSide, Moment, Role, Sighting, Transmission } from "../model.js";
import type { HeldExchange, HeldTransmission, OrderedExchange } from "./exchange.js";
import { AT, type ExchangeHead, FLAG } from "./exchange-head.js";
import { messageOf } from "./message.js";
import { type Sealed, sealedBytes, sealedMessage } from "./sealed-message.js";
import type { Shared } from "./shared.js";

/** A whole message of nothing but an SK payload (`isSealedInformational`), and where it was seen. */
export interface SealedMessage {
  readonly bytes: Uint8Array;
  readonly sighting: Sighting;
}

/**
 * A liveness check as it is packed, of always the same length: the head of a packed exchange, then both sides. A side:
 *
 *      0 time   8 frame   16 nanoseconds   18 length of the message   20 of the datagram   22 IPv4 identification
 *     24 TTL   25 the host's side   26 source   27 destination   28 flags of the header   29 version
 *     30 inner type and flags of the SK payload
 */
const SIDE = {
  time: 0,
  frame: 8,
  nanos: 16,
  length: 18,
  datagram: 20,
  identification: 22,
  ttl: 24,
  hostSide: 25,
  source: 26,
  destination: 27,
  flags: 28,
  version: 29,
  sk: 30,
  size: 32,
} as const;
export const CHECK_RECORD = AT.first + 2 * SIDE.size;

/** Of the IKE header, and of the SK payload behind it, what is written of a message. */
const MESSAGE = { version: 17, flags: 19, sk: IKE_HEADER_LENGTH } as const;
const HOST_SIDES: readonly HostSide[] = ["unknown", "received", "sent"];
const MOST_ENDPOINTS = 255;
/** A slower answer is worth to be kept. */
const SLOW: Micros = 250_000;

/** Whether a message can be packed this way: in one frame, over UDP, and with numbers that have room. */
export function fitsCheck({ sighting, bytes }: SealedMessage, shared: Shared): boolean {
  return (
    sighting.frames.length === 1 &&
    sighting.transport === "udp" &&
    sighting.ipFragments === 1 &&
    sighting.missingFragments === null &&
    sighting.identification <= 0xffff &&
    sighting.bytes <= 0xffff &&
    bytes.length <= 0xffff &&
    shared.endpointIndex(sighting.source) <= MOST_ENDPOINTS &&
    shared.endpointIndex(sighting.destination) <= MOST_ENDPOINTS
  );
}

/** Writes a check that nobody has answered yet. There is room for the whole of it at `at`. */
export function writeAsked(
  into: Uint8Array,
  at: number,
  exchange: { readonly order: number; readonly messageId: number; readonly startedBy: Role },
  request: SealedMessage,
  shared: Shared,
): void {
  into.fill(0, at, at + CHECK_RECORD);
  putU32(into, at, CHECK_RECORD);
  putU32(into, at + AT.order, exchange.order);
  putU32(into, at + AT.messageId, exchange.messageId);
  into[at + AT.exchangeType] = EXCHANGE_V2.INFORMATIONAL;
  into[at + AT.step + 1] = 1;
  const who = exchange.startedBy === "responder" ? FLAG.byResponder : 0;
  into[at + AT.flags] = who | FLAG.expectsResponse | FLAG.request | FLAG.check;
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
  const response =
    (flags & FLAG.response) === 0 ? null : reopenSide(bytes, first + SIDE.size, messageId, shared);
  return {
    ...readCheck(bytes, head, shared),
    request: reopenSide(bytes, first, messageId, shared),
    response,
    requestDigests: [],
    responseDigests: [],
  };
}

function writeSide(into: Uint8Array, at: number, { bytes, sighting }: SealedMessage, shared: Shared): void {
  putFloat(into, at + SIDE.time, sighting.time);
  putFloat(into, at + SIDE.frame, sighting.frames[0] ?? 0);
  putU16(into, at + SIDE.nanos, sighting.nanos);
  putU16(into, at + SIDE.length, bytes.length);
  putU16(into, at + SIDE.datagram, sighting.bytes);
  putU16(into, at + SIDE.identification, sighting.identification);
  into[at + SIDE.ttl] = sighting.ttl;
  into[at + SIDE.hostSide] = HOST_SIDES.indexOf(sighting.hostSide);
  into[at + SIDE.source] = shared.endpointIndex(sighting.source);
  into[at + SIDE.destination] = shared.endpointIndex(sighting.destination);
  into[at + SIDE.flags] = bytes[MESSAGE.flags] as number;
  into[at + SIDE.version] = bytes[MESSAGE.version] as number;
  into[at + SIDE.sk] = bytes[MESSAGE.sk] as number;
  into[at + SIDE.sk + 1] = bytes[MESSAGE.sk + 1] as number;
}

function readSide(from: Uint8Array, at: number, messageId: number, shared: Shared): Transmission {
  const message = sealedMessage(sealedAt(from, at, messageId, shared), u16At(from, at + SIDE.length));
  return { message, sightings: [readSighting(from, at, shared)], tries: 1, fragments: null };
}

function reopenSide(from: Uint8Array, at: number, messageId: number, shared: Shared): HeldTransmission {
  const bytes = sealedBytes(sealedAt(from, at, messageId, shared), u16At(from, at + SIDE.length));
  return { ...messageOf(bytes), sightings: [readSighting(from, at, shared)], tries: 1, fragments: null };
}

function sealedAt(from: Uint8Array, at: number, messageId: number, shared: Shared): Sealed {
  return {
    initiatorSpi: shared.initiatorSpi,
    responderSpi: shared.responderSpi,
    messageId,
    version: from[at + SIDE.version] as number,
    flags: from[at + SIDE.flags] as number,
    innerType: from[at + SIDE.sk] as number,
    payloadFlags: from[at + SIDE.sk + 1] as number,
  };
}

function readSighting(from: Uint8Array, at: number, shared: Shared): Sighting {
  return {
    time: floatAt(from, at + SIDE.time),
    nanos: u16At(from, at + SIDE.nanos),
    frames: [floatAt(from, at + SIDE.frame)],
    source: shared.endpoint(from[at + SIDE.source] as number),
    destination: shared.endpoint(from[at + SIDE.destination] as number),
    bytes: u16At(from, at + SIDE.datagram),
    ipFragments: 1,
    missingFragments: null,
    fragment: 0,
    ttl: from[at + SIDE.ttl] as number,
    identification: u16At(from, at + SIDE.identification),
    hostSide: HOST_SIDES[from[at + SIDE.hostSide] as number] as HostSide,
    transport: "udp",
  };
}

import { DecodeError, type DecodeProblem } from "../bytes/problem.js";
import { ByteReader, u16At } from "../bytes/reader.js";
import type { EncryptedPayload, OpaquePayload, Payload, PayloadFrame } from "./message.js";
import type { PayloadTable } from "./payloads/decoder.js";
import { decodeEncrypted, decodeEncryptedFragment } from "./payloads/encrypted/decode.js";
import { payloadOf } from "./payloads/frame.js";
import { PAYLOAD_V2 } from "./registries/payload-types.js";

const GENERIC_HEADER = 4;
const CRITICAL = 0x80;

/** No implementation sends so many; a hostile message of 64 KiB could hold 16,000. */
export const MOST_PAYLOADS = 256;

/** IKEv1 senders may pad a clear message with zeros to a multiple of four bytes (Openswan, Libreswan). */
const MOST_PADDING = 3;

/** Window of one message within a byte array. */
export interface ChainWindow {
  readonly bytes: Uint8Array;
  /** Position of the IKE header. */
  readonly start: number;
  /** Position where the message ends, or the captured bytes of it. */
  readonly end: number;
}

/** Which payloads there may be: those of a version, by its decoders. */
export interface ChainGrammar {
  readonly version: 1 | 2;
  readonly table: PayloadTable;
  /** Bytes that may follow the last payload: nothing, or in IKEv1 padding of the whole message or of its cipher. */
  readonly trailer: "none" | "padding" | "cipher padding";
}

export interface Chain {
  readonly payloads: Payload[];
  readonly problem: DecodeProblem | null;
}

/**
 * Walks a payload chain in clear (RFC 7296 3.2, RFC 2408 3.2). Stops at the first fault: the payload at fault is the
 * last of the result, opaque with the bytes that are there. SK and SKF end the chain, and stay "encrypted" with a short
 * body where the capture cut them.
 */
export function readChain(window: ChainWindow, at: number, firstType: number, grammar: ChainGrammar): Chain {
  const { bytes, end } = window;
  const { version, table } = grammar;
  const payloads: Payload[] = [];
  let type = firstType;
  let position = at;
  while (type !== 0) {
    if (payloads.length === MOST_PAYLOADS) {
      return { payloads, problem: fault(window, position, `more than ${MOST_PAYLOADS} payloads`) };
    }
    if (end - position < GENERIC_HEADER) {
      if (end > position) payloads.push(cutHeader(window, position, type));
      return { payloads, problem: missing(window, position, "generic payload header", GENERIC_HEADER) };
    }
    const nextType = bytes[position] as number;
    const length = u16At(bytes, position + 2);
    const frame = frameAt(window, position, type, version);
    if (length < GENERIC_HEADER) {
      payloads.push(opaque(frame, bytes, position + GENERIC_HEADER, position + GENERIC_HEADER));
      return { payloads, problem: fault(window, position, `payload length ${length} is below 4`) };
    }
    if (length > end - position) {
      payloads.push(cutPayload(window, frame, position, nextType, version));
      return { payloads, problem: missing(window, position, "payload", length) };
    }
    try {
      payloads.push(readBody(window, position, frame, table));
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      payloads.push(opaque(frame, bytes, position + GENERIC_HEADER, position + length));
      return { payloads, problem: error.problem };
    }
    const problem = fragmentFault(payloads.at(-1));
    if (problem !== null) return { payloads, problem };
    position += length;
    type = version === 2 && isEncryptedType(type) ? 0 : nextType;
  }
  return { payloads, problem: leftOver(window, position, grammar) };
}

/**
 * The payload of that type whose generic header stands at `position`; its bytes are all there. Throws DecodeError where its
 * body has a fault.
 */
export function readPayload(
  window: ChainWindow,
  position: number,
  type: number,
  { version, table }: ChainGrammar,
): Payload {
  const payload = readBody(window, position, frameAt(window, position, type, version), table);
  const problem = fragmentFault(payload);
  if (problem !== null) throw new DecodeError(problem);
  return payload;
}

function frameAt(
  { bytes, start }: ChainWindow,
  position: number,
  type: number,
  version: 1 | 2,
): PayloadFrame {
  return {
    type,
    offset: position - start,
    length: u16At(bytes, position + 2),
    critical: version === 2 && ((bytes[position + 1] as number) & CRITICAL) !== 0,
  };
}

function readBody(window: ChainWindow, position: number, frame: PayloadFrame, table: PayloadTable): Payload {
  const { bytes, start } = window;
  const end = position + frame.length;
  const body = new ByteReader(bytes, "IKE payload length", position + GENERIC_HEADER, end, start);
  const decoder = table.get(frame.type);
  return decoder === undefined
    ? opaque(frame, bytes, position + GENERIC_HEADER, end)
    : decoder(frame, body, bytes[position] as number);
}

/** Fragments are numbered from 1 up to their total (RFC 7383 2.5). One that is not can be shown, but put to no message. */
function fragmentFault(payload: Payload | undefined): DecodeProblem | null {
  if (payload?.kind !== "encrypted" || payload.fragment === null) return null;
  const { number, total } = payload.fragment;
  if (number >= 1 && number <= total) return null;
  return {
    what: "SKF fragment number",
    offset: payload.offset + GENERIC_HEADER,
    required: 0,
    available: payload.length - GENERIC_HEADER,
    declaredBy: "IKE payload length",
    detail: `fragment ${number} of ${total}: they are numbered from 1 up to their total`,
  };
}

function isEncryptedType(type: number): boolean {
  return type === PAYLOAD_V2.SK || type === PAYLOAD_V2.SKF;
}

function opaque(frame: PayloadFrame, bytes: Uint8Array, start: number, end: number): OpaquePayload {
  return payloadOf(frame, { kind: "opaque", body: bytes.subarray(start, Math.max(start, end)) });
}

function cutHeader(window: ChainWindow, position: number, type: number): OpaquePayload {
  const frame = { type, offset: position - window.start, length: 0, critical: false };
  return opaque(frame, window.bytes, position, window.end);
}

/**
 * A payload that runs over the end. Of an SK or SKF payload nothing is lost that could be read without keys, and
 * captures with a short snap length hold little else, so it keeps its kind.
 */
function cutPayload(
  window: ChainWindow,
  frame: PayloadFrame,
  position: number,
  nextType: number,
  version: 1 | 2,
): EncryptedPayload | OpaquePayload {
  const { bytes, start, end } = window;
  const bodyStart = position + GENERIC_HEADER;
  if (version === 2 && isEncryptedType(frame.type)) {
    const body = new ByteReader(bytes, "IKE payload length", bodyStart, end, start);
    if (frame.type === PAYLOAD_V2.SK) return decodeEncrypted(frame, body, nextType);
    if (body.remaining >= 4) return decodeEncryptedFragment(frame, body, nextType);
  }
  return opaque(frame, bytes, bodyStart, end);
}

/** Bytes behind the last payload. */
function leftOver(window: ChainWindow, position: number, { trailer }: ChainGrammar): DecodeProblem | null {
  const left = window.end - position;
  if (left <= 0 || trailer === "cipher padding") return null;
  const isPadding = left <= MOST_PADDING && isZero(window.bytes, position, window.end);
  if (trailer === "padding" && isPadding) return null;
  return fault(window, position, `${left} bytes behind the last payload`);
}

function isZero(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== 0) return false;
  return true;
}

function missing(
  window: ChainWindow,
  position: number,
  what: "payload" | "generic payload header",
  required: number,
): DecodeProblem {
  return {
    what,
    offset: position - window.start,
    required,
    available: Math.max(0, window.end - position),
    declaredBy: what === "payload" ? "IKE payload length" : "IKE header length",
  };
}

function fault(window: ChainWindow, position: number, detail: string): DecodeProblem {
  return {
    what: "payload chain",
    offset: position - window.start,
    required: 0,
    available: Math.max(0, window.end - position),
    declaredBy: "IKE payload length",
    detail,
  };
}

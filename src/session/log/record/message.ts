import { toHex } from "../../../bytes/hex.js";
import { putU32 } from "../../../bytes/put.js";
import { Slab } from "../../../bytes/slab.js";
import { HEADER_AT } from "../../../ike/header.js";
import { decodeIke } from "../../../ike/decode.js";
import { IKE_HEADER_LENGTH, type IkeMessage, type Payload } from "../../../ike/message.js";
import type { PackedReader, PackedWriter } from "./bytes.js";
import type { Shared } from "./shared.js";

/** A message and the bytes that it was decoded from. */
export interface MessageWithBytes {
  readonly message: IkeMessage;
  readonly bytes: Uint8Array;
}

/** Bytes that are kept of one message; none that works has more in clear, certificates and all. */
const LIMIT = 16_384;
const slab = new Slab();
/** Marks a header that is as the exchange and the datagram have it, and is not written. */
const AS_USUAL = 1;

/**
 * Keeps of a message what a rule or a report can ever read: its bytes, without the contents that only have a length
 * (ciphertext, public values, nonces, hashes, signatures). They are zeros when the message is read again; every length
 * and offset stays as it was. `messageId` is that of its exchange.
 */
export function writeMessage(
  writer: PackedWriter,
  { message, bytes }: MessageWithBytes,
  messageId: number,
  shared: Shared,
): void {
  const end = Math.min(bytes.length, message.available);
  const { header } = message;
  const isUsual = header.messageId === messageId && header.length === bytes.length;
  writer.number(bytes.length);
  writer.u8(isUsual ? AS_USUAL : 0);
  shared.writeSpis(writer, header.responderSpi, bytes);
  writer.copy(bytes, HEADER_AT.nextPayload, isUsual ? HEADER_AT.messageId : IKE_HEADER_LENGTH);
  let at = IKE_HEADER_LENGTH;
  let room = LIMIT;
  for (const payload of message.payloads) {
    const hole = contentWithoutMeaning(payload);
    if (hole === null || hole.length === 0) continue;
    const from = hole.byteOffset - bytes.byteOffset;
    if (from < at || from - at > room) break;
    room -= from - at;
    writer.number(from - at);
    writer.copy(bytes, at, from);
    writer.number(hole.length);
    at = from + hole.length;
  }
  if (at === bytes.length) return;
  const rest = Math.max(0, Math.min(end - at, room));
  writer.number(rest);
  writer.copy(bytes, at, at + rest);
  writer.number(bytes.length - at - rest);
}

/** Reads what {@link writeMessage} wrote. */
export function readMessage(reader: PackedReader, messageId: number, shared: Shared): MessageWithBytes {
  const bytes = slab.take(reader.number());
  const isUsual = reader.u8() === AS_USUAL;
  shared.readSpis(reader, bytes);
  reader.copy(
    bytes,
    HEADER_AT.nextPayload,
    (isUsual ? HEADER_AT.messageId : IKE_HEADER_LENGTH) - HEADER_AT.nextPayload,
  );
  if (isUsual) {
    putU32(bytes, HEADER_AT.messageId, messageId);
    putU32(bytes, HEADER_AT.length, bytes.length);
  }
  for (let at = IKE_HEADER_LENGTH; at < bytes.length;) {
    const length = reader.number();
    reader.copy(bytes, at, length);
    at += length + reader.number();
  }
  return messageOf(bytes);
}

/** A message that was kept, decoded again. */
export function messageOf(bytes: Uint8Array): MessageWithBytes {
  const decoded = decodeIke(bytes);
  if (!decoded.ok) throw new RangeError(`a kept message has no header: ${toHex(bytes)}`);
  return { message: decoded.message, bytes };
}

/** Whether the content of a payload is not there any more, since no rule reads it: it is zeros, as long as it was. */
export function isContentLeftOut(payload: Payload): boolean {
  const content = contentWithoutMeaning(payload);
  return content !== null && content.length > 0 && content.every((byte) => byte === 0);
}

/** The content of a payload of which nothing but its length is ever read; null for all others. */
function contentWithoutMeaning(payload: Payload): Uint8Array | null {
  switch (payload.kind) {
    case "encrypted":
      return payload.body;
    case "ke":
    case "nonce":
    case "hash":
    case "signature":
    case "authentication":
    case "puzzleSolution":
    case "fragmentV1":
      return payload.data;
    case "sa":
    case "notify":
    case "delete":
    case "vendorId":
    case "natDetection":
    case "natOriginalAddress":
    case "identification":
    case "certificate":
    case "certificateRequest":
    case "trafficSelectors":
    case "configuration":
    case "eap":
    case "opaque":
      return null;
  }
}

import { setHex } from "../../../bytes/hex.js";
import { putU16, putU32 } from "../../../bytes/put.js";
import { HEADER_AT } from "../../../ike/header.js";
import {
  type EncryptedPayload,
  IKE_HEADER_LENGTH,
  type IkeHeader,
  type IkeMessage,
} from "../../../ike/message.js";
import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import { PAYLOAD_V2 } from "../../../ike/registries/payload-types.js";

const SK_HEADER = 4;
/** The critical bit of a payload (RFC 7296 3.2). */
const CRITICAL = 0x80;

/** Nearly all liveness checks are shorter. */
const COMMON_LENGTHS = 512;
const commonZeros: Uint8Array[] = [];

/** The fields in which sealed INFORMATIONAL messages of one length differ. */
export interface Sealed extends Pick<IkeHeader, "initiatorSpi" | "responderSpi" | "messageId" | "flags"> {
  /** Major version << 4 | minor version. */
  readonly version: number;
  /** The first payload inside the SK payload. */
  readonly innerType: number;
  readonly payloadFlags: number;
}

/**
 * A message of nothing but an SK payload, `length` bytes, with zeros for its content. What decoding its bytes would give,
 * without that work and without the bytes: thousands of them are read for every judgement.
 */
export function sealedMessage(sealed: Sealed, length: number): IkeMessage {
  const encrypted: EncryptedPayload = {
    kind: "encrypted",
    type: PAYLOAD_V2.SK,
    offset: IKE_HEADER_LENGTH,
    length: length - IKE_HEADER_LENGTH,
    critical: (sealed.payloadFlags & CRITICAL) !== 0,
    innerType: sealed.innerType,
    body: zeros(length - IKE_HEADER_LENGTH - SK_HEADER),
    fragment: null,
  };
  return {
    header: headerOf(sealed, length),
    payloads: [encrypted],
    problem: null,
    available: length,
    trailing: 0,
  };
}

/** The bytes of such a message. */
export function sealedBytes(sealed: Sealed, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  putHeader(bytes, headerOf(sealed, length));
  bytes[IKE_HEADER_LENGTH] = sealed.innerType;
  bytes[IKE_HEADER_LENGTH + 1] = sealed.payloadFlags;
  putU16(bytes, IKE_HEADER_LENGTH + 2, length - IKE_HEADER_LENGTH);
  return bytes;
}

function headerOf(
  { initiatorSpi, responderSpi, messageId, flags, version }: Sealed,
  length: number,
): IkeHeader {
  return {
    initiatorSpi,
    responderSpi,
    nextPayload: PAYLOAD_V2.SK,
    majorVersion: version >> 4,
    minorVersion: version & 0x0f,
    exchangeType: EXCHANGE_V2.INFORMATIONAL,
    flags,
    messageId,
    length,
  };
}

/** As many zeros, the same ones for all messages of a length: nobody writes into a message. */
function zeros(length: number): Uint8Array {
  if (length >= COMMON_LENGTHS) return new Uint8Array(length);
  return (commonZeros[length] ??= new Uint8Array(length));
}

function putHeader(bytes: Uint8Array, header: IkeHeader): void {
  setHex(bytes, 0, header.initiatorSpi);
  setHex(bytes, HEADER_AT.responderSpi, header.responderSpi);
  bytes[HEADER_AT.nextPayload] = header.nextPayload;
  bytes[HEADER_AT.version] = (header.majorVersion << 4) | header.minorVersion;
  bytes[HEADER_AT.exchangeType] = header.exchangeType;
  bytes[HEADER_AT.flags] = header.flags;
  putU32(bytes, HEADER_AT.messageId, header.messageId);
  putU32(bytes, HEADER_AT.length, header.length);
}

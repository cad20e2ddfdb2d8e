import { setHex } from "../../bytes/hex.js";
import { putU16, putU32 } from "../../bytes/put.js";
import { Slab } from "../../bytes/slab.js";
import { type EncryptedPayload, IKE_HEADER_LENGTH, type IkeHeader } from "../../ike/message.js";
import { EXCHANGE_V2 } from "../../ike/registries/exchanges.js";
import { PAYLOAD_V2 } from "../../ike/registries/payload-types.js";
import type { MessageWithBytes } from "./message.js";

/** Places in the IKE header. */
const AT = {
  responderSpi: 8,
  nextPayload: 16,
  version: 17,
  exchangeType: 18,
  flags: 19,
  messageId: 20,
  length: 24,
};
const SK_HEADER = 4;
/** Of the flags of a payload. */
const CRITICAL = 0x80;

const slab = new Slab();

/** What sealed INFORMATIONAL messages of one length differ in. */
interface Sealed extends Pick<IkeHeader, "initiatorSpi" | "responderSpi" | "messageId" | "flags"> {
  /** Major version << 4 | minor version. */
  readonly version: number;
  /** Of the SK payload. */
  readonly innerType: number;
  readonly payloadFlags: number;
}

/**
 * A message of nothing but an SK payload, `length` bytes, with zeros for its content. What decoding its bytes would give,
 * without that work: thousands of them are read for every judgement.
 */
export function sealedMessage(sealed: Sealed, length: number): MessageWithBytes {
  const { initiatorSpi, responderSpi, messageId, flags, innerType, payloadFlags } = sealed;
  const bytes = slab.take(length);
  const header: IkeHeader = {
    initiatorSpi,
    responderSpi,
    nextPayload: PAYLOAD_V2.SK,
    majorVersion: sealed.version >> 4,
    minorVersion: sealed.version & 0x0f,
    exchangeType: EXCHANGE_V2.INFORMATIONAL,
    flags,
    messageId,
    length,
  };
  putHeader(bytes, header);
  bytes[IKE_HEADER_LENGTH] = innerType;
  bytes[IKE_HEADER_LENGTH + 1] = payloadFlags;
  putU16(bytes, IKE_HEADER_LENGTH + 2, length - IKE_HEADER_LENGTH);
  const encrypted: EncryptedPayload = {
    kind: "encrypted",
    type: PAYLOAD_V2.SK,
    offset: IKE_HEADER_LENGTH,
    length: length - IKE_HEADER_LENGTH,
    critical: (payloadFlags & CRITICAL) !== 0,
    innerType,
    body: bytes.subarray(IKE_HEADER_LENGTH + SK_HEADER),
    fragment: null,
  };
  const message = { header, payloads: [encrypted], problem: null, available: length, trailing: 0 };
  return { message, bytes };
}

function putHeader(bytes: Uint8Array, header: IkeHeader): void {
  setHex(bytes, 0, header.initiatorSpi);
  setHex(bytes, AT.responderSpi, header.responderSpi);
  bytes[AT.nextPayload] = header.nextPayload;
  bytes[AT.version] = (header.majorVersion << 4) | header.minorVersion;
  bytes[AT.exchangeType] = header.exchangeType;
  bytes[AT.flags] = header.flags;
  putU32(bytes, AT.messageId, header.messageId);
  putU32(bytes, AT.length, header.length);
}

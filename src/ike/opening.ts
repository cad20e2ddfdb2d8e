import { IKE_HEADER_LENGTH, V2_FLAG } from "./message.js";
import { EXCHANGE_V1, EXCHANGE_V2 } from "./registries/exchanges.js";
import { u32At } from "../bytes/reader.js";
import { HEADER_AT, isZeroSpi } from "./header.js";

/** Places in the IKE header (RFC 7296 3.1). */
const OPENING_V1: readonly number[] = [EXCHANGE_V1.MAIN_MODE, EXCHANGE_V1.AGGRESSIVE_MODE];
const OPENING_V2: readonly number[] = [EXCHANGE_V2.IKE_SA_INIT, EXCHANGE_V2.IKE_SESSION_RESUME];

/**
 * What a datagram is in the first exchange of an IKE SA, told without decoding it: its first message, a later one, or
 * (null) none of it. IKEv1 tells the first message by the responder SPI that is still missing, and refuses it with an
 * INFORMATIONAL.
 */
export function openingPart(bytes: Uint8Array): "first" | "later" | null {
  if (bytes.length < IKE_HEADER_LENGTH) return null;
  const exchangeType = bytes[HEADER_AT.exchangeType] as number;
  if ((bytes[HEADER_AT.version] as number) >> 4 === 1) {
    if (exchangeType === EXCHANGE_V1.INFORMATIONAL) return "later";
    if (!OPENING_V1.includes(exchangeType)) return null;
    const responderSpi = bytes.subarray(HEADER_AT.responderSpi, HEADER_AT.responderSpi + 8);
    return responderSpi.some((byte) => byte !== 0) ? "later" : "first";
  }
  if (!OPENING_V2.includes(exchangeType)) return null;
  return ((bytes[HEADER_AT.flags] as number) & V2_FLAG.response) === 0 ? "first" : "later";
}

/**
 * Whether the datagram is a whole IKE_SA_INIT request of IKEv2 to a responder without an SPI (RFC 7296 3.1): where its very bytes
 * were seen before, there is nothing to decode.
 */
export function isOpeningRequest(bytes: Uint8Array): boolean {
  return (
    bytes.length >= IKE_HEADER_LENGTH &&
    (bytes[HEADER_AT.version] as number) >> 4 === 2 &&
    bytes[HEADER_AT.exchangeType] === EXCHANGE_V2.IKE_SA_INIT &&
    ((bytes[HEADER_AT.flags] as number) & (V2_FLAG.response | V2_FLAG.initiator)) === V2_FLAG.initiator &&
    isZeroSpi(bytes, HEADER_AT.responderSpi) &&
    u32At(bytes, HEADER_AT.length) === bytes.length
  );
}

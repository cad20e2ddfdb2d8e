import { u16At, u32At } from "../bytes/reader.js";
import { IKE_HEADER_LENGTH, V1_FLAG, V2_FLAG } from "./message.js";
import { EXCHANGE_V1, EXCHANGE_V2 } from "./registries/exchanges.js";
import { PAYLOAD_V1, PAYLOAD_V2 } from "./registries/payload-types.js";
import { HEADER_AT } from "./header.js";

const SK_HEADER = 4;
const VERSION_1 = 1;
const VERSION_2 = 2;
/** Places in the IKE header (RFC 7296 3.1). */

/**
 * Whether the datagram is a whole IKEv2 INFORMATIONAL message of nothing but an SK payload, as the liveness checks that
 * most messages of a long life are. Of it there is nothing to decode.
 */
export function isSealedInformational(bytes: Uint8Array): boolean {
  const { length } = bytes;
  return (
    length >= IKE_HEADER_LENGTH + SK_HEADER &&
    (bytes[HEADER_AT.version] as number) >> 4 === VERSION_2 &&
    bytes[HEADER_AT.exchangeType] === EXCHANGE_V2.INFORMATIONAL &&
    bytes[HEADER_AT.nextPayload] === PAYLOAD_V2.SK &&
    u32At(bytes, HEADER_AT.length) === length &&
    u16At(bytes, IKE_HEADER_LENGTH + 2) === length - IKE_HEADER_LENGTH
  );
}

/**
 * Whether the datagram is a whole IKEv1 INFORMATIONAL message of nothing but ciphertext (RFC 2408 3.1): liveness checks,
 * their acknowledgements, deletes. Of it there is nothing to decode either.
 */
export function isSealedInformationalV1(bytes: Uint8Array): boolean {
  const { length } = bytes;
  return (
    length > IKE_HEADER_LENGTH &&
    (bytes[HEADER_AT.version] as number) >> 4 === VERSION_1 &&
    bytes[HEADER_AT.exchangeType] === EXCHANGE_V1.INFORMATIONAL &&
    bytes[HEADER_AT.nextPayload] !== PAYLOAD_V1.FRAGMENT &&
    ((bytes[HEADER_AT.flags] as number) & V1_FLAG.encryption) !== 0 &&
    u32At(bytes, HEADER_AT.length) === length
  );
}

export function messageIdOf(bytes: Uint8Array): number {
  return u32At(bytes, HEADER_AT.messageId);
}

export function isResponse(bytes: Uint8Array): boolean {
  return ((bytes[HEADER_AT.flags] as number) & V2_FLAG.response) !== 0;
}

export function isOfInitiator(bytes: Uint8Array): boolean {
  return ((bytes[HEADER_AT.flags] as number) & V2_FLAG.initiator) !== 0;
}

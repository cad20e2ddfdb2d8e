import { hex64At } from "../bytes/hex.js";
import { u32At } from "../bytes/reader.js";
import type { IkeHeader } from "./message.js";

/** Offsets of the fields of the fixed header after the initiator SPI, which it begins with (RFC 7296 3.1, RFC 2408 3.1). */
export const HEADER_AT = {
  responderSpi: 8,
  nextPayload: 16,
  /** Major version << 4 | minor version. */
  version: 17,
  exchangeType: 18,
  flags: 19,
  messageId: 20,
  length: 24,
} as const;

/** Reads the fixed header at `at`: 28 bytes, which the caller has checked to be there. */
export function readHeader(bytes: Uint8Array, at: number): IkeHeader {
  const version = bytes[at + HEADER_AT.version] as number;
  return {
    initiatorSpi: hex64At(bytes, at),
    responderSpi: hex64At(bytes, at + HEADER_AT.responderSpi),
    nextPayload: bytes[at + HEADER_AT.nextPayload] as number,
    majorVersion: version >> 4,
    minorVersion: version & 0x0f,
    exchangeType: bytes[at + HEADER_AT.exchangeType] as number,
    flags: bytes[at + HEADER_AT.flags] as number,
    messageId: u32At(bytes, at + HEADER_AT.messageId),
    length: u32At(bytes, at + HEADER_AT.length),
  };
}

/** Whether the SPI at `at` is zero: that of a responder that has not answered yet. */
export function isZeroSpi(bytes: Uint8Array, at: number): boolean {
  return u32At(bytes, at) === 0 && u32At(bytes, at + 4) === 0;
}

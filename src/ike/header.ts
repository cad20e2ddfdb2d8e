import { hex64At } from "../bytes/hex.js";
import { u32At } from "../bytes/reader.js";
import type { IkeHeader } from "./message.js";

/**
 * The fixed header at `at` (RFC 7296 3.1, RFC 2408 3.1): 28 bytes, which the caller has checked to be there.
 *
 *     0 initiator SPI   8 responder SPI   16 next payload   17 version   18 exchange type   19 flags
 *     20 message ID    24 length
 */
export function readHeader(bytes: Uint8Array, at: number): IkeHeader {
  const version = bytes[at + 17] as number;
  return {
    initiatorSpi: hex64At(bytes, at),
    responderSpi: hex64At(bytes, at + 8),
    nextPayload: bytes[at + 16] as number,
    majorVersion: version >> 4,
    minorVersion: version & 0x0f,
    exchangeType: bytes[at + 18] as number,
    flags: bytes[at + 19] as number,
    messageId: u32At(bytes, at + 20),
    length: u32At(bytes, at + 24),
  };
}

/** Whether the SPI at `at` is zero: that of a responder that has not answered yet. */
export function isZeroSpi(bytes: Uint8Array, at: number): boolean {
  return u32At(bytes, at) === 0 && u32At(bytes, at + 4) === 0;
}

import { hex64At } from "../bytes/hex.js";
import { u32At } from "../bytes/reader.js";
import { NON_ESP_MARKER_LENGTH } from "../ike/udp.js";

/** Bytes. */
const SPI_LENGTH = 8;

/** The place of the IKE header in the payload that an ICMP error quotes: on UDP 4500 behind the non-ESP marker (RFC 3948 2.2). */
export function ikeHeaderAt(payload: Uint8Array): number {
  const isMarked = payload.length >= NON_ESP_MARKER_LENGTH && u32At(payload, 0) === 0;
  return isMarked ? NON_ESP_MARKER_LENGTH : 0;
}

/** Whether the quoted payload shows this initiator SPI. */
export function quotesInitiatorSpi(payload: Uint8Array, initiatorSpi: string): boolean {
  return quotedInitiatorSpi(payload) === initiatorSpi;
}

/** The initiator SPI of the quoted payload, read as IKE; null where it is too short. */
export function quotedInitiatorSpi(payload: Uint8Array): string | null {
  const at = ikeHeaderAt(payload);
  return payload.length >= at + SPI_LENGTH ? hex64At(payload, at) : null;
}

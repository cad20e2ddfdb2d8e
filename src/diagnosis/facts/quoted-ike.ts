import { hex64At } from "../../bytes/hex.js";
import { u32At } from "../../bytes/reader.js";
import { NON_ESP_MARKER_LENGTH } from "../../ike/udp.js";

/** Bytes. */
const SPI_LENGTH = 8;

/** The place of the IKE header in the payload that an ICMP error quotes: on UDP 4500 behind the non-ESP marker (RFC 3948 2.2). */
export function ikeHeaderAt(payload: Uint8Array): number {
  const isMarked = payload.length >= NON_ESP_MARKER_LENGTH && u32At(payload, 0) === 0;
  return isMarked ? NON_ESP_MARKER_LENGTH : 0;
}

/** Whether the quoted payload shows this initiator SPI. */
export function quotesInitiatorSpi(payload: Uint8Array, initiatorSpi: string): boolean {
  const at = ikeHeaderAt(payload);
  return payload.length >= at + SPI_LENGTH && hex64At(payload, at) === initiatorSpi;
}

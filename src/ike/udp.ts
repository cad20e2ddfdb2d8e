import { u32At } from "../bytes/reader.js";
import { isCredibleIke, VISIBLE_HEADER } from "./credible-header.js";
import { IKE_HEADER_LENGTH } from "./message.js";
import { IKE_PORT, NAT_T_PORT } from "./ports.js";
import { HEADER_AT } from "./header.js";

/** The kind of a UDP payload. Numbers, because the hot path switches on them for every packet. */
export const UDP_PAYLOAD = {
  notIpsec: 0,
  /** An IKE message at offset 0. Its header may lie: decodeIke says so. */
  ike: 1,
  /** An IKE message behind the non-ESP marker, four zero bytes (RFC 3948 2.2). */
  ikeWithMarker: 2,
  /** An ESP packet at offset 0. */
  esp: 3,
  /** One byte 0xff (RFC 3948 2.3). */
  keepalive: 4,
  /** On an IPsec port, but sent or captured too short to be any of these. */
  malformed: 5,
  /** An ESP packet behind the eight zero bytes of the first drafts, on port 500 (draft-ietf-ipsec-udp-encaps-01). */
  espWithMarker: 6,
} as const;
export type UdpPayloadKind = (typeof UDP_PAYLOAD)[keyof typeof UDP_PAYLOAD];

export const NON_ESP_MARKER_LENGTH = 4;
const NON_IKE_MARKER_LENGTH = 8;
const ESP_HEADER_LENGTH = 8;
const SPI_LENGTH = 8;

/** Offset of the IKE message or ESP packet within a UDP payload of this kind, bytes. */
export function udpPayloadOffset(kind: UdpPayloadKind): number {
  if (kind === UDP_PAYLOAD.ikeWithMarker) return NON_ESP_MARKER_LENGTH;
  return kind === UDP_PAYLOAD.espWithMarker ? NON_IKE_MARKER_LENGTH : 0;
}

/**
 * Tells IKE, ESP and keepalives in UDP apart (RFC 3948 2, RFC 7296 3.1). [start, end) is what was captured of the UDP
 * payload, `declaredLength` what the UDP header declares. Port 4500 decides where
 * both it and 500 occur. Allocates nothing.
 *
 * - 4500: four zero bytes are the marker, whatever follows. ESP from 8 bytes on, since any SPI is legal, unless all of an
 *   IKE header is right including its length: a peer that forgot the marker.
 * - any other port: IKE where all of a header is right including its length, with or without the marker; no ESP.
 * - 500: IKE where the header is credible, even when its length lies, or where the length is right.
 */
export function classifyUdpPayload(
  bytes: Uint8Array,
  start: number,
  end: number,
  declaredLength: number,
  sourcePort: number,
  destinationPort: number,
): UdpPayloadKind {
  if (sourcePort === NAT_T_PORT || destinationPort === NAT_T_PORT) {
    return classifyNatTraversal(bytes, start, end, declaredLength);
  }
  if (sourcePort === IKE_PORT || destinationPort === IKE_PORT) {
    return classifyIkePort(bytes, start, end, declaredLength);
  }
  return classifyOtherPort(bytes, start, end, declaredLength);
}

/** Some gateways are configured to other ports (libreswan's ikeport, a port forwarded by NAT): there all of a header has to fit. */
function classifyOtherPort(bytes: Uint8Array, start: number, end: number, length: number): UdpPayloadKind {
  if (length < IKE_HEADER_LENGTH || end - start < IKE_HEADER_LENGTH) return UDP_PAYLOAD.notIpsec;
  const isMarked = u32At(bytes, start) === 0;
  const at = isMarked ? start + NON_ESP_MARKER_LENGTH : start;
  const isIke = !isZero(bytes, at, end, SPI_LENGTH) && isCertainIke(bytes, at, end, length - (at - start));
  if (!isIke) return UDP_PAYLOAD.notIpsec;
  return isMarked ? UDP_PAYLOAD.ikeWithMarker : UDP_PAYLOAD.ike;
}

function classifyNatTraversal(bytes: Uint8Array, start: number, end: number, length: number): UdpPayloadKind {
  if (length === 1 && end > start && bytes[start] === 0xff) return UDP_PAYLOAD.keepalive;
  if (length < ESP_HEADER_LENGTH || end - start < NON_ESP_MARKER_LENGTH) return UDP_PAYLOAD.malformed;
  if (u32At(bytes, start) === 0) {
    return length - NON_ESP_MARKER_LENGTH < IKE_HEADER_LENGTH
      ? UDP_PAYLOAD.malformed
      : UDP_PAYLOAD.ikeWithMarker;
  }
  return isCertainIke(bytes, start, end, length) ? UDP_PAYLOAD.ike : UDP_PAYLOAD.esp;
}

function classifyIkePort(bytes: Uint8Array, start: number, end: number, length: number): UdpPayloadKind {
  if (length === 1 && end > start && bytes[start] === 0xff) return UDP_PAYLOAD.keepalive;
  if (length < IKE_HEADER_LENGTH) {
    return isEarlyEsp(bytes, start, end, length) ? UDP_PAYLOAD.espWithMarker : UDP_PAYLOAD.malformed;
  }
  if (isZero(bytes, start, end, NON_ESP_MARKER_LENGTH)) {
    return classifyZeroStart(bytes, start, end, length);
  }
  if (isCredibleIke(bytes, start, end) || hasRightLength(bytes, start, end, length)) return UDP_PAYLOAD.ike;
  return end - start < VISIBLE_HEADER ? UDP_PAYLOAD.malformed : UDP_PAYLOAD.notIpsec;
}

/** Four zero bytes on port 500: a marker, the marker of the drafts, or an initiator SPI of zero in an error message. */
function classifyZeroStart(bytes: Uint8Array, start: number, end: number, length: number): UdpPayloadKind {
  if (isCertainIke(bytes, start, end, length)) return UDP_PAYLOAD.ike;
  if (isEarlyEsp(bytes, start, end, length)) return UDP_PAYLOAD.espWithMarker;
  const afterMarker = start + NON_ESP_MARKER_LENGTH;
  const zeroSpi = isZero(bytes, afterMarker, end, NON_ESP_MARKER_LENGTH);
  if (!zeroSpi && isCredibleIke(bytes, afterMarker, end)) return UDP_PAYLOAD.ikeWithMarker;
  return isCredibleIke(bytes, start, end) ? UDP_PAYLOAD.ike : UDP_PAYLOAD.notIpsec;
}

/** Whether everything fits IKE, the length included, where ESP is the likelier reading. */
function isCertainIke(bytes: Uint8Array, at: number, end: number, length: number): boolean {
  return isCredibleIke(bytes, at, end) && hasRightLength(bytes, at, end, length);
}

function hasRightLength(bytes: Uint8Array, at: number, end: number, length: number): boolean {
  return end - at >= IKE_HEADER_LENGTH && u32At(bytes, at + HEADER_AT.length) === length;
}

/** Eight zero bytes and an SPI, which is never zero on the wire (RFC 4303 2.1). */
function isEarlyEsp(bytes: Uint8Array, start: number, end: number, length: number): boolean {
  return (
    length >= NON_IKE_MARKER_LENGTH + ESP_HEADER_LENGTH &&
    end - start >= NON_IKE_MARKER_LENGTH + 4 &&
    isZero(bytes, start, end, NON_IKE_MARKER_LENGTH) &&
    u32At(bytes, start + NON_IKE_MARKER_LENGTH) !== 0
  );
}

function isZero(bytes: Uint8Array, start: number, end: number, count: number): boolean {
  if (end - start < count) return false;
  for (let at = start; at < start + count; at++) if (bytes[at] !== 0) return false;
  return true;
}

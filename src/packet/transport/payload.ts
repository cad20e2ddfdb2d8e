import { u16At, u32At } from "../../bytes/reader.js";
import type { IpHeader } from "../ip/header.js";
import { OUTCOME } from "../outcome.js";
import { PACKET, type PacketView } from "../packet.js";

export const UDP_HEADER = 8;
const TCP_HEADER = 20;

/** SPI and sequence number (RFC 4303 section 2). */
const ESP_SMALLEST = 8;
/** Next header, length, reserved, SPI, sequence number (RFC 4302 section 2). */
const AH_SMALLEST = 12;

/**
 * Length of the UDP datagram in the payload of `header`, with its header of 8 bytes, which is captured. A length field that
 * does not fit (0, below 8, or beyond the IP packet) is overruled by the IP length; a smaller one counts.
 */
export function udpLength({ bytes, payloadStart, payloadLength }: IpHeader): number {
  const declared = u16At(bytes, payloadStart + 4);
  return declared < UDP_HEADER || declared > payloadLength ? payloadLength : declared;
}

/** UDP (RFC 768). */
export function parseUdp(view: PacketView, header: IpHeader): number {
  const { bytes, payloadStart: at } = header;
  if (header.payloadEnd - at < UDP_HEADER) return tooShort(header, UDP_HEADER);
  view.sourcePort = u16At(bytes, at);
  view.destinationPort = u16At(bytes, at + 2);
  view.udpChecksum = u16At(bytes, at + 6);
  setWindow(view, header, at + UDP_HEADER, udpLength(header) - UDP_HEADER);
  return PACKET.udp;
}

/** TCP (RFC 9293 section 3.1); options are skipped. */
export function parseTcp(view: PacketView, header: IpHeader): number {
  const { bytes, payloadStart: at } = header;
  if (header.payloadEnd - at < TCP_HEADER) return tooShort(header, TCP_HEADER);
  const headerLength = ((bytes[at + 12] as number) >> 4) << 2;
  if (headerLength < TCP_HEADER || headerLength > header.payloadLength) return OUTCOME.malformed;
  view.sourcePort = u16At(bytes, at);
  view.destinationPort = u16At(bytes, at + 2);
  view.tcpSequence = u32At(bytes, at + 4);
  view.tcpFlags = bytes[at + 13] as number;
  setWindow(view, header, at + headerLength, header.payloadLength - headerLength);
  return PACKET.tcp;
}

/** ESP (RFC 4303): the window starts at the SPI; at least SPI and sequence number are captured. */
export function parseEsp(view: PacketView, header: IpHeader): number {
  if (header.payloadEnd - header.payloadStart < ESP_SMALLEST) return tooShort(header, ESP_SMALLEST);
  setWindow(view, header, header.payloadStart, header.payloadLength);
  return PACKET.esp;
}

/** AH (RFC 4302): the window starts at the next-header byte; at least the fixed header is captured. */
export function parseAh(view: PacketView, header: IpHeader): number {
  if (header.payloadEnd - header.payloadStart < AH_SMALLEST) return tooShort(header, AH_SMALLEST);
  setWindow(view, header, header.payloadStart, header.payloadLength);
  return PACKET.ah;
}

/** Points the view's payload at `length` declared bytes from `start`; what was captured of them ends the window. */
export function setWindow(view: PacketView, header: IpHeader, start: number, length: number): void {
  const end = header.payloadEnd;
  view.bytes = header.bytes;
  view.payloadStart = start < end ? start : end;
  view.payloadEnd = start + length < end ? start + length : end;
  view.payloadLength = length;
}

/** Whether the sender or the snap length is to blame for a header that is not all there. */
function tooShort(header: IpHeader, required: number): number {
  return header.payloadLength < required ? OUTCOME.malformed : OUTCOME.truncated;
}

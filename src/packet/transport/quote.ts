import { ipv4At, ipv6At } from "../../bytes/address.js";
import { u16At } from "../../bytes/reader.js";
import { HEADER_OK, IpHeader, PROTOCOL } from "../ip/header.js";
import { parseIpv4 } from "../ip/ipv4.js";
import { parseIpv6 } from "../ip/ipv6.js";
import type { QuotedPacket } from "../packet.js";

/** Bytes of the quoted payload that are kept: an IKE header and a few payloads; SPI and sequence of ESP. */
const PAYLOAD_KEPT = 256;

/**
 * The packet that an ICMP error quotes in [at, end), as far as it goes: RFC 792 asks for 8 bytes behind the IP header,
 * newer stacks quote much more. Null where the IP header itself is not all there.
 */
export function readQuotedPacket(bytes: Uint8Array, at: number, end: number): QuotedPacket | null {
  if (end - at < 20) return null;
  const header = new IpHeader();
  const version = (bytes[at] as number) >> 4;
  if (version === 4 ? ((bytes[at] as number) & 0x0f) < 5 : version !== 6 || end - at < 40) return null;
  const parse = version === 4 ? parseIpv4 : parseIpv6;
  const status = parse(header, bytes, at, end, end);
  const addressAt = version === 4 ? ipv4At : ipv6At;
  const packet = {
    source: addressAt(bytes, header.sourceAt),
    destination: addressAt(bytes, header.destinationAt),
    protocol: header.protocol,
    fragmentOffset: header.fragmentOffset,
    ipLength: header.ipLength,
  };
  // Options or extension headers that the quotation cuts, and later fragments, leave nothing to read.
  const start = status === HEADER_OK && header.fragmentOffset === 0 ? header.payloadStart : header.payloadEnd;
  const hasPorts = header.protocol === PROTOCOL.udp || header.protocol === PROTOCOL.tcp;
  const portsThere = hasPorts && header.payloadEnd - start >= 4;
  const payloadStart = header.protocol === PROTOCOL.udp ? start + 8 : start;
  return {
    ...packet,
    sourcePort: portsThere ? u16At(bytes, start) : 0,
    destinationPort: portsThere ? u16At(bytes, start + 2) : 0,
    payload: bytes.slice(
      Math.min(payloadStart, header.payloadEnd),
      Math.min(header.payloadEnd, payloadStart + PAYLOAD_KEPT),
    ),
  };
}

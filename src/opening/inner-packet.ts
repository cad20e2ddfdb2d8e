import { ipv4At, ipv6At } from "../bytes/address.js";
import { u16At } from "../bytes/reader.js";

const PROTOCOL = { icmp: 1, ipip: 4, tcp: 6, udp: 17, ipv6: 41, icmp6: 58 } as const;
const IPV4_HEADER = 20;
const IPV6_HEADER = 40;
const TCP_FLAGS_AT = 13;
const TCP_HEADER = 20;

/** The properties that are kept of the packet inside ESP: no content. */
export interface InnerPacket {
  readonly mode: "tunnel" | "transport" | "other";
  /** Null in transport mode, where they are those outside. */
  readonly source: string | null;
  readonly destination: string | null;
  readonly protocol: number;
  readonly sourcePort: number | null;
  readonly destinationPort: number | null;
  readonly icmpType: number | null;
  readonly tcpFlags: number | null;
  /** Bytes of the inner IP packet; in transport mode those of the content. */
  readonly length: number;
}

/** The inside of an ESP packet with that next header; null where it is no packet that can be. */
export function innerPacket(content: Uint8Array, nextHeader: number): InnerPacket | null {
  if (nextHeader === PROTOCOL.ipip) return ipv4Packet(content);
  if (nextHeader === PROTOCOL.ipv6) return ipv6Packet(content);
  return {
    mode: "transport",
    source: null,
    destination: null,
    length: content.length,
    ...upper(content, 0, nextHeader, true),
  };
}

function ipv4Packet(content: Uint8Array): InnerPacket | null {
  const headerLength = ((content[0] ?? 0) & 0x0f) * 4;
  if ((content[0] ?? 0) >> 4 !== 4 || headerLength < IPV4_HEADER || content.length < headerLength)
    return null;
  const isFirst = (u16At(content, 6) & 0x1fff) === 0;
  return {
    mode: "tunnel",
    source: ipv4At(content, 12),
    destination: ipv4At(content, 16),
    length: u16At(content, 2),
    ...upper(content, headerLength, content[9] ?? 0, isFirst),
  };
}

function ipv6Packet(content: Uint8Array): InnerPacket | null {
  if ((content[0] ?? 0) >> 4 !== 6 || content.length < IPV6_HEADER) return null;
  return {
    mode: "tunnel",
    source: ipv6At(content, 8),
    destination: ipv6At(content, 24),
    length: IPV6_HEADER + u16At(content, 4),
    ...upper(content, IPV6_HEADER, content[6] ?? 0, true),
  };
}

type Upper = Pick<InnerPacket, "protocol" | "sourcePort" | "destinationPort" | "icmpType" | "tcpFlags">;

function upper(bytes: Uint8Array, at: number, protocol: number, isFirst: boolean): Upper {
  const none: Upper = { protocol, sourcePort: null, destinationPort: null, icmpType: null, tcpFlags: null };
  if (!isFirst || bytes.length < at + 4) return none;
  if (protocol === PROTOCOL.tcp || protocol === PROTOCOL.udp) {
    const hasFlags = protocol === PROTOCOL.tcp && bytes.length >= at + TCP_HEADER;
    return {
      ...none,
      sourcePort: u16At(bytes, at),
      destinationPort: u16At(bytes, at + 2),
      tcpFlags: hasFlags ? (bytes[at + TCP_FLAGS_AT] ?? 0) : null,
    };
  }
  const isIcmp = protocol === PROTOCOL.icmp || protocol === PROTOCOL.icmp6;
  return isIcmp ? { ...none, icmpType: bytes[at] ?? null } : none;
}

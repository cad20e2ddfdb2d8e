import { PROTOCOL, type IpHeader } from "../ip/header.js";

/**
 * Whether a fragment is one that no stack sends: all but the last are multiples of 8 bytes (RFC 791 section 3.2, RFC 8200
 * section 4.5).
 */
export function isBrokenFragment({ payloadLength, moreFragments }: IpHeader): boolean {
  return payloadLength < 1 || (moreFragments && payloadLength % 8 !== 0);
}

/** Protocols whose datagrams are worth the memory; an IPv6 fragment may name an extension header first. */
export function isReassembled(header: IpHeader): boolean {
  switch (header.protocol) {
    case PROTOCOL.udp:
    case PROTOCOL.esp:
    case PROTOCOL.ah:
    case PROTOCOL.icmp:
    case PROTOCOL.icmpv6:
    case PROTOCOL.gre:
    case PROTOCOL.ipv4:
    case PROTOCOL.ipv6:
      return true;
    default:
      return header.version === 6 && [0, 43, 60, 135].includes(header.protocol);
  }
}

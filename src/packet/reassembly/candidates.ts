import { PROTOCOL, type IpHeader } from "../ip/header.js";

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

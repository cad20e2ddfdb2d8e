import { namer, numbersOf, type RegistryRow } from "./registry.js";

/** Traffic selector types (RFC 7296 3.13.1): https://www.iana.org/assignments/ikev2-parameters, as of 2025-12. */
export const TS_TYPES = [
  [7, "TS_IPV4_ADDR_RANGE", "RFC 7296"],
  [8, "TS_IPV6_ADDR_RANGE", "RFC 7296"],
  [9, "TS_FC_ADDR_RANGE", "RFC 4595"],
  [10, "TS_SECLABEL", "RFC 9478"],
] as const satisfies readonly RegistryRow[];

/** IP protocols that selectors name: https://www.iana.org/assignments/protocol-numbers, as of 2025-12; the few that VPNs select. */
export const IP_PROTOCOLS = [
  [1, "ICMP", "RFC 792"],
  [2, "IGMP", "RFC 1112"],
  [4, "IPV4", "RFC 2003"],
  [6, "TCP", "RFC 9293"],
  [17, "UDP", "RFC 768"],
  [41, "IPV6", "RFC 2473"],
  [47, "GRE", "RFC 2784"],
  [50, "ESP", "RFC 4303"],
  [51, "AH", "RFC 4302"],
  [58, "ICMPV6", "RFC 4443"],
  [88, "EIGRP", "RFC 7868"],
  [89, "OSPF", "RFC 2328"],
  [103, "PIM", "RFC 7761"],
  [108, "IPCOMP", "RFC 3173"],
  [112, "VRRP", "RFC 9568"],
  [115, "L2TP", "RFC 3931"],
  [132, "SCTP", "RFC 9260"],
  [135, "MOBILITY_HEADER", "RFC 6275"],
] as const satisfies readonly RegistryRow[];

export const TS_TYPE = numbersOf(TS_TYPES);
export const IP_PROTOCOL = numbersOf(IP_PROTOCOLS);

/** Name of a traffic selector type. */
export const tsTypeName: (type: number) => string = namer(TS_TYPES, [[241, 255]]);

const protocolNames = new Map<number, string>(IP_PROTOCOLS.map(([number, name]) => [number, name]));

/** Name of an IP protocol; the number itself where it has none here. */
export function ipProtocolName(protocol: number): string {
  return protocolNames.get(protocol) ?? String(protocol);
}

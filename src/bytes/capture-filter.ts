/**
 * The filter, in the language of libpcap, that keeps all that a judgement needs, fragments and ICMP included: what
 * findings tell people to capture with, and what the live capture uses itself.
 */
export const CAPTURE_FILTER =
  "udp port 500 or udp port 4500 or proto 50 or proto 51 or tcp port 4500 or (ip[6:2] & 0x1fff != 0) or ip6[6] == 44 or icmp or icmp6";

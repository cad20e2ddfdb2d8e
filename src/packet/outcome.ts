/**
 * Why a frame is not followed further. Parsers return one of these, all negative, where others return a PACKET kind
 * or an EtherType; so one number carries either without allocation.
 */
export const OUTCOME = {
  /** ARP, LLDP, PPP control protocols, an EtherType that nobody here reads. */
  notIp: -1,
  /** IP, but with a protocol that does not matter here, or an ICMP message that reports no error. */
  otherProtocol: -2,
  /** The capture ends within a header that the frame on the wire had. */
  truncated: -3,
  /** A header contradicts itself, or does not fit into what its carrier declares. */
  malformed: -4,
  /** A fragment that was put aside, dropped as a duplicate, or belongs to a protocol that is not reassembled. */
  fragment: -5,
  /** The link type has no row in the table. */
  unknownLinkType: -6,
} as const;

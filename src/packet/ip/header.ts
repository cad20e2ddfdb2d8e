import type { FragmentSighting } from "../packet.js";

/** IP protocol numbers (https://www.iana.org/assignments/protocol-numbers) that matter here. */
export const PROTOCOL = {
  icmp: 1,
  ipv4: 4,
  tcp: 6,
  udp: 17,
  ipv6: 41,
  gre: 47,
  esp: 50,
  ah: 51,
  icmpv6: 58,
} as const;

const LARGEST_PAYLOAD = 65_535;

/** The fields that the parsers of IPv4 and IPv6 read; reused, so the hot path allocates nothing. */
export class IpHeader {
  version: 4 | 6 = 4;
  /** Buffer of the addresses; stays that of the last fragment when the payload is a reassembled one. */
  addressBytes: Uint8Array = new Uint8Array(0);
  sourceAt = 0;
  destinationAt = 0;
  ttl = 0;
  trafficClass = 0;
  /** IPv4 identification, or that of the IPv6 fragment header (0 without one). */
  identification = 0;
  /** As declared; where the declared length is 0 (segmentation offload), what was on the wire. */
  ipLength = 0;
  /** Protocol of the payload; behind IPv6 extension headers. As far as the chain could be followed. */
  protocol = 0;
  /** True for a part of a datagram; false for an atomic fragment (RFC 6946). */
  fragmented = false;
  /** Offset of this fragment's data in bytes. */
  fragmentOffset = 0;
  moreFragments = false;
  /** Buffer of the payload. */
  bytes: Uint8Array = new Uint8Array(0);
  /** Captured payload: [payloadStart, payloadEnd); `payloadLength` is what the header declares. */
  payloadStart = 0;
  payloadEnd = 0;
  payloadLength = 0;
  /** Set once the payload is a reassembled one. */
  fragments: readonly FragmentSighting[] | null = null;
  #assembly: Uint8Array | null = null;

  /** The buffer for a reassembled payload; each header has its own, because the outer payload holds the inner one. */
  get assembly(): Uint8Array {
    this.#assembly ??= new Uint8Array(LARGEST_PAYLOAD);
    return this.#assembly;
  }
}

/** Returned by the parsers where the header holds; else they return a negative OUTCOME. */
export const HEADER_OK = 0;

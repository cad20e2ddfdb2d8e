import type { Address } from "../bytes/address.js";
import type { Micros } from "../bytes/time.js";

/** Kinds of packets that frames carry. Numbers, because the hot path switches on them for every frame. */
export const PACKET = {
  /** Nothing that can be followed further: not IP, another protocol, broken, or a fragment that was put aside. */
  skipped: 0,
  udp: 1,
  tcp: 2,
  esp: 3,
  ah: 4,
  icmpError: 5,
} as const;
export type PacketKind = (typeof PACKET)[keyof typeof PACKET];

/** Packet type of Linux cooked captures and pcapng flags: how the frame met the capturing host. */
export const HOST_SIDE = { unknown: 0, received: 1, sent: 2, forwarded: 3 } as const;

/** One fragment of a datagram. */
export interface FragmentSighting {
  readonly frame: number;
  readonly time: Micros;
  /** Offset and length of the fragment's data within the datagram, bytes. */
  readonly offset: number;
  readonly length: number;
}

/** A datagram whose fragments did not all arrive, handed on when it is given up. */
export interface IncompleteDatagram {
  readonly ipVersion: 4 | 6;
  readonly source: Address;
  readonly destination: Address;
  readonly protocol: number;
  readonly identification: number;
  readonly fragments: readonly FragmentSighting[];
  /** The fragment without "more fragments" was seen, so the whole length is known. */
  readonly totalLength: number | null;
  /** Bytes from offset 0 that are there without a gap (UDP or ESP header first); empty where the first fragment is missing. */
  readonly head: Uint8Array;
  /**
   * "timeout", "end": fragments are missing. "snap-length": all came, but the capture did not keep all of their bytes.
   * "overlap", "too-large": refused, the last of `fragments` being the one that did it. "evicted": no room was left.
   */
  readonly reason: "timeout" | "evicted" | "end" | "overlap" | "too-large" | "snap-length";
}

/** The packet that an ICMP error quotes, as far as it is quoted. */
export interface QuotedPacket {
  readonly source: Address;
  readonly destination: Address;
  /** IP protocol: 17 UDP, 50 ESP, 51 AH ... */
  readonly protocol: number;
  /** Offset of the quoted fragment in bytes; other than 0, it has no ports and no payload to read. */
  readonly fragmentOffset: number;
  /** 0 where the protocol has no ports or the quotation ends before. */
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** The bytes after the quoted UDP header (or IP header, for ESP and AH); may be empty; a copy. */
  readonly payload: Uint8Array;
  /** Length that the quoted IP header declares. */
  readonly ipLength: number;
}

/** An ICMP or ICMPv6 error message. */
export interface IcmpError {
  readonly version: 4 | 6;
  readonly type: number;
  readonly code: number;
  /** Next-hop MTU of "fragmentation needed" / "packet too big", else null. */
  readonly mtu: number | null;
  readonly quoted: QuotedPacket;
}

/**
 * The result of one dissection, reused for every frame: addresses as bytes within the frame, payload as a window.
 * Meaningful fields depend on `kind`.
 */
export interface PacketView {
  kind: PacketKind;
  ipVersion: 4 | 6;
  /** The buffer that the windows below point into: the record's, or that of a reassembled datagram. */
  bytes: Uint8Array;
  /** Positions of the source and destination address (4 or 16 bytes) in `addressBytes`. */
  addressBytes: Uint8Array;
  sourceAt: number;
  destinationAt: number;
  /** IPv4 TTL or IPv6 hop limit, TOS or traffic class, and identification (0 for IPv6) of the innermost IP header. */
  ttl: number;
  trafficClass: number;
  identification: number;
  /** IP packet length as declared (for a reassembled datagram: header plus whole payload). */
  ipLength: number;
  sourcePort: number;
  destinationPort: number;
  /**
   * UDP payload, TCP payload, or the ESP/AH packet from its SPI or next-header byte: [payloadStart, payloadEnd) is what
   * was captured, `payloadLength` what the headers declare. Trailing link-layer padding is not part of it.
   */
  payloadStart: number;
  payloadEnd: number;
  payloadLength: number;
  /** UDP checksum field; 0 means that the sender computed none (legal over IPv4). */
  udpChecksum: number;
  tcpFlags: number;
  tcpSequence: number;
  /** One of HOST_SIDE, from SLL/SLL2; the capture file's own direction flags are in the record. */
  hostSide: number;
  /** Set for `icmpError`. */
  icmp: IcmpError | null;
  /** The fragments, in order of arrival, that this datagram was put together from; null for an unfragmented one. */
  fragments: readonly FragmentSighting[] | null;
  /** The packet was found inside a mirror or tunnel encapsulation (VXLAN, GRE, ERSPAN). */
  mirrored: boolean;
  /** Set for a frame that is skipped because it is a first UDP fragment that cannot be put together; its ports are there. */
  brokenFragment: boolean;
}

import { address, concat, u16, u32, u8, zeros } from "./bytes.js";
import { internetChecksum, withChecksum } from "./checksum.js";

export interface Ipv4Options {
  readonly source?: string;
  readonly destination?: string;
  /** 17 UDP by default. */
  readonly protocol?: number;
  readonly payload: Uint8Array;
  readonly ttl?: number;
  readonly tos?: number;
  readonly identification?: number;
  /** Padded to a multiple of 4. */
  readonly options?: Uint8Array;
  readonly dontFragment?: boolean;
  readonly moreFragments?: boolean;
  /** In bytes, a multiple of 8. */
  readonly fragmentOffset?: number;
  /** A wrong total length, for tests. */
  readonly totalLength?: number;
}

/** An IPv4 packet with right checksums, also that of the UDP, TCP or ICMP packet in it. */
export function ipv4(options: Ipv4Options): Uint8Array {
  const source = address(options.source ?? "192.0.2.1");
  const destination = address(options.destination ?? "198.51.100.2");
  const protocol = options.protocol ?? 17;
  const payload = withChecksum(options.payload, source, destination, protocol);
  const padded = options.options ?? u8();
  const extra = concat(padded, zeros(-padded.length & 3));
  const flags = (options.dontFragment ? 0x4000 : 0) | (options.moreFragments ? 0x2000 : 0);
  const headerLength = 20 + extra.length;
  const header = concat(
    u8(0x40 | (headerLength >> 2), options.tos ?? 0),
    u16(options.totalLength ?? headerLength + payload.length, options.identification ?? 0),
    u16(flags | ((options.fragmentOffset ?? 0) >> 3)),
    u8(options.ttl ?? 64, protocol, 0, 0),
    source,
    destination,
    extra,
  );
  header.set(u16(internetChecksum(header)), 10);
  return concat(header, payload);
}

/** An IPv6 extension header: its number, and its bytes without next header and length. */
export interface Extension {
  readonly type: number;
  readonly body: Uint8Array;
}

export interface Ipv6Options {
  readonly source?: string;
  readonly destination?: string;
  readonly protocol?: number;
  readonly payload: Uint8Array;
  readonly hopLimit?: number;
  readonly trafficClass?: number;
  readonly extensions?: readonly Extension[];
  /** A wrong payload length, for tests. */
  readonly payloadLength?: number;
}

/** An IPv6 packet with the right checksum of the UDP, TCP or ICMPv6 packet in it. */
export function ipv6(options: Ipv6Options): Uint8Array {
  const source = address(options.source ?? "2001:db8::1");
  const destination = address(options.destination ?? "2001:db8::2");
  const protocol = options.protocol ?? 17;
  const extensions = options.extensions ?? [];
  const chain = extensions.map(({ type, body }, index) => {
    const next = extensions[index + 1]?.type ?? protocol;
    return concat(u8(next, type === 44 ? 0 : (body.length + 2) / 8 - 1), body);
  });
  const payload = concat(...chain, withChecksum(options.payload, source, destination, protocol));
  return concat(
    u32(((6 << 28) | ((options.trafficClass ?? 0) << 20)) >>> 0),
    u16(options.payloadLength ?? payload.length),
    u8(extensions[0]?.type ?? protocol, options.hopLimit ?? 64),
    source,
    destination,
    payload,
  );
}

/** Hop-by-hop options (0), destination options (60): padding of `words` times 8 bytes, with the header. */
export function optionsHeader(type: 0 | 60, words = 1): Extension {
  const body = zeros(words * 8 - 2);
  // PadN: type 1, length of what follows (RFC 8200 section 4.2).
  body.set(u8(1, body.length - 2));
  return { type, body };
}

/** Routing header (43) of the unassigned type 253 with no segments left. */
export function routingHeader(): Extension {
  return { type: 43, body: concat(u8(253, 0), zeros(4)) };
}

/** Fragment header (44); `offset` in bytes, a multiple of 8. */
export function fragmentHeader(offset: number, more: boolean, identification: number): Extension {
  return { type: 44, body: concat(u16(offset | (more ? 1 : 0)), u32(identification)) };
}

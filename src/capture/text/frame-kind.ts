/** LINKTYPE_ numbers. */
const LINK = { loopback: 0, ethernet: 1, raw: 101, cooked: 113, cooked2: 276 } as const;
const MAC_HEADER = 14;
const COOKED_HEADER = 16;
const COOKED2_HEADER = 20;
const LOOPBACK_HEADER = 4;
/** EtherTypes that frames of a VPN gateway have; a tag of four bytes may stand before. */
const IPV4 = 0x0800;
const IPV6 = 0x86dd;
const TAGS: ReadonlySet<number> = new Set([0x8100, 0x88a8, 0x9100]);
const OTHERS: ReadonlySet<number> = new Set([0x0806, 0x8863, 0x8864, 0x8847, 0x8848, 0x88cc, 0x888e]);

/** Link type and length of a frame, read from its bytes because the text does not tell them. */
export interface FrameKind {
  readonly linkType: number;
  /** Length on the wire as its IP header gives it, at least that of the bytes. */
  readonly originalLength: number;
  /** An IP header stands in it. */
  readonly isIp: boolean;
}

/**
 * Tells by its bytes whether a frame begins with an Ethernet header, with that of Linux cooked captures, or with IP itself:
 * a text shows one or the other, as the tool and its options go. What is none of them counts as Ethernet.
 */
export function frameKind(bytes: Uint8Array): FrameKind {
  const whole = (linkType: number, header: number): FrameKind => ({
    linkType,
    originalLength: Math.max(bytes.length, header + ipLength(bytes, header)),
    isIp: true,
  });
  const ether = etherPayload(bytes);
  if (ether !== null && ether >= 0 && ipLength(bytes, ether) > 0) return whole(LINK.ethernet, ether);
  if (isIpType(word(bytes, COOKED_HEADER - 2)) && ipLength(bytes, COOKED_HEADER) > 0) {
    return whole(LINK.cooked, COOKED_HEADER);
  }
  if (isIpType(word(bytes, 0)) && word(bytes, 2) === 0 && ipLength(bytes, COOKED2_HEADER) > 0) {
    return whole(LINK.cooked2, COOKED2_HEADER);
  }
  // The first bytes of an address may read like an EtherType: the checksum of an IP header is no chance.
  if (ipLength(bytes, 0) > 0 && (ether === null || hasChecksum(bytes))) return whole(LINK.raw, 0);
  if (isLoopback(bytes) && ipLength(bytes, LOOPBACK_HEADER) > 0) return whole(LINK.loopback, LOOPBACK_HEADER);
  return { linkType: LINK.ethernet, originalLength: bytes.length, isIp: false };
}

/** Offset of IP after an Ethernet header and its tags; -1 if the EtherType is another one; null if this is no Ethernet header. */
function etherPayload(bytes: Uint8Array): number | null {
  let at = MAC_HEADER - 2;
  for (let tags = 0; tags < 3 && TAGS.has(word(bytes, at)); tags++) at += 4;
  const type = word(bytes, at);
  if (isIpType(type)) return at + 2;
  return OTHERS.has(type) ? -1 : null;
}

/** Length of the packet whose IP header stands there; 0 where none does. */
function ipLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at];
  if (first === undefined) return 0;
  if (first >> 4 === 4 && (first & 15) >= 5) {
    const length = word(bytes, at + 2);
    return length >= (first & 15) * 4 ? length : 0;
  }
  return first >> 4 === 6 && bytes.length >= at + 40 ? 40 + word(bytes, at + 4) : 0;
}

/** The address family of BSD's loopback, in the byte order of the host: AF_INET, or one of the values of AF_INET6. */
function isLoopback(bytes: Uint8Array): boolean {
  const [first = 0, second = 0, third = 0, fourth = 0] = bytes;
  const family = first === 0 ? fourth : first;
  return second === 0 && third === 0 && (first === 0 || fourth === 0) && [2, 24, 28, 30].includes(family);
}

/** Whether the IPv4 header at the start has a right checksum (RFC 1071). */
function hasChecksum(bytes: Uint8Array): boolean {
  const first = bytes[0] ?? 0;
  const length = (first & 15) * 4;
  if (first >> 4 !== 4 || bytes.length < length) return false;
  let sum = 0;
  for (let at = 0; at < length; at += 2) sum += word(bytes, at);
  return ((sum & 0xffff) + (sum >> 16)) % 0xffff === 0;
}

function isIpType(type: number): boolean {
  return type === IPV4 || type === IPV6;
}

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

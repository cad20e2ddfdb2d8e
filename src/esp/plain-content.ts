import { u16At } from "../bytes/reader.js";

const ESP_HEADER = 8;
/** ENCR_NULL has no IV (RFC 2410); GMAC without encryption has one of eight bytes (RFC 4543). */
const CONTENT_OFFSETS = [ESP_HEADER, ESP_HEADER + 8] as const;
/** Pad length and next header, and the most that padding and the longest ICV add (RFC 4303 2.4, RFC 4868). */
const SHORTEST_TRAILER = 2;
const LONGEST_TRAILER = SHORTEST_TRAILER + 255 + 32;
const IPV4_HEADER = 20;
const IPV6_HEADER = 40;

/** Upper layers that IPv6 packets begin with: hop-by-hop, TCP, UDP, routing, fragment, ICMPv6, destination options. */
const IPV6_NEXT_HEADERS = new Set([0, 6, 17, 43, 44, 58, 60]);

/**
 * Whether an ESP packet in [start, end) of `bytes`, `length` bytes long on the wire, holds an IP packet in clear: one
 * whose length fits and, for IPv4, whose header checksum is right. By chance ciphertext passes for
 * IPv4 once in 2^27 packets and for IPv6 once in some 100,000: judge by several packets.
 */
export function isReadable(bytes: Uint8Array, start: number, end: number, length: number): boolean {
  return CONTENT_OFFSETS.some((offset) => holdsIp(bytes, start + offset, end, length - offset));
}

function holdsIp(bytes: Uint8Array, at: number, end: number, length: number): boolean {
  if (end - at < IPV4_HEADER) return false;
  const version = (bytes[at] as number) >> 4;
  if (version === 4) return fits(u16At(bytes, at + 2), length) && isIpv4Header(bytes, at, end);
  if (version !== 6 || end - at < IPV6_HEADER) return false;
  return fits(u16At(bytes, at + 4) + IPV6_HEADER, length) && IPV6_NEXT_HEADERS.has(bytes[at + 6] as number);
}

/** The inner packet fills the ESP packet, but for its trailer. */
function fits(inner: number, length: number): boolean {
  const rest = length - inner;
  return rest >= SHORTEST_TRAILER && rest <= LONGEST_TRAILER;
}

function isIpv4Header(bytes: Uint8Array, at: number, end: number): boolean {
  const headerLength = ((bytes[at] as number) & 15) * 4;
  if (headerLength < IPV4_HEADER || headerLength > end - at) return false;
  let sum = 0;
  for (let offset = 0; offset < headerLength; offset += 2) sum += u16At(bytes, at + offset);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return sum === 0xffff;
}

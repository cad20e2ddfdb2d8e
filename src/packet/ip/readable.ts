import { u16At } from "../../bytes/reader.js";

const IPV4_HEADER = 20;
const IPV6_HEADER = 40;
/** Padding length and next header, and the most that padding and the longest ICV add (RFC 4303 section 2). */
const SHORTEST_TRAILER = 2;
const LONGEST_TRAILER = SHORTEST_TRAILER + 255 + 32;
/** Next headers that IPv6 packets begin with: options, TCP, UDP, routing, fragment, ICMPv6. */
const IPV6_NEXT_HEADERS: ReadonlySet<number> = new Set([0, 6, 17, 43, 44, 58, 60]);
/** NULL encryption has no IV (RFC 2410), GMAC one of eight bytes (RFC 4543). */
const IVS = [0, 8] as const;

/** An IP packet that can be read behind an ESP header. */
export interface ReadablePacket {
  readonly version: 4 | 6;
  readonly at: number;
  readonly headerEnd: number;
  readonly end: number;
}

/**
 * The IP packet in clear that begins at `body`, behind the header of an ESP packet that ends at `wireEnd` (of which what is
 * before `end` was captured): its length fills the ESP packet but for a trailer, and the header checksum of IPv4 is right.
 * Null for ciphertext, but for one packet in some hundred thousand.
 */
export function readablePacket(
  bytes: Uint8Array,
  body: number,
  end: number,
  wireEnd: number,
): ReadablePacket | null {
  for (const iv of IVS) {
    const at = body + iv;
    const found = end - at < IPV4_HEADER ? null : packetAt(bytes, at, end);
    const rest = found === null ? 0 : wireEnd - found.end;
    if (rest >= SHORTEST_TRAILER && rest <= LONGEST_TRAILER) return found;
  }
  return null;
}

function packetAt(bytes: Uint8Array, at: number, end: number): ReadablePacket | null {
  const version = (bytes[at] as number) >> 4;
  if (version === 4) {
    const headerEnd = at + (((bytes[at] as number) & 0x0f) << 2);
    const isHeader = headerEnd >= at + IPV4_HEADER && headerEnd <= end && isRight(bytes, at, headerEnd);
    return isHeader ? { version, at, headerEnd, end: at + u16At(bytes, at + 2) } : null;
  }
  if (version !== 6 || end - at < IPV6_HEADER || !IPV6_NEXT_HEADERS.has(bytes[at + 6] as number)) return null;
  return { version, at, headerEnd: at + IPV6_HEADER, end: at + IPV6_HEADER + u16At(bytes, at + 4) };
}

/** A sum of all ones is right (RFC 1071). */
function isRight(bytes: Uint8Array, at: number, end: number): boolean {
  let sum = 0;
  for (let word = at; word < end; word += 2) sum += u16At(bytes, word);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return sum === 0xffff;
}

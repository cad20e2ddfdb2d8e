import { u16At, u32At } from "../../bytes/reader.js";
import type { IpHeader } from "../ip/header.js";
import type { IcmpError } from "../packet.js";
import { readQuotedPacket } from "./quote.js";

/** Destination unreachable, source quench, redirect, time exceeded, parameter problem (RFC 792). */
const ICMPV4_ERRORS: ReadonlySet<number> = new Set([3, 4, 5, 11, 12]);
const DESTINATION_UNREACHABLE = 3;
const FRAGMENTATION_NEEDED = 4;
const ICMPV6_PACKET_TOO_BIG = 2;
/** Informational messages start here (RFC 4443 section 2.1); errors in use are 1 to 4. */
const ICMPV6_LAST_ERROR = 4;
const ICMP_HEADER = 8;

/** Whether the ICMP message in the payload of `header` is an error; at least 1 byte of it is captured. */
export function isIcmpError(header: IpHeader): boolean {
  const type = header.bytes[header.payloadStart] as number;
  return header.version === 4 ? ICMPV4_ERRORS.has(type) : type >= 1 && type <= ICMPV6_LAST_ERROR;
}

/** Reads an ICMP error with the packet that it quotes; null where not even the quoted addresses were captured. */
export function parseIcmpError(header: IpHeader): IcmpError | null {
  const { bytes, payloadStart: at, payloadEnd: end, version } = header;
  if (end - at < ICMP_HEADER) return null;
  const type = bytes[at] as number;
  const code = bytes[at + 1] as number;
  const quoted = readQuotedPacket(bytes, at + ICMP_HEADER, quotationEnd(header));
  if (quoted === null) return null;
  let mtu: number | null = null;
  if (version === 4 && type === DESTINATION_UNREACHABLE && code === FRAGMENTATION_NEEDED) {
    // Routers older than RFC 1191 leave 0 here: they name no MTU.
    mtu = u16At(bytes, at + 6) || null;
  } else if (version === 6 && type === ICMPV6_PACKET_TOO_BIG) {
    mtu = u32At(bytes, at + 4);
  }
  return { version, type, code, mtu, quoted };
}

/**
 * Where the quoted packet ends: at the message's end, or before the extensions of RFC 4884, which then declare the
 * length of the quotation in words of 4 bytes (IPv4, byte 5) or 8 bytes (IPv6, byte 4).
 */
export function quotationEnd(header: IpHeader): number {
  const { bytes, payloadStart: at, payloadEnd: end, version } = header;
  const type = bytes[at] as number;
  let declared = 0;
  if (version === 4 && (type === 3 || type === 11 || type === 12)) {
    declared = (bytes[at + 5] as number) * 4;
  } else if (version === 6 && (type === 1 || type === 3)) {
    declared = (bytes[at + 4] as number) * 8;
  }
  const quotedEnd = at + ICMP_HEADER + declared;
  return declared > 0 && quotedEnd < end ? quotedEnd : end;
}

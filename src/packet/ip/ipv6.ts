import { u16At, u32At } from "../../bytes/reader.js";
import { OUTCOME } from "../outcome.js";
import { HEADER_OK, type IpHeader } from "./header.js";

/** Extension headers that are followed in one packet; RFC 8200 section 4.1 asks for seven at most. */
const EXTENSION_HEADERS = 16;
const FRAGMENT_HEADER = 44;

/**
 * IPv6 header (RFC 8200 section 3) with its extension headers, up to the upper layer or into a fragment. `end` is
 * where the captured bytes end, `wireEnd` where the carrier ended on the wire.
 */
export function parseIpv6(
  header: IpHeader,
  bytes: Uint8Array,
  at: number,
  end: number,
  wireEnd: number,
): number {
  if (end - at < 40) return wireEnd - at < 40 ? OUTCOME.malformed : OUTCOME.truncated;
  const first = bytes[at] as number;
  if (first >> 4 !== 6) return OUTCOME.malformed;
  // As with IPv4, 0 stands for a packet that segmentation offload has yet to cut (or a jumbogram: the same reading).
  const payloadLength = u16At(bytes, at + 4) || wireEnd - at - 40;
  header.version = 6;
  header.addressBytes = bytes;
  header.sourceAt = at + 8;
  header.destinationAt = at + 24;
  header.ttl = bytes[at + 7] as number;
  header.trafficClass = ((first & 0x0f) << 4) | ((bytes[at + 1] as number) >> 4);
  header.identification = 0;
  header.ipLength = 40 + payloadLength;
  header.fragments = null;
  const declaredEnd = at + 40 + payloadLength;
  header.bytes = bytes;
  header.payloadStart = at + 40;
  header.payloadEnd = declaredEnd < end ? declaredEnd : end;
  header.payloadLength = payloadLength;
  return followExtensions(header, bytes[at + 6] as number);
}

/**
 * Follows extension headers from the payload's start, `protocol` being the first one, and moves the payload window
 * behind them. Stops at a fragment header unless it is atomic (RFC 6946). AH is not followed: it is a packet of its
 * own here.
 */
export function followExtensions(header: IpHeader, protocol: number): number {
  const { bytes, payloadEnd } = header;
  header.fragmented = false;
  header.fragmentOffset = 0;
  header.moreFragments = false;
  header.protocol = protocol;
  for (let extension = 0; extension < EXTENSION_HEADERS; extension++) {
    if (!isExtension(header.protocol)) return HEADER_OK;
    const at = header.payloadStart;
    if (payloadEnd - at < 8) return header.payloadLength < 8 ? OUTCOME.malformed : OUTCOME.truncated;
    const isFragment = header.protocol === FRAGMENT_HEADER;
    const length = isFragment ? 8 : ((bytes[at + 1] as number) + 1) << 3;
    if (length > header.payloadLength) return OUTCOME.malformed;
    if (isFragment) readFragmentHeader(header, at);
    header.protocol = bytes[at] as number;
    header.payloadStart = at + length < payloadEnd ? at + length : payloadEnd;
    header.payloadLength -= length;
    if (at + length > payloadEnd) return OUTCOME.truncated;
    if (header.fragmented) return HEADER_OK;
  }
  return OUTCOME.malformed;
}

/** Fragment header (RFC 8200 section 4.5): next header, reserved, offset (13 bits) and more-fragments, identification. */
function readFragmentHeader(header: IpHeader, at: number): void {
  const field = u16At(header.bytes, at + 2);
  header.identification = u32At(header.bytes, at + 4);
  header.fragmentOffset = field & 0xfff8;
  header.moreFragments = (field & 1) !== 0;
  header.fragmented = header.fragmentOffset !== 0 || header.moreFragments;
}

/** Hop-by-hop, routing, fragment, destination options, mobility, host identity, shim6. */
function isExtension(protocol: number): boolean {
  switch (protocol) {
    case 0:
    case 43:
    case FRAGMENT_HEADER:
    case 60:
    case 135:
    case 139:
    case 140:
      return true;
    default:
      return false;
  }
}

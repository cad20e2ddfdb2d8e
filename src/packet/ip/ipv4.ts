import { u16At } from "../../bytes/reader.js";
import { OUTCOME } from "../outcome.js";
import { HEADER_OK, type IpHeader } from "./header.js";

const MORE_FRAGMENTS = 0x2000;
const FRAGMENT_OFFSET = 0x1fff;

/**
 * IPv4 header (RFC 791 section 3.1) at `at`. `end` is where the captured bytes end, `wireEnd` where the carrier ended
 * on the wire. Options are skipped; the checksum is not verified, for local offload leaves it unfilled. Bytes behind
 * the total length are link-layer padding.
 */
export function parseIpv4(
  header: IpHeader,
  bytes: Uint8Array,
  at: number,
  end: number,
  wireEnd: number,
): number {
  if (end - at < 20) return wireEnd - at < 20 ? OUTCOME.malformed : OUTCOME.truncated;
  const first = bytes[at] as number;
  const headerLength = (first & 0x0f) << 2;
  if (first >> 4 !== 4 || headerLength < 20) return OUTCOME.malformed;
  // Captured before segmentation offload cut it to size, a large packet declares 0: it reaches to the frame's end.
  const totalLength = u16At(bytes, at + 2) || wireEnd - at;
  const fragment = u16At(bytes, at + 6);
  header.version = 4;
  header.addressBytes = bytes;
  header.sourceAt = at + 12;
  header.destinationAt = at + 16;
  header.ttl = bytes[at + 8] as number;
  header.trafficClass = bytes[at + 1] as number;
  header.identification = u16At(bytes, at + 4);
  header.ipLength = totalLength;
  header.protocol = bytes[at + 9] as number;
  header.fragmented = (fragment & (MORE_FRAGMENTS | FRAGMENT_OFFSET)) !== 0;
  header.fragmentOffset = (fragment & FRAGMENT_OFFSET) << 3;
  header.moreFragments = (fragment & MORE_FRAGMENTS) !== 0;
  header.bytes = bytes;
  header.fragments = null;
  const payloadStart = at + headerLength;
  const declaredEnd = at + totalLength;
  header.payloadStart = payloadStart < end ? payloadStart : end;
  header.payloadEnd = declaredEnd < end ? declaredEnd : end;
  header.payloadLength = totalLength - headerLength;
  if (totalLength < headerLength) return OUTCOME.malformed;
  return payloadStart > end ? OUTCOME.truncated : HEADER_OK;
}

import type { CaptureRecord } from "../capture/source.js";
import { HEADER_OK, type IpHeader } from "../packet/ip/header.js";
import { parseIpv4 } from "../packet/ip/ipv4.js";
import { parseIpv6 } from "../packet/ip/ipv6.js";
import { FOLLOWS } from "../packet/link/cursor.js";
import { LINK_TYPES } from "../packet/link/table.js";
import { walkToIp } from "../packet/link/walk.js";

/** Reads the first IP header of a frame into `header`; false where there is none that can be read. */
export function outerIp(header: IpHeader, record: CaptureRecord): boolean {
  const { bytes, start, end, originalLength, linkType } = record;
  const parser = LINK_TYPES.get(linkType) ?? LINK_TYPES.get(linkType & 0xffff);
  if (parser === undefined) return false;
  const cursor = { bytes, at: start, end: Math.min(end, bytes.length), hostSide: 0 };
  const follows = walkToIp(cursor, parser(cursor));
  if (follows !== FOLLOWS.ipv4 && follows !== FOLLOWS.ipv6) return false;
  const parse = follows === FOLLOWS.ipv4 ? parseIpv4 : parseIpv6;
  return parse(header, bytes, cursor.at, cursor.end, start + originalLength) === HEADER_OK;
}

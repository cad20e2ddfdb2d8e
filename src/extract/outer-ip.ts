import { type Address, ipv4At, ipv6At } from "../bytes/address.js";
import type { CaptureRecord } from "../capture/source.js";
import { HEADER_OK, type IpHeader } from "../packet/ip/header.js";
import { parseIp } from "../packet/ip/parse.js";
import { linkParser } from "../packet/link/table.js";
import { walkToIp } from "../packet/link/walk.js";

/** Reads the first IP header of a frame into `header`; false where there is none that can be read. */
export function outerIp(header: IpHeader, record: CaptureRecord): boolean {
  const { bytes, start, end, originalLength, linkType } = record;
  const parser = linkParser(linkType);
  if (parser === undefined) return false;
  const cursor = { bytes, at: start, end: Math.min(end, bytes.length), hostSide: 0 };
  const follows = walkToIp(cursor, parser);
  if (follows < 0) return false;
  return parseIp(header, follows, bytes, cursor.at, cursor.end, start + originalLength) === HEADER_OK;
}

/** The addresses of a header that was read. */
export function endsOf({ version, addressBytes, sourceAt, destinationAt }: IpHeader): {
  readonly source: Address;
  readonly destination: Address;
} {
  const addressAt = version === 4 ? ipv4At : ipv6At;
  return { source: addressAt(addressBytes, sourceAt), destination: addressAt(addressBytes, destinationAt) };
}

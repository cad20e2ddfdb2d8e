import { FOLLOWS } from "../link/cursor.js";
import type { IpHeader } from "./header.js";
import { parseIpv4 } from "./ipv4.js";
import { parseIpv6 } from "./ipv6.js";

/**
 * Reads the IP header at `at`, of the version that `follows` names (FOLLOWS.ipv4 or FOLLOWS.ipv6); HEADER_OK or a negative
 * OUTCOME. The captured bytes end at `end`, what carried the packet on the wire at `wireEnd`.
 */
export function parseIp(
  header: IpHeader,
  follows: number,
  bytes: Uint8Array,
  at: number,
  end: number,
  wireEnd: number,
): number {
  return follows === FOLLOWS.ipv4
    ? parseIpv4(header, bytes, at, end, wireEnd)
    : parseIpv6(header, bytes, at, end, wireEnd);
}

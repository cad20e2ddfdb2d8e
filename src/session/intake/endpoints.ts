import { ipv4At, ipv6At } from "../../bytes/address.js";
import { u32At } from "../../bytes/reader.js";
import type { Endpoint } from "../model.js";

/** Endpoints that are remembered, a power of two; a new one takes the place of the one that has its slot. */
const SLOTS = 16_384;

/** One object for all sightings of an IPv4 endpoint: a capture repeats few of them millions of times. */
const known = Array.from({ length: SLOTS }, (): Endpoint | null => null);
const keys = new Float64Array(SLOTS).fill(-1);

/** The endpoint whose address (4 or 16 bytes by `ipVersion`) stands at `at`. */
export function endpointAt(bytes: Uint8Array, at: number, ipVersion: 4 | 6, port: number): Endpoint {
  if (ipVersion === 6) return { address: ipv6At(bytes, at), port };
  const ipv4 = u32At(bytes, at);
  const key = ipv4 * 65_536 + port;
  const slot = slotOf(ipv4, port);
  const found = known[slot];
  if (found != null && keys[slot] === key) return found;
  const endpoint = { address: ipv4At(bytes, at), port };
  known[slot] = endpoint;
  keys[slot] = key;
  return endpoint;
}

function slotOf(ipv4: number, port: number): number {
  const hash = Math.imul(ipv4 ^ (port << 7), 0x9e3779b1);
  return (hash ^ (hash >>> 15)) & (SLOTS - 1);
}

import { ipv4At, ipv6At } from "../../bytes/address.js";
import { u32At } from "../../bytes/reader.js";
import type { Endpoint } from "../model.js";

/** Endpoints that are remembered; when there are more, all are forgotten and begin anew. */
const LIMIT = 8192;

/** One object for all sightings of an IPv4 endpoint: a capture repeats few of them millions of times. */
const known = new Map<number, Endpoint>();

/** The endpoint whose address (4 or 16 bytes by `ipVersion`) stands at `at`. */
export function endpointAt(bytes: Uint8Array, at: number, ipVersion: 4 | 6, port: number): Endpoint {
  if (ipVersion === 6) return { address: ipv6At(bytes, at), port };
  const key = u32At(bytes, at) * 65_536 + port;
  const found = known.get(key);
  if (found !== undefined) return found;
  if (known.size >= LIMIT) known.clear();
  const endpoint = { address: ipv4At(bytes, at), port };
  known.set(key, endpoint);
  return endpoint;
}

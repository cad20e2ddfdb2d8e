import { EXCHANGE_V2 } from "../../ike/registries/exchanges.js";
import type { Exchange } from "../model.js";

/**
 * Lengths of an IKEv2 message without payloads, and what of each no payload can take (RFC 7296 3.14): header, SK header, IV, ICV and
 * the count of the padding. Combined-mode ciphers with 8, 12 and 16 bytes of ICV, 3DES with SHA1 and SHA2-256, AES-CBC with SHA1,
 * SHA2-256 and SHA2-384. With SHA2-512 it is as long as one with a cookie under SHA2-256, and tells nothing.
 */
const OVERHEAD_BY_EMPTY_MESSAGE: ReadonlyMap<number, number> = new Map([
  [49, 49],
  [53, 53],
  [57, 57],
  [60, 53],
  [64, 57],
  [76, 61],
  [80, 65],
  [88, 73],
]);

/**
 * Bytes of each encrypted message of an IKE SA that are no payload and no padding, as the shortest answer to its liveness checks tells
 * where the capture does not hold the suite; null where none tells.
 */
export function overheadByChecks(later: readonly Exchange[]): number | null {
  let shortest = Infinity;
  for (const { exchangeType, response } of later) {
    if (exchangeType !== EXCHANGE_V2.INFORMATIONAL || response === null || response.fragments !== null)
      continue;
    if (response.message.payloads[0]?.kind !== "encrypted") continue;
    shortest = Math.min(shortest, response.message.header.length);
  }
  return OVERHEAD_BY_EMPTY_MESSAGE.get(shortest) ?? null;
}

import { encryptedMessageLength } from "../../ike/length-oracle.js";
import type { Suite } from "../../ike/suite.js";

/** Deletes of several SAs leave at once; liveness checks are seconds apart. Microseconds. */
export const CHECKS_APART = 900_000;

/** From MD5 with 3DES to SHA2-512 with AES, where the algorithms are not in the capture. Bytes of the whole message. */
const LENGTHS = { least: 84, most: 144 } as const;
/** Notification of RFC 3706 5.3: header, both cookies, sequence number. HASH payload: its header, then the hash. */
const R_U_THERE = 12 + 16 + 4;
const HASH_HEADER = 4;
/** Bytes of hash by IKEv1 number (RFC 2409 appendix A, RFC 4868): MD5, SHA, SHA2-256, SHA2-384, SHA2-512. */
const HASH_LENGTHS: ReadonlyMap<number, number> = new Map([
  [1, 16],
  [2, 20],
  [4, 32],
  [5, 48],
  [6, 64],
]);

/**
 * Whether an encrypted IKEv1 INFORMATIONAL of this length may be R-U-THERE or its acknowledgement: HASH and the notification,
 * padded to the cipher's block, by senders who always pad a whole block at most.
 */
export function mayBeCheckV1(length: number, suite: Suite | null): boolean {
  const hash = HASH_LENGTHS.get(suite?.hash?.id ?? 0);
  const exact =
    suite === null || hash === undefined
      ? null
      : encryptedMessageLength(suite, HASH_HEADER + hash + R_U_THERE);
  if (exact === null) return length >= LENGTHS.least && length <= LENGTHS.most;
  return length >= exact && length <= exact + (suite?.blockLength ?? 0);
}

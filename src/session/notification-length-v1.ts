import { encryptedMessageLength } from "../ike/length-oracle.js";
import type { Suite } from "../ike/suite.js";

/** From MD5 with 3DES to SHA2-512 with AES, where the algorithms are not in the capture. Bytes of the whole message. */
const LENGTHS = { least: 84, most: 144 } as const;
/** Notification of RFC 3706 5.3: header, both cookies, sequence number. HASH payload: its header, then the hash. */
const R_U_THERE = 12 + 16 + 4;
/** Notification of RFC 2407 4.6.3.3: header and both cookies. */
const INITIAL_CONTACT = 12 + 16;
/** Notification that refuses an SA (RFC 2408 3.14), with the SPI of ESP. */
const REFUSAL = 12 + 4;
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
  return (
    mayHoldNotificationV1(length, suite, R_U_THERE) ?? (length >= LENGTHS.least && length <= LENGTHS.most)
  );
}

/**
 * Whether an encrypted IKEv1 INFORMATIONAL has the length of INITIAL-CONTACT (RFC 2407 4.6.3.3) and is longer than a refusal; false
 * where the suite is unknown.
 */
export function isAsLongAsInitialContactV1(length: number, suite: Suite | null): boolean {
  const refusal = lengthWithV1(suite, REFUSAL);
  return (
    mayHoldNotificationV1(length, suite, INITIAL_CONTACT) === true && refusal !== null && length > refusal
  );
}

/** Whether a message of this length may be HASH and a notification of so many bytes; null where the suite does not tell. */
function mayHoldNotificationV1(length: number, suite: Suite | null, bytes: number): boolean | null {
  const exact = lengthWithV1(suite, bytes);
  return exact === null ? null : length >= exact && length <= exact + (suite?.blockLength ?? 0);
}

/** The least length of a message with HASH and a notification of so many bytes; null where the suite does not tell. */
function lengthWithV1(suite: Suite | null, bytes: number): number | null {
  const hash = HASH_LENGTHS.get(suite?.hash?.id ?? 0);
  return suite === null || hash === undefined
    ? null
    : encryptedMessageLength(suite, HASH_HEADER + hash + bytes);
}

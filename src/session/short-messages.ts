import type { IkeMessage } from "../ike/message.js";
import type { Suite } from "../ike/suite.js";
import { innerOf } from "./inner-length.js";

/**
 * What a short encrypted IKEv2 message after the setup can be, by its length (the length oracle of the catalogue). With
 * block ciphers several contents share a length, so each of these says "may be".
 */

/** A notify without data, or Delete of the IKE SA (RFC 7296 3.10, 3.11). */
const BARE_NOTIFY = 8;
/** Delete of one ESP SA: header, protocol, SPI size and count, one SPI (RFC 7296 3.11). */
const DELETE_ESP = 12;
/** The number of a group in INVALID_KE_PAYLOAD. */
const GROUP = 2;
/** Some senders pad to a multiple of four bytes where the cipher needs none. */
const WORD_SLACK = 3;
/** Liveness check with both NAT_DETECTION notifies (RFC 4555 3.8): two headers and two SHA-1 hashes, and COOKIE2. */
const LARGEST_LIVENESS = 2 * (BARE_NOTIFY + 20) + BARE_NOTIFY + 8;
/** A bare error, or one with a group number or an SPI. */
const LARGEST_REFUSAL = 16;
/** 3DES. */
const SHORT_BLOCK = 8;
/** AES. */
const LARGEST_BLOCK = 16;
/** Header, SK header, IV and ICV of AES-CBC with SHA2-512-256, the longest of the common suites, and two blocks. */
const SHORT_UNKNOWN = 28 + 4 + 16 + 32 + 2 * LARGEST_BLOCK;

/** An empty INFORMATIONAL request, or one that checks the path as MOBIKE does; no delete, where the cipher tells. */
export function mayBeLivenessCheck(message: IkeMessage, suite: Suite | null): boolean {
  const inner = innerOf(message, suite);
  if (inner === null) return message.header.length <= SHORT_UNKNOWN + LARGEST_LIVENESS;
  if (tellsBytes(suite)) {
    return inner <= LARGEST_LIVENESS && !(inner >= BARE_NOTIFY && inner <= DELETE_ESP + WORD_SLACK);
  }
  return inner <= LARGEST_LIVENESS + LARGEST_BLOCK;
}

/**
 * A message of exactly the length that Delete of one Child SA has: the IKE SA goes on. False where the cipher does not tell single bytes.
 */
export function isChildDeleteLength(message: IkeMessage, suite: Suite | null): boolean {
  const inner = innerOf(message, suite);
  return inner !== null && tellsBytes(suite) && inner >= DELETE_ESP && inner <= DELETE_ESP + WORD_SLACK;
}

/**
 * Whether request and response both have the length of Delete of one Child SA. Where a block has no room for one (3DES), it is that of
 * Delete of the IKE SA, too, but the answer to that is empty (RFC 7296 1.4.1) and so a block shorter; under AES-CBC nothing tells.
 */
export function areChildDeletes(request: IkeMessage, response: IkeMessage, suite: Suite | null): boolean {
  if (suite?.blockLength == null || suite.blockLength > SHORT_BLOCK) return false;
  return [request, response].every((message) => {
    const inner = innerOf(message, suite);
    return inner !== null && inner >= DELETE_ESP && inner <= DELETE_ESP + WORD_SLACK;
  });
}

/** A CREATE_CHILD_SA response that has no room for SA and nonce: one error notify. */
export function isRefusalLength(message: IkeMessage | undefined, suite: Suite | null): boolean {
  if (message === undefined) return false;
  const inner = innerOf(message, suite);
  return inner === null ? message.header.length <= SHORT_UNKNOWN : inner <= LARGEST_REFUSAL;
}

/** A refusal that names a group (INVALID_KE_PAYLOAD, RFC 7296 1.3), where the cipher tells single bytes. */
export function namesGroup(message: IkeMessage | undefined, suite: Suite | null): boolean {
  const inner = message === undefined ? null : innerOf(message, suite);
  if (inner === null || !tellsBytes(suite)) return false;
  return inner >= BARE_NOTIFY + GROUP && inner <= BARE_NOTIFY + GROUP + WORD_SLACK;
}

/** A request of exactly the length that Delete of an IKE SA has; `certain` where no liveness check has the same. */
export function deleteIkeLength(
  message: IkeMessage,
  suite: Suite | null,
): { readonly fits: boolean; readonly certain: boolean } {
  const inner = innerOf(message, suite);
  if (inner === null) return { fits: false, certain: false };
  if (tellsBytes(suite)) return { fits: inner >= BARE_NOTIFY && inner < DELETE_ESP, certain: true };
  return { fits: inner >= BARE_NOTIFY && inner < BARE_NOTIFY + LARGEST_BLOCK, certain: false };
}

/** A request that may be the Delete of one SA, of ESP or IKE; with block ciphers a liveness check has the same length. */
export function mayBeDelete(message: IkeMessage, suite: Suite | null): boolean {
  const inner = innerOf(message, suite);
  if (inner === null) return message.header.length <= SHORT_UNKNOWN;
  const most = tellsBytes(suite) ? DELETE_ESP + WORD_SLACK : BARE_NOTIFY + LARGEST_BLOCK;
  return inner >= BARE_NOTIFY && inner <= most;
}

/** Whether the cipher's lengths tell single bytes (counter modes and stream ciphers). */
function tellsBytes(suite: Suite | null): boolean {
  return suite?.blockLength != null && suite.blockLength <= 4;
}

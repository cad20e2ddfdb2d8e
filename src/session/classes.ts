import type { IkeMessage } from "../ike/message.js";
import { largestInner } from "../ike/length-oracle.js";
import type { Suite } from "../ike/suite.js";

/**
 * What an encrypted IKEv2 message can hold, judged by its length and the suite (the length oracle of the catalogue).
 * Padding is the sender's choice, so a length is an upper bound of the content.
 */
export type ContentClass =
  /** At most one notify without data, or one short delete. */
  | "one-notify"
  /** More than one notify, but too short for SA, TSi and TSr beside the authentication. */
  | "no-child"
  /** Long enough for a whole answer. */
  | "full"
  /** The suite is not known, so nothing can be said. */
  | "unknown";

/** Generic header, protocol, SPI size and type: a notify without SPI or data (RFC 7296 3.10). */
const BARE_NOTIFY = 8;
/** The widest block; some implementations pad beyond what a stream cipher needs. An IDr with AUTH is longer than that. */
const PADDING_SLACK = 16;
/** SA payload with one proposal, 4-byte SPI, one AEAD with key length and no-ESN (RFC 7296 3.3). */
const SMALLEST_CHILD_SA = 4 + 12 + 12 + 8;
/** TSi and TSr with one IPv4 range each (RFC 7296 3.13). */
const SMALLEST_SELECTORS = 2 * (8 + 16);
const AUTH_HEADER = 8;

/** PRF output bytes by transform ID: what a pre-shared key's AUTH payload holds at least (RFC 7296 2.15). */
const PRF_OUTPUT: Readonly<Record<number, number>> = { 1: 16, 2: 20, 4: 16, 5: 32, 6: 48, 7: 64, 8: 16 };

/** Class of an IKE_AUTH response that is protected with `suite`. */
export function classifyAuthResponse(message: IkeMessage, suite: Suite | null): ContentClass {
  const encrypted = message.payloads.find((payload) => payload.kind === "encrypted");
  if (encrypted === undefined) return "unknown";
  if (encrypted.kind === "encrypted" && encrypted.fragment !== null) return "full";
  const inner = suite === null ? null : largestInner(suite, message.header.length);
  if (suite === null || inner === null) return "unknown";
  if (inner < BARE_NOTIFY + PADDING_SLACK) return "one-notify";
  const auth = AUTH_HEADER + (PRF_OUTPUT[suite.prf?.id ?? 0] ?? 16);
  return inner < auth + SMALLEST_CHILD_SA + SMALLEST_SELECTORS ? "no-child" : "full";
}

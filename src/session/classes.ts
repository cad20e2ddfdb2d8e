import type { IkeMessage } from "../ike/message.js";
import { largestInner } from "../ike/length-oracle.js";
import { PAYLOAD_V2 } from "../ike/registries/payload-types.js";
import type { Suite } from "../ike/suite.js";
import { innerOf, isFragment } from "./inner-length.js";

/**
 * What an encrypted IKEv2 message can hold, judged by its length and the suite (the length oracle of the catalogue).
 * Padding is the sender's choice, so a length is an upper bound of the content.
 */
export type ContentClass =
  /** At most one notify without data, or one short delete. */
  | "one-notify"
  /** More than one notify, but too short for SA, TSi and TSr beside the authentication. */
  | "no-child"
  /** Long enough for a whole answer, and too short for a certificate beside a refused Child SA. */
  | "full"
  /** So long that it may hold certificates: with them a refused Child SA and an accepted one have the same length. */
  | "with-certificate"
  /** With certificates, to a request that has no room for any, and nothing follows: the first round of EAP, or all of it beside a pre-shared key. */
  | "may-begin-eap"
  /** Whole, and no Child SA was asked for (RFC 6023). */
  | "childless"
  /** The suite is not known, or the length fits none of these: the first round of EAP without certificate, perhaps. */
  | "unknown";

/** Generic header, protocol, SPI size and type: a notify without SPI or data (RFC 7296 3.10). */
export const BARE_NOTIFY = 8;
/** Bytes that a bare notify or Delete(IKE) is padded to at most, or two of them. IDr with an EAP request is longer (RFC 5998). */
export const LONGEST_NOTIFY = 16;
/** SA payload with one proposal, 4-byte SPI, one AEAD without key length (ChaCha20) and no-ESN (RFC 7296 3.3). */
const SMALLEST_CHILD_SA = 4 + 12 + 8 + 8;
/** TSi and TSr with one IPv4 range each (RFC 7296 3.13). */
const SMALLEST_SELECTORS = 2 * (8 + 16);
/** Identity of a full name, notifies and attributes take less beside a pre-shared key's AUTH; the smallest certificates more. */
const LARGEST_BESIDE_CHILD = 256;
/** A certificate of an elliptic curve with a short name, in bytes. */
const SMALLEST_CERTIFICATE = 300;
/** SA, TSi and TSr: what a request for a Child SA has, and an answer that refuses it has not. Bytes. */
export const SMALLEST_CHILD = SMALLEST_CHILD_SA + SMALLEST_SELECTORS;
const AUTH_HEADER = 8;
/** An ID payload without data, as ID_NULL is (RFC 7619 2.2). */
const SMALLEST_ID = 8;
/** EAP-Success: generic header, code, identifier and length (RFC 3748 4.2). */
const EAP_SUCCESS = 8;
/** Some senders pad to a multiple of four bytes where the cipher needs none. */
const WORD_SLACK = 3;

/** PRF output bytes by transform ID: what a pre-shared key's AUTH payload holds at least (RFC 7296 2.15). */
const PRF_OUTPUT: Readonly<Record<number, number>> = { 1: 16, 2: 20, 4: 16, 5: 32, 6: 48, 7: 64, 8: 16 };

/**
 * Class of an IKE_AUTH response that is protected with `suite`; where that is not known, by the `overhead` of other messages of the IKE
 * SA, if they tell it: what of their bytes is no payload.
 */
export function classifyAuthResponse(
  message: IkeMessage,
  suite: Suite | null,
  overhead: number | null = null,
): ContentClass {
  const encrypted = message.payloads.find((payload) => payload.kind === "encrypted");
  if (encrypted === undefined && !isCutBeforeSk(message)) return "unknown";
  if (isFragment(message)) return "with-certificate";
  if (suite === null) return classifyUnderAnySuite(message.header.length, overhead ?? SHORTEST_OVERHEAD);
  const inner = largestInner(suite, message.header.length);
  if (inner === null) return "unknown";
  if (inner <= LONGEST_NOTIFY) return "one-notify";
  const auth = smallestAuth(suite);
  if (inner < auth + BARE_NOTIFY) return "unknown";
  const accepted = auth + SMALLEST_CHILD;
  if (inner < accepted) return "no-child";
  return inner < accepted + LARGEST_BESIDE_CHILD ? "full" : "with-certificate";
}

/** AUTH by the shortest secret that the suite gives: payload header, method and one output of the PRF (RFC 7296 2.15, 2.16). */
function smallestAuth({ prf }: Suite): number {
  return AUTH_HEADER + (PRF_OUTPUT[prf?.id ?? 0] ?? 16);
}

/**
 * Whether the first answer of IKE_AUTH holds certificates and its request has no room for any: the initiator goes on by EAP, as clients do
 * (RFC 7296 2.16), or has authenticated itself by a pre-shared key, which lengths do not tell.
 */
export function mayBeginEap(request: IkeMessage, response: IkeMessage, suite: Suite | null): boolean {
  return (
    suite !== null &&
    classifyAuthResponse(request, suite) !== "with-certificate" &&
    classifyAuthResponse(response, suite) === "with-certificate" &&
    (isFragment(response) || response.header.length - request.header.length >= SMALLEST_CERTIFICATE)
  );
}

/** Whether an IKE_AUTH response has room for the responder's AUTH, without which it accepts nothing; true where that is not known. */
export function mayHoldAuth(message: IkeMessage, suite: Suite | null): boolean {
  const inner = innerOf(message, suite);
  return suite === null || inner === null || inner >= smallestAuth(suite);
}

/** The snap length left the header alone, as 96 bytes do with IPv6 and NAT traversal: it names the SK payload that follows. */
function isCutBeforeSk({ header, payloads, problem }: IkeMessage): boolean {
  return problem !== null && payloads.length < 2 && header.nextPayload === PAYLOAD_V2.SK;
}

/** Header, SK header, IV, ICV and pad length of the shortest suite (AES-GCM-8), and a pre-shared key's AUTH of the shortest PRF. */
const SHORTEST_OVERHEAD = 28 + 4 + 8 + 8 + 1;
export const SHORTEST_AUTH = AUTH_HEADER + 16;
/** A bare notify under AES-CBC with SHA2-512-256, the longest of the common suites. */
const LONGEST_NOTIFY_MESSAGE = 28 + 4 + 16 + 32 + LONGEST_NOTIFY;

/** Whether a message, by its whole length in bytes, has room for one bare notify or Delete(IKE) at most; null for any of the common suites. */
export function isOneNotifyAtMost(length: number, suite: Suite | null): boolean {
  if (suite === null) return length <= LONGEST_NOTIFY_MESSAGE;
  const inner = largestInner(suite, length);
  return inner !== null && inner <= LONGEST_NOTIFY;
}

/** The class where the capture does not hold the exchange that chose the suite: what is true under each of them, or each with that overhead. */
function classifyUnderAnySuite(length: number, overhead: number): ContentClass {
  if (isOneNotifyAtMost(length, null)) return "one-notify";
  return length < overhead + SHORTEST_AUTH + SMALLEST_CHILD ? "no-child" : "unknown";
}

/** Whether an IKE_AUTH request has room for identity, SA, TSi and TSr; childless initiation (RFC 6023) leaves them out. */
export function mayAskForChild(message: IkeMessage, suite: Suite | null): boolean {
  const inner = innerOf(message, suite);
  return inner === null || inner >= SMALLEST_ID + SMALLEST_CHILD;
}

/**
 * Whether an IKE_AUTH response of several rounds is too short for any EAP request, so that it is EAP-Success, EAP-Failure
 * or a bare notify. Only ciphers without blocks tell.
 */
export function endsEap(message: IkeMessage, suite: Suite | null): boolean {
  const inner = innerOf(message, suite);
  return inner !== null && (inner <= EAP_SUCCESS || inner === EAP_SUCCESS + WORD_SLACK);
}

/** Whether such a response can be EAP-Success: under block ciphers a short EAP request has the same length. */
export function mayEndEap(message: IkeMessage, suite: Suite | null): boolean {
  const tellsBytes = suite?.blockLength != null && suite.blockLength <= WORD_SLACK + 1;
  return tellsBytes ? endsEap(message, suite) : classifyAuthResponse(message, suite) === "one-notify";
}

/**
 * Whether an IKE_AUTH request has the length of AUTH alone, as the one behind EAP-Success is (RFC 7296 2.16): AUTH of the suite's PRF
 * fits, and a block less would not hold it.
 */
export function isAuthAlone(message: IkeMessage, suite: Suite | null): boolean {
  const inner = innerOf(message, suite);
  if (suite?.blockLength == null || inner === null) return false;
  const auth = smallestAuth(suite);
  return auth <= inner && inner < auth + Math.max(suite.blockLength, WORD_SLACK + 1);
}

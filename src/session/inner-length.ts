import { largestInner } from "../ike/length-oracle.js";
import type { IkeMessage } from "../ike/message.js";
import type { Suite } from "../ike/suite.js";

/** Whether a message is one of the fragments of another (RFC 7383): its length tells nothing of the whole. */
export function isFragment(message: IkeMessage): boolean {
  return message.payloads.some((payload) => payload.kind === "encrypted" && payload.fragment !== null);
}

/** The most that the encrypted part can hold, bytes; null where that is not known, or for a fragment of a message. */
export function innerOf(message: IkeMessage, suite: Suite | null): number | null {
  return suite === null || isFragment(message) ? null : largestInner(suite, message.header.length);
}

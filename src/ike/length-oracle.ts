import { IKE_HEADER_LENGTH } from "./message.js";
import type { Suite } from "./suite.js";

/** Generic header of the SK payload. */
const SK_HEADER = 4;

/** The last byte of an SK payload's plaintext counts the padding (RFC 7296 3.14). */
const PAD_LENGTH_FIELD = 1;

/**
 * Length of an IKE message, header included, whose encrypted part holds payloads of `innerBytes` together, with as
 * little padding as the suite allows. Bytes; without non-ESP marker. Null where the suite's sizes are not known.
 */
export function encryptedMessageLength(suite: Suite, innerBytes: number): number | null {
  const overhead = fixedOverhead(suite);
  if (overhead === null || suite.blockLength === null) return null;
  const plaintext = innerBytes + trailer(suite);
  return overhead + Math.ceil(plaintext / suite.blockLength) * suite.blockLength;
}

/**
 * The most bytes of payloads that an encrypted message of this length can hold, and no padding: senders may pad more, so
 * the content can be anything below. Null where the suite's sizes are not known or the message is too short for it.
 */
export function largestInner(suite: Suite, messageLength: number): number | null {
  const overhead = fixedOverhead(suite);
  if (overhead === null) return null;
  const inner = messageLength - overhead - trailer(suite);
  return inner < 0 ? null : inner;
}

/** All that does not depend on the content: in IKEv1 the header alone, since it derives the IV and hashes inside. */
function fixedOverhead(suite: Suite): number | null {
  if (suite.ivLength === null || suite.icvLength === null) return null;
  const generic = suite.version === 2 ? SK_HEADER : 0;
  return IKE_HEADER_LENGTH + generic + suite.ivLength + suite.icvLength;
}

function trailer(suite: Suite): number {
  return suite.version === 2 ? PAD_LENGTH_FIELD : 0;
}

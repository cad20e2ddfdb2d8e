import type { Message } from "../texts/message.js";
import { recognised } from "../texts/recognised.js";

/** Longer reasons are shown as they are: there is no end to what a malformed message can hold. */
const LONGEST = 400;

/** Why decoders stop, as they say it (bytes/problem.ts, ike/credible-header.ts, ike/payload-chain.ts and decoders of payloads). */
const REASONS = [
  "{0} at byte {1} needs {2} bytes, {3} are there (length declared by {4})",
  "{0} at byte {1}: {2}",
  "no IKE header: {0} bytes of one",
  "no IKE header: {0}",
  "the header declares {0} bytes, fewer than its own {1}",
  "major version {0} is neither 1 nor 2",
  "fragment {0} of {1}: they are numbered from 1 up to their total",
  "{0} is less than the {1} bytes of the length field itself",
  "more than {0} payloads",
  "payload length {0} is below {1}",
  "{0} bytes behind the last payload",
  "{0} SPIs of no bytes",
  "{0} bytes are left over",
  "chain mark {0} instead of 0 or {1}",
  "declares {0} transforms, has {1}",
  "declares {0} bytes, its header alone has {1}",
  "secrecy or integrity labels are not decoded",
  "too short for IKE or ESP",
] as const;

/** Why a message could not be decoded, for the language of the reader; names of fields stay as the decoders have them. */
export function faultMessage(reason: string): Message {
  return reason.length > LONGEST ? { kind: "verbatim", text: reason } : recognised(reason, REASONS);
}

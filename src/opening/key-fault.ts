import type { KeyRing } from "../secrets/key.js";
import { type Message, say, verbatim } from "../texts/message.js";
import { recognised } from "../texts/recognised.js";

/** Why a line with a key could not be taken, as the readers of keys say it (secrets/). */
const REASONS = [
  "a key is cut in the middle of a byte",
  "a key is not written in hex, or is cut in the middle of a byte",
  "the key is not written in hex, or is cut in the middle of a byte",
  "a key is not written in hex",
  "the key has {0} bytes, no cipher's length; is it cut, or SKEYID_e?",
  'the dump of "{0}" is cut',
  "the dump of its key is cut",
  "the algorithms of the Child SA are not named near by, or not known",
  "its encryption algorithm is not known",
  "its authentication algorithm is not known",
  "its algorithm is not known",
  "the address is none",
  "an address is none",
  "the SPI is none",
  "its keys are hidden (`ip xfrm state nokeys`)",
  "a hash stands in place of its keys (cilium-dbg)",
  "its keys are shortened",
  "{0} columns, {1} or {2} needed",
  "{0} columns, {1} needed",
  "unclosed quotes in its",
] as const;

/** "keys.csv line 2 (ikev2_decryption_table): not taken: ..."; no byte of a key. */
export function keyFaultMessage({ source, reason }: KeyRing["faults"][number]): Message {
  const { file, line, form } = source;
  return say`${verbatim(file)} line ${line} (${verbatim(form)}): not taken: ${recognised(reason, REASONS)}`;
}

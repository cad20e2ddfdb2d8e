import { faultMessage } from "../../session/decode-fault.js";
import { say } from "../../texts/message.js";
import type { Texts } from "../../texts/texts.js";

/** "[malformed: ...]": why decoding stopped. */
export function malformedMark(reason: string, texts: Texts): string {
  return texts.of(say`[malformed: ${faultMessage(reason)}]`);
}

import { inEnglish } from "../texts/texts.js";
import { say } from "../texts/message.js";
import type { CaptureNote } from "./source.js";

/** The note of a capture whose reading was ended from outside: what follows in it is not known. */
export function interruptedNote(): CaptureNote {
  const message = say`reading was stopped before the end: the packets that follow are not judged`;
  return { kind: "interrupted", text: inEnglish(message), message };
}

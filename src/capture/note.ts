import { inEnglish } from "../texts/texts.js";
import { type Message, say } from "../texts/message.js";
import type { CaptureNote } from "./source.js";

/** A note in the words of ikescope; what a file itself says, such as a comment, is `text` alone. */
export function captureNote(kind: CaptureNote["kind"], message: Message): CaptureNote {
  return { kind, text: inEnglish(message), message };
}

/** The note of a capture whose reading was ended from outside: what follows in it is not known. */
export function interruptedNote(): CaptureNote {
  return captureNote(
    "interrupted",
    say`reading was stopped before the end: the packets that follow are not judged`,
  );
}

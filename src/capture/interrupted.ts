import { say } from "../texts/message.js";
import { captureNote } from "./note.js";
import type { CaptureNote } from "./source.js";

/** The note of a capture whose reading was ended from outside: what follows in it is not known. */
export function interruptedNote(): CaptureNote {
  return captureNote(
    "interrupted",
    say`reading was stopped before the end: the packets that follow are not judged`,
  );
}

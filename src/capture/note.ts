import { inEnglish } from "../texts/texts.js";
import type { Message } from "../texts/message.js";
import type { CaptureNote } from "./source.js";

/** A note in the words of ikescope; what a file itself says, such as a comment, is `text` alone. */
export function captureNote(kind: CaptureNote["kind"], message: Message): CaptureNote {
  return { kind, text: inEnglish(message), message };
}

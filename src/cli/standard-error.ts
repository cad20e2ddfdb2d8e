import { printable } from "../bytes/text.js";
import type { Message } from "../texts/message.js";
import { ENGLISH, type Texts } from "../texts/texts.js";

let texts: Texts = ENGLISH;

/** Sets the language of everything that is said on standard error: once, when the command starts. */
export function speakIn(language: Texts): void {
  texts = language;
}

/** The message as standard error shows it. */
export function spoken(message: Message): string {
  return printable(texts.of(message));
}

/** Says one line on standard error. */
export function complain(message: Message): void {
  process.stderr.write(`ikescope: ${spoken(message)}\n`);
}

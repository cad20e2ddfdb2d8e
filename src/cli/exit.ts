import { CommanderError } from "commander";
import { CaptureError } from "../capture/source.js";
import { printable } from "../bytes/text.js";
import { type Message, verbatim } from "../texts/message.js";
import { inEnglish } from "../texts/texts.js";
import { complain } from "./standard-error.js";

/** Exit status of the command. */
export const EXIT = {
  /** Nothing at or above --fail-on. */
  ok: 0,
  /** A finding at or above --fail-on. */
  found: 1,
  /** Bad usage, or input that is damaged or cannot be read; one that only ends too early is read. */
  unusable: 2,
} as const;

/** A word of the user that cannot be followed, or a file that cannot be used; said in one line. */
export class UsageError extends Error {
  readonly said: Message;

  constructor(said: Message) {
    super(inEnglish(said));
    this.said = said;
  }
}

/** A text of the user, a file or the system as it stands in an error: no text of ours in any language. */
export function literal(text: string): Message {
  return verbatim(printable(text));
}

/** The text of an error, in the reader's language where it is one of ours. */
export function errorMessage(error: unknown): Message {
  if (error instanceof CaptureError || error instanceof UsageError) return error.said;
  return literal(error instanceof Error ? error.message : String(error));
}

/** Says in one line on stderr what went wrong, and gives the exit status for it. Rethrows what is a bug of ours. */
export function reportFault(fault: unknown): number {
  if (fault instanceof CommanderError) return fault.exitCode === 0 ? EXIT.ok : EXIT.unusable;
  if (fault instanceof CaptureError || fault instanceof UsageError) {
    complain(fault.said);
    return EXIT.unusable;
  }
  throw fault;
}

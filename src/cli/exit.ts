import { CommanderError } from "commander";
import { CaptureError } from "../capture/source.js";
import { printable } from "../bytes/text.js";

/** Exit status of the command. */
export const EXIT = {
  /** Nothing at or above --fail-on. */
  ok: 0,
  /** A finding at or above --fail-on. */
  found: 1,
  /** Bad usage, or input that cannot be read. */
  unusable: 2,
} as const;

/** A word of the user that cannot be followed; the message is printed as it is. */
export class UsageError extends Error {}

/** Says in one line on stderr what went wrong, and gives the exit status for it. Rethrows what is a bug of ours. */
export function reportFault(fault: unknown): number {
  if (fault instanceof CommanderError) return fault.exitCode === 0 ? EXIT.ok : EXIT.unusable;
  if (fault instanceof CaptureError || fault instanceof UsageError) {
    process.stderr.write(`ikescope: ${printable(fault.message)}\n`);
    return EXIT.unusable;
  }
  throw fault;
}

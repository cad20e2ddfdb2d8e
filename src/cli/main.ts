import { program } from "./program.js";
import { EXIT, reportFault } from "./exit.js";
import { keepHeapSmall } from "./memory.js";

/** Entry of the command: runs it and sets the exit status; see design of exit codes in exit.ts. */
export async function main(argv: readonly string[]): Promise<void> {
  keepHeapSmall();
  // A reader that went away ("| head") is no fault of ours.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // Whoever watches over the output by himself ends the program in order.
    if (process.stdout.listenerCount("error") > 1) return;
    if (error.code === "EPIPE") process.exit(process.exitCode ?? EXIT.ok);
    throw error;
  });
  try {
    await program().parseAsync([...argv]);
  } catch (fault) {
    process.exitCode = reportFault(fault);
  }
}

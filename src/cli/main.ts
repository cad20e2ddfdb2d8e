import { program } from "./program.js";
import { reportFault } from "./exit.js";
import { keepHeapSmall } from "./memory.js";
import { guardStandardOutput } from "./outputs/standard-output.js";

/** Entry of the command: runs it and sets the exit status; see design of exit codes in exit.ts. */
export async function main(argv: readonly string[]): Promise<void> {
  keepHeapSmall();
  guardStandardOutput();
  try {
    await program().parseAsync([...argv]);
  } catch (fault) {
    process.exitCode = reportFault(fault);
  }
}

import { program } from "./program.js";
import { onBrokenOutput } from "./broken-output.js";
import { reportFault } from "./exit.js";
import { keepHeapSmall } from "./memory.js";

/** Entry of the command: runs it and sets the exit status; see design of exit codes in exit.ts. */
export async function main(argv: readonly string[]): Promise<void> {
  keepHeapSmall();
  process.stdout.on("error", onBrokenOutput);
  try {
    await program().parseAsync([...argv]);
  } catch (fault) {
    process.exitCode = reportFault(fault);
  }
}

import { commandFirst } from "./command-first.js";
import { textsIn } from "../texts/languages.js";
import { program } from "./program.js";
import { reportFault } from "./exit.js";
import { keepHeapSmall } from "./memory.js";
import { languageOf } from "./language.js";
import { guardStandardOutput } from "./outputs/standard-output.js";
import { speakIn } from "./standard-error.js";

/** Entry of the command: runs it and sets the exit status; see design of exit codes in exit.ts. */
export async function main(argv: readonly string[]): Promise<void> {
  keepHeapSmall();
  guardStandardOutput();
  const texts = textsIn(languageOf(argv.slice(2)));
  speakIn(texts);
  try {
    const root = program(texts);
    await root.parseAsync([...commandFirst(argv.slice(2), root)], { from: "user" });
  } catch (fault) {
    process.exitCode = reportFault(fault);
  }
}

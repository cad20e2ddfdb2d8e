import { type Message, say, verbatim } from "../../texts/message.js";
import { rowFilter } from "../../report/browse/row-filter.js";
import { EXIT, literal, reportFault, UsageError } from "../exit.js";
import { interruptSignal } from "../interrupt.js";
import { judgeCaptures } from "../judge-captures.js";
import { type JudgeFlags, judgeTerms } from "../judge-terms.js";
import { whyNoTable } from "../terminal/streams.js";
import { checkMatches } from "../no-match.js";
import { print } from "../outputs/standard-output.js";
import { Spool } from "../spool.js";
import { BrowsedCaptures } from "./captures.js";
import { type Keyboard, openKeyboard } from "../terminal/keyboard.js";
import { BrowseScreen } from "./screen.js";

export interface BrowseFlags extends JudgeFlags {
  readonly filter?: string;
}

/** `ikescope browse`: judges the captures, and shows their tunnels on the terminal until the user ends it. */
export async function browseCommand(
  captures: readonly string[],
  flags: BrowseFlags,
  copies: readonly string[],
): Promise<void> {
  const keyboard = terminalFor(captures);
  const spool = captures.includes("-") ? await Spool.create() : null;
  try {
    const { filter = "" } = flags;
    const { problem } = rowFilter(filter);
    if (problem !== null) throw new UsageError(say`--filter: ${problem}`);
    const terms = await judgeTerms(captures, flags, copies);
    const interrupt = interruptSignal(captures);
    const analysis = await judgeCaptures(terms, interrupt, spool).finally(() => interrupt.dispose());
    const { judgement, hosts, error } = analysis;
    if (error === null) checkMatches(analysis, terms.peer);
    if (judgement.tunnels.length === 0) {
      throw error ?? new UsageError("there is no tunnel in the capture to browse");
    }
    const screen = new BrowseScreen(
      { judgement, hosts, fault: error?.said ?? null },
      new BrowsedCaptures(terms, analysis, spool),
      { stdin: keyboard.input, stdout: process.stdout },
      { filter, presentation: terms.presentation },
    );
    screen.start();
    await screen.quit;
    const { texts } = terms.presentation;
    const report: Message[] = screen.written.map((file) => say`evidence: ${literal(file)}`);
    if (screen.lastFilter !== null) report.push(say`display filter: ${verbatim(screen.lastFilter)}`);
    if (report.length > 0) await print(report.map((line) => `${texts.of(line)}\n`));
    process.exitCode = error === null ? EXIT.ok : reportFault(error);
    // Nobody waits any more for reading and writing in the background; a file that is not whole goes.
    if (screen.isWorking) process.exit();
  } finally {
    keyboard.close();
    await spool?.remove();
  }
}

/** Throws UsageError where nothing can be shown, or no key be pressed. */
function terminalFor(captures: readonly string[]): Keyboard {
  const why = whyNoTable(process.stdout, process.env["TERM"]);
  const keyboard = why === null ? openKeyboard() : null;
  if (keyboard !== null) return keyboard;
  const instead = literal(captures.join(" "));
  throw new UsageError(
    say`browse needs a terminal, and ${why ?? "there is none to read keys from"}; 'ikescope ${instead}' prints the report`,
  );
}

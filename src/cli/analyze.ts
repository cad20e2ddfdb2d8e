import { printable } from "../bytes/text.js";
import type { Meter } from "../capture/node/meter.js";
import { openCaptures } from "../capture/node/open.js";
import {
  AnonymizedSource,
  type Judgement,
  renderHtml,
  renderJson,
  renderMarkdown,
  renderText,
  type Severity,
} from "../index.js";
import { isSuspicion } from "../diagnosis/doubt.js";
import { checkEvidence, writeEvidence } from "./evidence.js";
import { EXIT, reportFault, UsageError } from "./exit.js";
import { interruptSignal } from "./interrupt.js";
import { judgeCaptures, type JudgeFlags, judgeTerms } from "./judge-captures.js";
import { writePieces, writePiecesTo } from "./piece-output.js";
import { showProgress } from "./progress.js";
import { Spool } from "./spool.js";
import { VERSION } from "./version.js";
import { outputWidth } from "./width.js";

export const FORMATS = ["text", "json", "markdown", "html"] as const;
export const FAIL_ON = ["critical", "warning", "info", "never"] as const;

export interface AnalyzeFlags extends JudgeFlags {
  readonly format: (typeof FORMATS)[number];
  readonly output?: string;
  readonly evidence?: string;
  readonly failOn: (typeof FAIL_ON)[number];
}

/** Longer lines are hard to read; a pipe has no width of its own. */
const WIDEST = 100;

const SEVERITIES: readonly Severity[] = ["critical", "warning", "info"];

/** `ikescope analyze`: reads the captures, prints the report, sets the exit status. */
export async function analyzeCommand(captures: readonly string[], flags: AnalyzeFlags): Promise<void> {
  const terms = await judgeTerms(flags);
  const { evidence } = flags;
  if (evidence !== undefined) await checkEvidence(evidence, captures);
  // Several captures may have to be compared.
  const isReadAgain = evidence !== undefined || captures.length > 1;
  const spool = isReadAgain && captures.includes("-") ? await Spool.create() : null;
  const interrupt = interruptSignal();
  try {
    const { judgement, error, clocks } = await judgeCaptures(captures, terms, interrupt.signal, spool);
    // Known before the first byte goes out: a reader that leaves early ends the program.
    process.exitCode = error === null ? exitFor(judgement, flags) : EXIT.unusable;
    if (error === null || judgement.observations.packets > 0) await print(judgement, flags);
    if (evidence !== undefined && judgement.observations.packets > 0) {
      const meter: Meter = { read: 0, total: null };
      const endProgress = showProgress(meter);
      try {
        const again = await openCaptures(captures, {
          clocks,
          meter,
          ...(spool === null ? {} : { stdin: spool.again() }),
        });
        const { key } = terms;
        await writeEvidence(evidence, key === null ? again : new AnonymizedSource(again, key), judgement);
      } finally {
        endProgress();
      }
    }
    if (error !== null) process.exitCode = reportFault(error);
  } finally {
    interrupt.dispose();
    await spool?.remove();
  }
}

async function print(judgement: Judgement, flags: AnalyzeFlags): Promise<void> {
  const { output } = flags;
  const colour = output === undefined && process.stdout.isTTY && !process.env["NO_COLOR"];
  const pieces = render(judgement, flags, colour);
  if (output === undefined) await writePieces(process.stdout, pieces);
  else await write(output, pieces);
}

function render(judgement: Judgement, { format }: AnalyzeFlags, colour: boolean): Iterable<string> {
  switch (format) {
    case "json":
      return renderJson(judgement, VERSION);
    case "html":
      return [renderHtml(judgement, VERSION)];
    case "markdown":
      return [renderMarkdown(judgement)];
    case "text":
      return [renderText(judgement, { colour, width: outputWidth(WIDEST) })];
  }
}

async function write(file: string, pieces: Iterable<string>): Promise<void> {
  try {
    await writePiecesTo(file, pieces);
  } catch (error) {
    // Only the system has codes: anything else is a fault of ours.
    if (!(error instanceof Error) || !("code" in error)) throw error;
    throw new UsageError(`cannot write ${printable(file)}: ${error.message}`);
  }
}

function exitFor({ findings }: Judgement, { failOn }: AnalyzeFlags): number {
  if (failOn === "never") return EXIT.ok;
  const limit = SEVERITIES.indexOf(failOn);
  // A suspicion counts as a warning: it may be no fault.
  const isFound = findings.some(
    (finding) => SEVERITIES.indexOf(isSuspicion(finding) ? "warning" : finding.severity) <= limit,
  );
  return isFound ? EXIT.found : EXIT.ok;
}

import { type Analysis, renderLadder, type Judgement } from "../index.js";
import { tellCut } from "./cut-notes.js";
import { EXIT, reportFault, UsageError } from "./exit.js";
import { interruptSignal } from "./interrupt.js";
import { judgeCaptures } from "./judge-captures.js";
import { type JudgeFlags, judgeTerms, type JudgeTerms } from "./judge-terms.js";
import { checkMatches, noTunnel } from "./no-match.js";
import { forTerminal } from "./outputs/charset.js";
import { print } from "./outputs/standard-output.js";
import { outputWidth } from "./width.js";

export interface LadderFlags extends JudgeFlags {
  readonly tunnel?: number;
}

/** Columns where the output is no terminal, and the most on one: a longer arrow tells no more. */
const WIDTH = { piped: 80, most: 120 } as const;

/** `ikescope ladder`: the sequence diagram of one tunnel, the worst one where none is named. */
export async function ladderCommand(captures: readonly string[], flags: LadderFlags): Promise<void> {
  const terms = await judgeTerms(captures, flags);
  const interrupt = interruptSignal(captures);
  try {
    const analysis = await judgeCaptures(terms, interrupt);
    const { judgement, hosts, error } = analysis;
    interrupt.readingIsOver();
    tellCut(judgement.files);
    if (error !== null) process.exitCode = reportFault(error);
    else checkMatches(analysis, terms.peer);
    if (judgement.tunnels.length > 0) await print([diagram(judgement, hosts, flags.tunnel, terms)]);
    else if (error === null) throw new UsageError("there is no tunnel in the capture to draw");
  } finally {
    interrupt.dispose();
  }
  process.exitCode ??= EXIT.ok;
}

function diagram(
  judgement: Judgement,
  hosts: Analysis["hosts"],
  wanted: number | undefined,
  { presentation }: JudgeTerms,
): string {
  const isTerminal = process.stdout.isTTY;
  const text = renderLadder(judgement, wanted ?? null, {
    width: outputWidth(WIDTH.most, WIDTH.piped),
    colour: isTerminal && !process.env["NO_COLOR"],
    presentation,
    hosts,
  });
  if (text !== null) return forTerminal(text, presentation.texts.language);
  throw noTunnel(wanted ?? 0, judgement);
}

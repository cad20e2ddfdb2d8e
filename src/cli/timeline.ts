import { timelineOf } from "../joint/timeline.js";
import { timelineJson, timelineText } from "../report/host/timeline.js";
import { tellCut } from "./cut-notes.js";
import { EXIT, reportFault } from "./exit.js";
import { interruptSignal } from "./interrupt.js";
import { judgeCaptures } from "./judge-captures.js";
import { type JudgeFlags, judgeTerms } from "./judge-terms.js";
import { checkMatches } from "./no-match.js";
import { print } from "./outputs/standard-output.js";

export interface TimelineFlags extends JudgeFlags {
  readonly format: "text" | "json";
}

/** `ikescope timeline`: frames, lines of logs and what the kernel told, on one line of time. */
export async function timelineCommand(captures: readonly string[], flags: TimelineFlags): Promise<void> {
  const terms = await judgeTerms(captures, flags);
  const interrupt = interruptSignal(captures);
  try {
    const analysis = await judgeCaptures(terms, interrupt);
    const { judgement, hosts, error } = analysis;
    interrupt.readingIsOver();
    tellCut(judgement.files);
    if (error !== null) process.exitCode = reportFault(error);
    else checkMatches(analysis, terms.peer);
    const entries = timelineOf(
      hosts,
      judgement.tunnels.map(({ tunnel }) => tunnel),
    );
    await print(
      flags.format === "json"
        ? [timelineJson(entries, hosts)]
        : timelineText(
            entries,
            hosts,
            judgement.files.length > 1,
            terms.presentation.clock,
            terms.presentation.texts,
          ),
    );
  } finally {
    interrupt.dispose();
  }
  process.exitCode ??= EXIT.ok;
}

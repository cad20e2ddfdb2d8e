import { type TimelineEntry, timelineOf } from "../joint/timeline.js";
import type { CaptureFile } from "../session/model.js";
import { timelineJson, timelineText } from "../report/host/timeline.js";
import { tellCut } from "./cut-notes.js";
import type { Micros } from "../bytes/time.js";
import { say } from "../texts/message.js";
import { complain } from "./standard-error.js";
import { EXIT, reportFault } from "./exit.js";
import { interruptSignal } from "./interrupt.js";
import { judgeCaptures } from "./judge-captures.js";
import { type JudgeFlags, judgeTerms } from "./judge-terms.js";
import { checkMatches, noTunnel } from "./no-match.js";
import { print } from "./outputs/standard-output.js";

export interface TimelineFlags extends JudgeFlags {
  readonly format: "text" | "json";
  readonly tunnel?: number;
  readonly all?: boolean;
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
    const tunnels = judgement.tunnels.map(({ tunnel }) => tunnel);
    if (flags.tunnel !== undefined && !tunnels.some(({ id }) => id === flags.tunnel)) {
      throw noTunnel(flags.tunnel, judgement);
    }
    const entries = chosenEntries(timelineOf(hosts, tunnels), judgement.files, flags);
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

/** Around a capture, microseconds: what a daemon says before its first message and behind its last one. */
const MARGIN_US: Micros = 10e6;

/** The entries that are asked for; without --all of a log what is of the time of the capture, and how much more there is. */
function chosenEntries(
  all: readonly TimelineEntry[],
  files: readonly CaptureFile[],
  flags: TimelineFlags,
): readonly TimelineEntry[] {
  const ofTunnel = flags.tunnel === undefined ? all : all.filter((entry) => entry.ofTunnel === flags.tunnel);
  const times = files.flatMap(({ firstTime, lastTime }) =>
    firstTime === null || lastTime === null ? [] : [firstTime, lastTime],
  );
  if (flags.all === true || times.length === 0) return ofTunnel;
  const [from, to] = [Math.min(...times) - MARGIN_US, Math.max(...times) + MARGIN_US];
  const near = ofTunnel.filter(
    ({ time, source }) => source === null || (time !== null && time >= from && time <= to),
  );
  const left = ofTunnel.length - near.length;
  if (left > 0) {
    complain(
      left === 1
        ? "1 line of a log is of another time than the capture and left out; --all shows it"
        : say`${left} lines of logs are of another time than the capture and left out; --all shows them`,
    );
  }
  return near;
}

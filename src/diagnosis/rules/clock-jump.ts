import { frameRef } from "../../bytes/frame.js";
import { humanDuration } from "../../bytes/time.js";
import type { CaptureRule } from "../context.js";

/** Files merged from several interfaces, or written by several queues, hold disorder of less than this. */
const SMALLEST_JUMP = 3_000_000;

/** The time of a packet lies well before that of the packet in front of it, in the same file. */
export const clockJump: CaptureRule = ({ files }) => {
  const jumps = files.flatMap(({ file, stepBack }, capture) =>
    stepBack !== null && stepBack.by >= SMALLEST_JUMP ? [{ file, capture, ...stepBack }] : [],
  );
  const worst = jumps.toSorted((a, b) => b.by - a.by)[0];
  if (worst === undefined) return null;
  return {
    code: "clock-jump",
    confidence: "likely",
    provenance: "deduced",
    phase: null,
    headline: `the time of the capture goes back by ${humanDuration(worst.by)} (frame ${worst.frame})`,
    summary: `Frame ${worst.frame} lies ${humanDuration(worst.by)} before the frame in front of it. The clock was set back while capturing, or files were joined end to end; pauses and the order of what happened around it are not to be relied on.`,
    evidence: jumps.slice(0, 4).map(({ capture, frame, time, by }) => ({
      frame: frameRef(capture, frame),
      time,
      nanos: 0,
      text: `the time goes back by ${humanDuration(by)}`,
    })),
    rivals: [
      {
        code: "capture-duplicates",
        separatedBy:
          "the order of sequence numbers and Message IDs behind the jump: they go on where the clock was set, and begin again where a second recording was appended",
      },
    ],
  };
};

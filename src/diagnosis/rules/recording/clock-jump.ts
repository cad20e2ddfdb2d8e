import { frameName, frameRef } from "../../../bytes/frame.js";
import { humanDuration, isoTime } from "../../../bytes/time.js";
import { isSet, SMALLEST_JUMP, wasSetMeanwhile } from "../../clock.js";
import type { CaptureContext } from "../../context.js";
import type { Verdict } from "../../finding.js";
import { defineCaptureRule } from "../../rule.js";
import { lengthOf, LONGEST_WAIT_US, longestWait, type Wait } from "../../facts/recording/longest-wait.js";
import { openTunnel } from "../../../session/log/open-tunnel.js";
import { say } from "../../../texts/message.js";

/** Tunnels that are looked into for exchanges across a leap of the clock: it shows in all that were under way. */
const ENOUGH_TUNNELS = 200;

/**
 * The clock of the capture was set: a packet lies well before the one in front of it, or decades behind it, or an exchange lasts longer
 * than any implementation waits.
 */
export const clockJump = defineCaptureRule({
  code: "clock-jump",
  severity: "warning",
  title: "The clock of the capture was set while it ran",
  explanation:
    "The time of one packet lies well before that of the packet in front of it, the capture begins with a clock that nobody had set and goes on in the present, or a message waits for its answer longer than any implementation does. Times, pauses and retransmission schedules around that place are not to be relied on.",
  signature:
    "The time of a packet lies at least 3 s before that of the packet in front of it in the same file; or the file begins before 2003 and ends after; or a request within an IKE SA is answered, or sent again, 10 minutes later or more, and the tunnel sends nothing in between.",
  remedies: [
    "Was the clock of the capturing host set while it captured (NTP, a virtual machine or a laptop that was resumed)? Capture again with a steady clock.",
    "If files were joined end to end, join them by time: mergecap -w joined.pcap first.pcap second.pcap.",
  ],
  references: [],
  detect: (context) => setBack(context) ?? setAtAll(context) ?? setAhead(context),
});

function setBack({ files }: CaptureContext): Verdict | null {
  const jumps = files.flatMap(({ file, stepBack }, capture) =>
    stepBack !== null && stepBack.by >= SMALLEST_JUMP ? [{ file, capture, ...stepBack }] : [],
  );
  const worst = jumps.toSorted((a, b) => b.by - a.by)[0];
  if (worst === undefined) return null;
  const frame = frameName(frameRef(worst.capture, worst.frame), files.length > 1);
  return {
    confidence: "likely",
    provenance: "deduced",
    phase: null,
    headline: say`the time of the capture goes back by ${humanDuration(worst.by)} (frame ${frame})`,
    summary: say`Frame ${frame} lies ${humanDuration(worst.by)} before the frame in front of it. The clock was set back while capturing, or files were joined end to end; pauses and the order of what happened around it are not to be relied on.`,
    evidence: jumps.slice(0, 4).map(({ capture, frame, time, by }) => ({
      frame: frameRef(capture, frame),
      time,
      nanos: 0,
      text: say`the time goes back by ${humanDuration(by)}`,
    })),
    rivals: [
      {
        code: "capture-duplicates",
        separatedBy:
          "the order of sequence numbers and Message IDs after the jump: they go on if the clock was set, and begin again if a second recording was appended",
      },
    ],
  };
}

/** A device that starts without a clock captures, and is told the time meanwhile. */
function setAtAll({ files, observations: { firstFrame, firstTime } }: CaptureContext): Verdict | null {
  const file = files.find(wasSetMeanwhile);
  if (file?.firstTime == null || firstFrame === null || firstTime === null || isSet(firstTime)) return null;
  // The first packet of a text may stand there without a time: no clock says when it came.
  if (file.notes.some(({ kind }) => kind === "no-timestamps")) return null;
  const year = Number(isoTime(file.firstTime).slice(0, 4));
  return {
    confidence: "likely",
    provenance: "deduced",
    phase: null,
    headline: say`the clock of the capture was set meanwhile: it begins in the year ${year}`,
    summary: say`The capture begins in the year ${year}, as a device does whose clock nobody has set, and goes on with the present. Pauses and the order of what happened around the setting of the clock are not to be relied on.`,
    evidence: [
      {
        frame: firstFrame,
        time: firstTime,
        nanos: 0,
        text: say`captured by a clock that says the year ${year}`,
      },
    ],
  };
}

/** An exchange was under way when the clock was set ahead: without one a leap looks like any pause. */
function setAhead({ tunnels, files }: CaptureContext): Verdict | null {
  let longest: Wait | null = null;
  const longLasting = tunnels.filter(({ ikeSas }) =>
    ikeSas.some(({ firstTime, lastTime }) => lastTime - firstTime >= LONGEST_WAIT_US),
  );
  for (const kept of longLasting.slice(0, ENOUGH_TUNNELS)) {
    const wait = longestWait(openTunnel(kept));
    if (wait !== null && (longest === null || lengthOf(wait) > lengthOf(longest))) longest = wait;
  }
  if (longest === null) return null;
  const { before, after } = longest;
  const [from, to] = [before.frames[0], after.frames[0]];
  if (from === undefined || to === undefined) return null;
  const by = humanDuration(lengthOf(longest));
  const frame = frameName(to, files.length > 1);
  return {
    confidence: "possible",
    provenance: "inferred",
    phase: null,
    headline: say`the time of the capture leaps ahead by ${by} during an exchange (frame ${frame})`,
    summary: say`Frame ${frame} belongs to the same exchange as frame ${frameName(from, files.length > 1)}, and lies ${by} behind it; the tunnel sends nothing in between. No implementation is known to wait so long: the clock was set ahead while capturing, or a host was suspended. Durations across that place are not to be relied on.`,
    evidence: [
      { frame: from, time: before.time, nanos: before.nanos, text: "the last message before the leap" },
      { frame: to, time: after.time, nanos: after.nanos, text: "the next message of the exchange" },
    ],
  };
}

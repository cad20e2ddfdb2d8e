import { humanDuration } from "../../../bytes/time.js";
import type { CaptureContext } from "../../context.js";
import type { Verdict } from "../../finding.js";
import { holeInFile } from "../../facts/recording/hole-in-file.js";
import { timeOfDayOf } from "../../moments.js";
import { sumOf } from "../../facts/esp/esp-ways.js";
import { defineCaptureRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

/** The file's own counters (pcapng interface statistics) say that packets were dropped, or ESP counts on behind a time without any packet. */
export const captureDropped = defineCaptureRule({
  code: "capture-dropped",
  severity: "warning",
  title: "The capture lost packets",
  explanation:
    "The capture file itself says that packets were dropped while it was written, or shows it, so a packet that is missing here may have been on the wire.",
  signature:
    "The interface statistics of a pcapng file count dropped packets. Or one file has nothing of a tunnel for a second or more, neither IKE nor ESP, and behind that the ESP sequence numbers of both directions are ahead.",
  remedies: [
    "Capture with a larger buffer and a filter: tcpdump -B 16384 -s 0 (KiB), dumpcap -B 64 (MiB).",
    "Capture less: only the two peers ('host A and host B'), or cut ESP short with a separate capture.",
  ],
  references: [],
  detect: (context) => {
    const { files, tunnels, observations } = context;
    const { firstFrame, firstTime, lastFrame, lastTime } = observations;
    const lossy = files.filter(({ dropped }) => (dropped ?? 0) > 0);
    const dropped = lossy.reduce((sum, file) => sum + (file.dropped ?? 0), 0);
    if (dropped === 0) return hole(context);
    const kept = lossy.reduce((sum, { packets }) => sum + packets, 0);
    const packets = dropped === 1 ? "1 packet was" : say`${dropped} packets were`;
    const missing = sumOf(
      tunnels.flatMap(({ streams }) => streams),
      ({ lost }) => lost,
    );
    return {
      confidence: "certain",
      provenance: "observed",
      phase: null,
      headline: say`${packets} dropped while capturing (${kept} were kept)`,
      summary: say`The capture file says that ${packets} dropped by the capturing host, beside ${kept} that were kept. A packet that is missing here may have been on the wire: loss and silence are to be confirmed by a capture without drops.${missing === 0 ? "" : say` ${missing} ESP sequence numbers are missing; whether on the wire or only here cannot be told.`}`,
      evidence: [
        ...(firstFrame === null || firstTime === null
          ? []
          : [{ frame: firstFrame, time: firstTime, nanos: 0, text: "the capture begins" }]),
        ...(lastFrame === null || lastTime === null
          ? []
          : [
              {
                frame: lastFrame,
                time: lastTime,
                nanos: 0,
                text: "the capture ends; where the drops lie is not told",
              },
            ]),
      ],
    };
  },
});

/** Files of a ring end and begin at their own times: a hole is one within a file. */
function hole({ files, tunnels }: CaptureContext): Verdict | null {
  if (files.length !== 1) return null;
  const found = tunnels.flatMap((tunnel) => {
    const own = holeInFile(tunnel);
    return own === null ? [] : [{ tunnel, ...own }];
  });
  const [longest] = found.toSorted((a, b) => b.until - b.from - (a.until - a.from));
  if (longest === undefined) return null;
  const { from, until, packets, tunnel, lastBefore, firstAfter } = longest;
  const [one, other] = tunnel.addresses;
  const length = humanDuration(until - from);
  return {
    confidence: "likely",
    provenance: "deduced",
    phase: null,
    headline: say`the capture has a hole of ${length} from ${timeOfDayOf(from)} on`,
    summary: say`From ${timeOfDayOf(from)} on nothing between ${one} and ${other} was recorded for ${length}, neither IKE nor ESP. Behind that the sequence numbers of both directions are ahead, by ${packets} packets in all: they passed and are not in the capture, as where the sniffer stood still or a part was cut out of the file. What else passed in that time is unknown.`,
    evidence: [
      { frame: lastBefore, time: from, nanos: 0, text: "the last packet before the hole" },
      { frame: firstAfter, time: until, nanos: 0, text: "the first packet after it" },
    ],
  };
}

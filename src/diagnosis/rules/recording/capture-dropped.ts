import { sumOf } from "../../facts/esp/esp-directions.js";
import { defineCaptureRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

/** The file's own counters (pcapng interface statistics) say that packets were dropped. */
export const captureDropped = defineCaptureRule({
  code: "capture-dropped",
  severity: "warning",
  title: "The capture lost packets",
  explanation:
    "The capture file itself says that packets were dropped while it was written, so a packet that is missing here may have been on the wire.",
  signature: "The interface statistics of a pcapng file count dropped packets.",
  remedies: [
    "Capture with a larger buffer and a filter: tcpdump -B 16384 -s 0 (KiB), dumpcap -B 64 (MiB).",
    "Capture less: only the two peers ('host A and host B'), or cut ESP short with a separate capture.",
  ],
  references: [],
  detect: ({ files, tunnels, observations: { firstFrame, firstTime, lastFrame, lastTime } }) => {
    const lossy = files.filter(({ dropped }) => (dropped ?? 0) > 0);
    const dropped = lossy.reduce((sum, file) => sum + (file.dropped ?? 0), 0);
    if (dropped === 0) return null;
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

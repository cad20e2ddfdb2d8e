import { defineCaptureRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

/** The snap length cut IKE messages. Cut ESP payloads do not matter: only their headers are read. */
export const captureTruncated = defineCaptureRule({
  code: "capture-truncated",
  severity: "warning",
  title: "The capture cut packets that were needed whole",
  explanation: "The snap length was smaller than IKE messages, so parts of them cannot be read.",
  signature: "The snap length cut frames that hold IKE messages. Cut ESP does not matter.",
  remedies: ["Capture again with whole packets: tcpdump -s 0."],
  references: [],
  detect: ({ observations }) => {
    const { cutIke, cutIkeCount } = observations;
    if (cutIkeCount === 0) return null;
    const isOne = cutIkeCount === 1;
    return {
      confidence: "certain",
      provenance: "observed",
      phase: null,
      headline: isOne
        ? "one IKE message was cut by the snap length"
        : say`${cutIkeCount} IKE messages were cut by the snap length`,
      summary: isOne
        ? "One packet with an IKE message was captured shorter than it was on the wire. What stood after the cut is unknown."
        : say`${cutIkeCount} packets with IKE messages were captured shorter than they were on the wire. What stood after the cut is unknown.`,
      evidence: cutIke.slice(0, 4).map(({ frame, time }) => ({
        frame,
        time,
        nanos: 0,
        text: "IKE message cut by the snap length",
      })),
    };
  },
});

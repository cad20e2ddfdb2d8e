import type { CaptureRule } from "../../context.js";

/** The snap length cut IKE messages. Cut ESP payloads do not matter: only their headers are read. */
export const captureTruncated: CaptureRule = ({ observations }) => {
  const { cutIke, cutIkeCount } = observations;
  if (cutIkeCount === 0) return null;
  return {
    code: "capture-truncated",
    confidence: "certain",
    provenance: "observed",
    phase: null,
    headline: `${cutIkeCount} IKE messages were cut by the snap length`,
    summary: `${cutIkeCount} packets with IKE messages were captured shorter than they were on the wire. What stood behind the cut is unknown.`,
    evidence: cutIke.slice(0, 4).map(({ frame, time }) => ({
      frame,
      time,
      nanos: 0,
      text: "IKE message cut by the snap length",
    })),
  };
};

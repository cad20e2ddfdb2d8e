import type { CaptureRule } from "../../context.js";

/** No IKE, NAT-T, ESP or AH packet at all: nothing can be judged. */
export const captureEmpty: CaptureRule = ({ observations }) => {
  const { ikeMessages, espPackets, ahPackets, keepalives, packets } = observations;
  if (ikeMessages + espPackets + ahPackets + keepalives > 0) return null;
  const evidence =
    observations.firstFrame === null || observations.firstTime === null
      ? []
      : [
          {
            frame: observations.firstFrame,
            time: observations.firstTime,
            nanos: 0,
            text: "first frame of the capture, not IPsec",
          },
        ];
  return {
    code: "capture-empty",
    confidence: "certain",
    provenance: "observed",
    phase: null,
    headline: `no IPsec traffic among ${packets} packets`,
    summary: `Among ${packets} packets there is no IKE (UDP 500, 4500), no ESP and no AH. Nothing can be said about any tunnel.`,
    evidence,
  };
};

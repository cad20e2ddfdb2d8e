import type { TunnelRule } from "../context.js";

/** The same IKE packets more than once within moments: a mirror port, several interfaces, both sides of a translator. */
export const captureDuplicates: TunnelRule = ({ tunnel }) => {
  const { count, copies } = tunnel.duplicates;
  if (count < 2) return null;
  return {
    code: "capture-duplicates",
    confidence: "likely",
    provenance: "deduced",
    phase: null,
    headline: `${count} IKE packets were captured more than once`,
    summary: tunnel.aliases.some(({ kind }) => kind === "nat-view")
      ? `${count} IKE packets appear twice with different addresses: the capture was taken on the device that translates them. The second view was left out of the judgement.`
      : `${count} IKE packets appear again, byte for byte and with the same IP identification. They are copies that the capture made, not retransmissions; they were left out of the judgement.`,
    evidence: copies.slice(0, 3).map(({ frame, time }) => ({
      frame,
      time,
      nanos: 0,
      text: "copy of an earlier packet",
    })),
  };
};

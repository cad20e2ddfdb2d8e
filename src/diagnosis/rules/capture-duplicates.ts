import type { TunnelRule } from "../context.js";

/** The same IKE packets more than once within moments: a mirror port, several interfaces, both sides of a translator. */
export const captureDuplicates: TunnelRule = ({ tunnel }) => {
  const { count, frames } = tunnel.duplicates;
  const frame = frames[0];
  if (count < 2 || frame === undefined) return null;
  return {
    code: "capture-duplicates",
    confidence: "likely",
    provenance: "deduced",
    phase: null,
    headline: `${count} IKE packets were captured more than once`,
    summary: tunnel.aliases.some(({ kind }) => kind === "nat-view")
      ? `${count} IKE packets appear twice with different addresses: the capture was taken on the device that translates them. The second view was left out of the judgement.`
      : `${count} IKE packets appear again, byte for byte, within a tenth of a second. No daemon repeats that fast, so they are copies that the capture made; they were left out of the judgement.`,
    evidence: frames.slice(0, 3).map((copy) => ({
      frame: copy,
      time: tunnel.firstTime,
      nanos: 0,
      text: "copy of an earlier packet",
    })),
  };
};

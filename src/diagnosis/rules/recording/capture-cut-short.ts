import type { CaptureRule } from "../../context.js";

/** A file that ends inside a record: judged up to there. */
export const captureCutShort: CaptureRule = ({ files, observations }) => {
  const note = files.flatMap((file) => file.notes).find(({ kind }) => kind === "cut-short");
  if (note === undefined) return null;
  const { lastFrame, lastTime } = observations;
  return {
    code: "capture-cut-short",
    confidence: "certain",
    provenance: "observed",
    phase: null,
    headline: "the capture file ends in the middle of a packet",
    summary: `${note.text} All packets before that were judged.`,
    evidence:
      lastFrame === null || lastTime === null
        ? []
        : [{ frame: lastFrame, time: lastTime, nanos: 0, text: "last whole frame" }],
  };
};

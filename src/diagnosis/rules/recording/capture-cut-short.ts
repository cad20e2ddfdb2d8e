import { defineCaptureRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

/** A file that ends inside a record: judged up to there. */
export const captureCutShort = defineCaptureRule({
  code: "capture-cut-short",
  severity: "warning",
  title: "The capture file ends in the middle of a packet",
  explanation: "Everything before the end was judged; what came after is missing.",
  signature: "The file, or the compressed data in it, ends inside a record, or its rest is zeros.",
  remedies: ["Copy the file again, or stop tcpdump cleanly (SIGINT) before copying."],
  references: [],
  needs: ["the-file"],
  detect: ({ files, observations }) => {
    const note = files.flatMap((file) => file.notes).find(({ kind }) => kind === "cut-short");
    if (note === undefined) return null;
    const { lastFrame, lastTime } = observations;
    return {
      confidence: "certain",
      provenance: "observed",
      phase: null,
      headline: "the capture file ends in the middle of a packet",
      summary: say`${note.message ?? note.text}. All packets before that were judged.`,
      evidence:
        lastFrame === null || lastTime === null
          ? []
          : [{ frame: lastFrame, time: lastTime, nanos: 0, text: "last whole frame" }],
    };
  },
});

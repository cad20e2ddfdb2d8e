import { defineHostRule } from "../../rule.js";
import { say, verbatim } from "../../../texts/message.js";

/** The log is of another host, or of another time: it is not used. */
export const evidenceOfAnotherHost = defineHostRule({
  code: "evidence-of-another-host",
  severity: "info",
  title: "A log that does not belong to this capture",
  explanation:
    "What a log says and what the capture shows are not the same event, so nothing was concluded from the log.",
  signature:
    "None of the log's own addresses is in the capture, or less than half of the messages that both have of one time are in both, whatever the difference of the clocks. Or none of the states of a dump has an SPI of the capture.",
  remedies: ["Take log and capture of the same attempt: start both, make one attempt, then copy both."],
  references: [],
  needs: ["host"],
  per: "once",
  detect: ({ host: { foreign, unused, records } }) => {
    const [file] = [...unused].flatMap(([name, why]) => (why === null ? [] : [{ name, why }]));
    const why = foreign ?? file?.why ?? null;
    if (why === null) return null;
    const name = verbatim(foreign === null && file !== undefined ? file.name : records.name);
    return {
      confidence: "certain",
      provenance: "deduced",
      phase: null,
      headline: say`the texts of ${name} do not belong to this capture`,
      summary: say`The texts of ${name} are not used: ${why}.`,
      evidence: [],
    };
  },
});

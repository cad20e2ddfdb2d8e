import { defineHostRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

/** A log that has packets or times, and nothing that ties it to the capture's clock. */
export const evidenceClockUnknown = defineHostRule({
  code: "evidence-clock-unknown",
  severity: "info",
  title: "The clock of a log cannot be told",
  explanation: "No verdict that needs the time of a log's lines is made.",
  signature:
    "The log has no times, or fewer than two messages in common with the capture, of which one the host sent. If it has none at all, both clocks are taken to be right, and what follows says so.",
  remedies: [
    "Write times with milliseconds: strongSwan filelog time_format = %b %e %T and time_add_ms = yes; and the packets: net = 1.",
  ],
  references: [],
  needs: ["host"],
  per: "once",
  detect: ({ host, capture }) => {
    const { clock, foreign, records } = host;
    const hasLog = records.events.some(({ section }) => section.kind !== "ip xfrm monitor");
    if (clock.by === "messages" || foreign !== null || !hasLog || capture.tunnels.length === 0) return null;
    const why =
      clock.by === "order"
        ? say`has no times; ${clock.joins.length} of its messages are in the capture in the same order`
        : clock.by === "assumed"
          ? "has no message in common with the capture; its clock is taken to be right"
          : "has too few messages in common with the capture";
    return {
      confidence: "certain",
      provenance: "deduced",
      phase: null,
      headline: say`the clock of ${records.name} cannot be told`,
      summary: say`The log of ${records.name} ${why}.`,
      evidence: [],
    };
  },
});

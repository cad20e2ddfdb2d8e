import { humanDuration, type Micros } from "../../../bytes/time.js";
import type { ClockProof } from "../../../joint/clock-proof.js";
import { listed, type Message, say, verbatim } from "../../../texts/message.js";
import { defineHostRule } from "../../rule.js";

/** A smaller difference of two clocks, microseconds, beside the step of the stamps, is none. */
const LEAST_SHIFT_US: Micros = 1e6;

const PROOFS: Readonly<Record<ClockProof, Message>> = {
  "same-clock": "by messages that both have",
  spi: "by messages that both have, and the SPI of a Child SA",
  zone: "by messages that both have: another time zone",
  "only-place": "by messages that the host sent, which its log has at no other time",
  spacing: "by many messages at the same intervals",
};

/** A log is read with its clock moved: who compares it with the capture has to know by how much. */
export const evidenceClockShifted = defineHostRule({
  code: "evidence-clock-shifted",
  severity: "info",
  title: "The clock of a log differs from that of the capture",
  explanation:
    "Lines of the log are compared with the capture at times that are moved by the difference of the two clocks.",
  signature:
    "Messages that log and capture both have are more than a second apart, by more than the step of the log's times; the difference is proven.",
  remedies: ["Set the clocks of both hosts by NTP; write times with their zone."],
  references: [],
  needs: ["host"],
  per: "once",
  detect: ({ host: { clocks, foreign, unused, records } }) => {
    if (foreign !== null) return null;
    const shifted = [...clocks].find(
      ([file, { by, stretches }]) =>
        by === "messages" &&
        !unused.has(file) &&
        stretches.some(
          ({ low, high }) => Math.min(Math.abs(low), Math.abs(high)) > LEAST_SHIFT_US && low * high > 0,
        ),
    );
    if (shifted === undefined) return null;
    const [file, { stretches, proof }] = shifted;
    const name = records.files.length === 1 ? records.name : file;
    const shifts = stretches.map(({ offset }) =>
      offset > 0 ? say`${humanDuration(offset)} ahead of` : say`${humanDuration(offset)} behind`,
    );
    return {
      confidence: "certain",
      provenance: "deduced",
      phase: null,
      headline: say`the clock of ${verbatim(name)} is ${listed(shifts, "and")} that of the capture`,
      summary: say`The clock of the log of ${verbatim(name)} is ${listed(shifts, "and")} that of the capture, ${PROOFS[proof ?? "same-clock"]}. Its lines are shown with their own times.`,
      evidence: [],
    };
  },
});

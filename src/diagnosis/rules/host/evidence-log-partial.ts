import type { Micros } from "../../../bytes/time.js";
import { defineHostRule } from "../../rule.js";
import { listed, say } from "../../../texts/message.js";

/** Beside the step of its stamps, microseconds: a log may begin and end so near to the messages of the capture. */
const EDGE: Micros = 1e6;

/** The log does not cover what the capture shows: nothing is concluded from what it lacks there. */
export const evidenceLogPartial = defineHostRule({
  code: "evidence-log-partial",
  severity: "info",
  title: "A log or dump was taken or read in part",
  explanation: "What such a log or dump lacks proves nothing.",
  signature:
    "The log begins after the first IKE message of its host in the capture, or ends before the last one; or it has no lines about packets at all (group NET); or the journal dropped lines. Or the files of the host hold more events or entries than are kept.",
  remedies: ["Take the whole log, of all groups: not grep, and the rotated files with it."],
  references: [],
  needs: ["host"],
  per: "once",
  detect: ({ host }) => {
    const { name, leftOut } = host.records;
    if (leftOut.events + leftOut.entries > 0) {
      const parts = [
        leftOut.events > 0 ? say`the oldest ${leftOut.events} events of its logs` : "",
        leftOut.entries > 0 ? say`the last ${leftOut.entries} entries of its dumps` : "",
      ].filter((part) => part !== "");
      return {
        confidence: "certain",
        provenance: "observed",
        phase: null,
        headline: say`the files of ${name} are judged in part`,
        summary: say`The files of ${name} hold more than is kept: ${listed(parts, "and")} are left out. Nothing is concluded from what is missing there; give the lines around the fault only.`,
        evidence: [],
      };
    }
    const { clock, foreign, records, frames } = host;
    const [first, last] = [frames[0], frames.at(-1)];
    if (foreign !== null || first === undefined || last === undefined || clock.by === "none") return null;
    const logs = records.files
      .flatMap(({ sections }) => sections)
      .filter(({ kind }) => kind === "charon log");
    const covered = logs.flatMap(({ coverage }) => (coverage === null ? [] : [coverage]));
    if (covered.length === 0) return null;
    const reason = (): string | null => {
      if (!covered.some(({ hasPackets, groups }) => hasPackets || groups.has("NET"))) {
        return "has no lines about packets";
      }
      if (covered.some(({ suppressed }) => suppressed)) return "lacks lines that the journal dropped";
      const offset = clock.stretches[0]?.offset;
      const times = covered.flatMap(({ first: a, last: b }) => (a === null || b === null ? [] : [a, b]));
      if (offset === undefined || times.length === 0 || clock.by !== "messages") return null;
      const step = Math.max(...times.map((stamp) => stamp.step));
      const at = times.map(({ time }) => time - offset);
      if (Math.min(...at) > first.time + EDGE + step) return "begins after the first message of the capture";
      return Math.max(...at) < last.time - EDGE - step ? "ends before the last message of the capture" : null;
    };
    const why = reason();
    if (why === null) return null;
    return {
      confidence: "certain",
      provenance: "observed",
      phase: null,
      headline: say`the log of ${records.name} covers a part of the capture`,
      summary: say`The log of ${records.name} ${why}. Nothing is concluded from what it lacks there.`,
      evidence: [],
    };
  },
});

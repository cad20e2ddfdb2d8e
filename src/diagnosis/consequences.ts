import type { Micros } from "../bytes/time.js";
import { isSuspicion } from "./doubt.js";
import type { Finding } from "./finding.js";

/**
 * One fault, one critical finding. A cause comes before its consequences: of the findings that begin before the earliest
 * one has ended, the first by the order of the rules is the root, and all others are named as following from it. A suspicion is
 * the root only where nothing is more than suspected.
 */
export function withConsequences(findings: readonly Finding[]): Finding[] {
  const all = findings.filter(({ severity }) => severity === "critical");
  const firm = all.filter((finding) => !isSuspicion(finding));
  const critical = firm.length > 0 ? firm : all;
  const earliest = critical.toSorted((a, b) => firstTime(a) - firstTime(b))[0];
  if (earliest === undefined) return [...findings];
  const root = critical.find((finding) => firstTime(finding) <= lastTime(earliest)) ?? earliest;
  return findings.map((finding) =>
    finding === root || finding.severity !== "critical"
      ? finding
      : { ...finding, severity: "warning", causedBy: root.code },
  );
}

function firstTime({ evidence, lines }: Finding): Micros {
  return Math.min(...timesOf(evidence, lines, -Infinity));
}

function lastTime({ evidence, lines }: Finding): Micros {
  return Math.max(...timesOf(evidence, lines, Infinity));
}

/** A dump alone has no time: it may have been so all the while. */
function timesOf(evidence: Finding["evidence"], lines: Finding["lines"], always: Micros): Micros[] {
  const times = [
    ...evidence.map(({ time }) => time),
    ...lines.flatMap(({ time }) => (time === null ? [] : [time])),
  ];
  return times.length === 0 ? [always] : times;
}

import type { Micros } from "../bytes/time.js";
import { isSuspicion } from "./doubt.js";
import type { Finding } from "./finding.js";

/**
 * One fault, one critical finding. A cause comes before its consequences: of the findings that begin before the earliest
 * one has ended, the first by the order of the rules is the root, and all others are named as following from it. A suspicion is
 * the root only where nothing is more than suspected. What `areApart`, as the faults of two clients are, does not follow, nor what
 * began before the root can have been there.
 */
export function withConsequences(
  findings: readonly Finding[],
  areApart: (one: Finding, other: Finding) => boolean = () => false,
): Finding[] {
  const roots = new Map<Finding, Finding>();
  let open = findings.filter(({ severity }) => severity === "critical");
  for (let root = rootOf(open); root !== undefined; root = rootOf(open)) {
    const own = root;
    const apart = open.filter((one) => one !== own && (areApart(own, one) || isBefore(one, own)));
    for (const one of open) if (!apart.includes(one)) roots.set(one, own);
    open = apart;
  }
  return findings.map((finding) => {
    const root = roots.get(finding);
    return root === undefined || root === finding
      ? finding
      : { ...finding, severity: "warning", causedBy: root.code };
  });
}

function rootOf(all: readonly Finding[]): Finding | undefined {
  const firm = all.filter((finding) => !isSuspicion(finding));
  const critical = firm.length > 0 ? firm : all;
  const earliest = critical.toSorted((a, b) => firstTime(a) - firstTime(b))[0];
  if (earliest === undefined) return undefined;
  return critical.find((finding) => firstTime(finding) <= lastTime(earliest)) ?? earliest;
}

/** An effect does not precede its cause: whether one finding is shown before the fault of the other can have existed. */
function isBefore({ from }: Finding, { notBefore }: Finding): boolean {
  return from !== null && notBefore !== null && from < notBefore;
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

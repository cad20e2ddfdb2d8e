import type { Micros } from "../../bytes/time.js";
import { CODES } from "../codes.js";
import type { Confidence, Finding, Status } from "../finding.js";
import type { Cause, JudgedTunnel } from "../judgement.js";
import { commonProperties, sharedProperties } from "./properties.js";
import { faultOf } from "./since.js";

/** So many tunnels are shown one by one; more are shown by what is wrong with them. */
export const SHOWN_ONE_BY_ONE = 6;

/** Status of a tunnel that has a finding to be told by. */
type TroubledStatus = Extract<Status, "failing" | "suspected" | "degraded">;
const TROUBLED: readonly Status[] = ["failing", "suspected", "degraded"] satisfies TroubledStatus[];

/** The causes of failing tunnels by their root findings: those that stop tunnels first, then those that hit most of them. */
export function causesOf(tunnels: readonly JudgedTunnel[]): Cause[] {
  const groups = new Map<string, Member[]>();
  for (const judged of tunnels) {
    const root = TROUBLED.includes(judged.status) ? faultOf(judged) : undefined;
    if (root === undefined) continue;
    const key = `${judged.status} ${root.code}`;
    const member = { judged, root };
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [member]);
    else group.push(member);
  }
  const working = tunnels.filter(({ status }) => status === "healthy" || status === "up");
  return [...groups.values()].flatMap((group) => causeOf(group, working) ?? []).toSorted(compared);
}

interface Member {
  readonly judged: JudgedTunnel;
  readonly root: Finding;
}

function causeOf(members: readonly Member[], working: readonly JudgedTunnel[]): Cause | null {
  const confidence = commonest(members.map(({ root }) => root.confidence));
  const first = members.find(({ root }) => root.confidence === confidence);
  if (confidence === undefined || first === undefined) return null;
  const tunnels = members.map(({ judged }) => judged);
  const times = tunnels.flatMap(({ since }) => since ?? []);
  const limit = (better: (a: number, b: number) => number): Micros | null =>
    times.length === 0 ? null : times.reduce((a, b) => better(a, b));
  return {
    code: first.root.code,
    status: first.judged.status,
    tunnels,
    confidence,
    finding: first.root,
    example: first.judged,
    since: limit(Math.min),
    lastSince: limit(Math.max),
    shared:
      tunnels.length < 2
        ? []
        : working.length === 0
          ? commonProperties(tunnels)
          : sharedProperties(tunnels, working),
  };
}

function commonest(values: readonly Confidence[]): Confidence | undefined {
  const counts = new Map<Confidence, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0];
}

function compared(a: Cause, b: Cause): number {
  return (
    TROUBLED.indexOf(a.status) - TROUBLED.indexOf(b.status) ||
    b.tunnels.length - a.tunnels.length ||
    CODES.indexOf(a.code) - CODES.indexOf(b.code)
  );
}

import type { Micros } from "../../bytes/time.js";
import { CODES, type Code } from "../codes.js";
import type { Confidence, Finding, Status } from "../finding.js";
import type { JudgedTunnel } from "../judgement.js";
import { commonProperties, type SharedProperty, sharedProperties } from "./properties.js";
import { faultOf } from "./since.js";

/** So many tunnels are shown one by one; more are shown by what is wrong with them. */
export const SHOWN_ONE_BY_ONE = 6;

/** Status of a tunnel that has a finding to be told by. */
type TroubledStatus = Extract<Status, "failing" | "suspected" | "degraded">;
const TROUBLED: readonly Status[] = ["failing", "suspected", "degraded"] satisfies TroubledStatus[];

/** All tunnels that the same finding is the root of. */
export interface Cause {
  readonly code: Code;
  readonly status: Status;
  readonly tunnels: readonly JudgedTunnel[];
  /** How sure it is of most of the tunnels. */
  readonly confidence: Confidence;
  /** The root finding of `example`. */
  readonly finding: Finding;
  /** The first tunnel of which it is so sure. */
  readonly example: JudgedTunnel;
  /** When it began in the first and in the last of the tunnels; null where only texts of hosts show it, without a time. */
  readonly since: Micros | null;
  readonly lastSince: Micros | null;
  /** What these tunnels share and those that work do not; where none works, what all of them have in common. */
  readonly shared: readonly SharedProperty[];
}

/** What is wrong with the tunnels, by their root findings: what stops tunnels first, then what hits the most of them. */
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

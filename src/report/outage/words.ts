import type { Clock } from "../../bytes/clock.js";
import type { Micros } from "../../bytes/time.js";
import type { Finding, Status } from "../../diagnosis/finding.js";
import type { Cause, JudgedTunnel, Judgement } from "../../diagnosis/judgement.js";
import { SHOWN_ONE_BY_ONE } from "../../diagnosis/outage/cause.js";
import { momentText } from "../../diagnosis/outage/moment.js";
import { peerGroups, peerGroupText } from "../../diagnosis/outage/peers.js";
import type { SharedProperty } from "../../diagnosis/outage/shared-property.js";
import { isAboutHealth } from "../../diagnosis/status.js";
import { listed, type Message, say } from "../../texts/message.js";
import { inEnglish } from "../../texts/texts.js";
import { type FindingCount, findingCounts } from "../words.js";

/** Ranges or networks of a group of peers, and groups of one cause, that a list names. */
const RANGES = 8;
const GROUPS = 6;
/** Moments that are nearer to each other are one to a reader. */
const AT_ONCE: Micros = 1_000_000;

/** Whether a report is about what is wrong, cause by cause, because there are too many tunnels to show each. */
export function isOutageReport({ tunnels }: Judgement): boolean {
  return tunnels.length > SHOWN_ONE_BY_ONE;
}

/** "2,000": numbers of tunnels as people read them. */
export function countText(count: number): string {
  return count.toLocaleString("en");
}

export function tunnelsText(count: number): Message {
  return say`${countText(count)} tunnel${count === 1 ? "" : "s"}`;
}

/** When it began in the first tunnel of a cause: "22:13:21"; empty where that has no time. */
export function sinceText({ since }: Cause, { observations }: Judgement, clock: Clock): string {
  return since === null ? "" : momentText(clock, since, observations);
}

/** "since 22:13:21 UTC, the last one since 22:14:19"; empty where that has no time. */
export function spanText(cause: Cause, judgement: Judgement, clock: Clock): Message {
  const { since, lastSince } = cause;
  if (since === null || lastSince === null) return "";
  const first = say`since ${sinceText(cause, judgement, clock)} ${clock.name}`;
  if (lastSince - since < AT_ONCE) return first;
  return say`${first}, the last one since ${momentText(clock, lastSince, judgement.observations)}`;
}

/** All peers of a cause, a line for each end that they have in common: "192.0.2.10-.39 -> 198.51.100.1". */
export function peerLines({ tunnels }: Cause): Message[] {
  const groups = peerGroups(tunnels);
  const left = groups.slice(GROUPS).reduce((sum, { tunnels: count }) => sum + count, 0);
  return [
    ...groups.slice(0, GROUPS).map((group) => peerGroupText(group, RANGES)),
    ...(left === 0 ? [] : [say`and ${countText(left)} more tunnel${left === 1 ? "" : "s"}`]),
  ];
}

/** Properties that the tunnels of a cause share and the working ones do not, a sentence without an end; null where nothing is known. */
export function sharedText(
  { shared, tunnels }: Cause,
  { observations }: Judgement,
  clock: Clock,
): Message | null {
  const [first] = shared;
  if (first === undefined) return null;
  const named = ({ text, from }: SharedProperty): Message =>
    from === null ? text : say`${text} ${momentText(clock, from, observations)} ${clock.name}`;
  if (first.workingOf === 0) {
    return say`in common: ${listed(shared.map(named), "clauses")} (all ${countText(tunnels.length)}; no tunnel works to compare them with)`;
  }
  const parts = shared.map((property) => {
    const { failing, failingOf, working, workingOf } = property;
    const hit =
      failing === failingOf
        ? say`all ${countText(failing)}`
        : say`${countText(failing)} of ${countText(failingOf)}`;
    return say`${named(property)} (${hit}; ${countText(working)} of ${countText(workingOf)} working tunnels)`;
  });
  return say`in common, unlike the working tunnels: ${listed(parts, "clauses")}`;
}

/** How sure the findings of a cause are: "likely", or "likely (28 of 30)" where not all are as sure. */
export function confidenceText({ confidence, tunnels, code }: Cause): Message {
  const count = tunnels.filter(({ findings }) =>
    findings.some((finding) => finding.code === code && finding.confidence === confidence),
  ).length;
  return count === tunnels.length ? confidence : say`${confidence} (${count} of ${tunnels.length})`;
}

/** Tunnels of which nothing is wrong, by their status. */
export interface Untroubled {
  readonly status: Status;
  readonly tunnels: number;
  /** How most of them stand, a phrase. */
  readonly standing: Message;
}

export function untroubledOf({ tunnels, causes }: Judgement): Untroubled[] {
  const troubled = new Set(causes.flatMap((cause) => cause.tunnels));
  const groups = new Map<Status, JudgedTunnel[]>();
  for (const judged of tunnels) {
    if (troubled.has(judged)) continue;
    const group = groups.get(judged.status);
    if (group === undefined) groups.set(judged.status, [judged]);
    else group.push(judged);
  }
  return [...groups]
    .map(([status, group]) => ({ status, tunnels: group.length, standing: commonestStanding(group) }))
    .toSorted((a, b) => b.tunnels - a.tunnels);
}

function commonestStanding(tunnels: readonly JudgedTunnel[]): Message {
  const counts = new Map<string, { readonly standing: Message; count: number }>();
  for (const { standing } of tunnels) {
    const key = inEnglish(standing);
    const known = counts.get(key) ?? { standing, count: 0 };
    known.count++;
    counts.set(key, known);
  }
  const [most] = [...counts.values()].toSorted((a, b) => b.count - a.count);
  if (most === undefined) return "";
  return most.count === tunnels.length ? most.standing : say`mostly: ${most.standing}`;
}

/** A finding about the recording, with how many tunnels it was told of. */
export interface RecordingRemark {
  readonly finding: Finding;
  /** 0 where it is about the capture as a whole. */
  readonly tunnels: number;
}

/** Whether a finding is about a tunnel's health, not about the recording or a host. */
export function isAboutTunnel(finding: Finding): boolean {
  return finding.tunnel !== null && isAboutHealth(finding);
}

/** Findings above info about the recording, each code once, and about hosts without a tunnel. */
export function recordingRemarks({ findings }: Pick<Judgement, "findings">): RecordingRemark[] {
  const remarks = new Map<string, { readonly finding: Finding; tunnels: number }>();
  for (const finding of findings) {
    if (finding.severity === "info" || isAboutTunnel(finding)) continue;
    const key = finding.tunnel === null ? `${finding.code} ${finding.summary}` : finding.code;
    const remark = remarks.get(key) ?? { finding, tunnels: 0 };
    if (finding.tunnel !== null) remark.tunnels++;
    remarks.set(key, remark);
  }
  return [...remarks.values()];
}

/** Findings above info that are the root of no tunnel: what follows from a cause, or stands beside it. */
export function findingsBeside(judgement: Judgement): FindingCount[] {
  const roots = new Map<string, number>();
  for (const { code, finding, tunnels } of judgement.causes) {
    const key = `${finding.severity} ${code}`;
    roots.set(key, (roots.get(key) ?? 0) + tunnels.length);
  }
  const told = new Set(recordingRemarks(judgement).map(({ finding }) => finding.code));
  return findingCounts(judgement)
    .filter(({ code }) => !told.has(code))
    .map((row) => ({ ...row, count: row.count - (roots.get(`${row.severity} ${row.code}`) ?? 0) }))
    .filter(({ count }) => count > 0);
}

import { endsOf } from "../session/clients/ends.js";
import { areRolesProven } from "../session/model/queries.js";
import { type Clock, UTC } from "../bytes/clock.js";
import type { Micros } from "../bytes/time.js";
import { joined, listed, type Message, say } from "../texts/message.js";
import { momentText } from "./outage/moment.js";
import { SHOWN_ONE_BY_ONE } from "./outage/cause.js";
import { peerGroups, peerGroupText } from "./outage/peers.js";
import { rootOf } from "./outage/since.js";
import { toldTunnels } from "./stray.js";
import type { Confidence, Finding } from "./finding.js";
import type { Cause, JudgedTunnel, Judgement } from "./judgement.js";

/** The part of a judgement that the first line is made of. */
type Told = Pick<Judgement, "status" | "tunnels" | "findings" | "causes" | "notJudged" | "observations">;

/** The first line that a person reads, without the status word: who, and what happened; times as `clock` shows them. */
export function headlineOf(judged: Told, clock: Clock = UTC): Message {
  if (judged.notJudged > 0) return stoppedText(judged, clock);
  const judgement = { ...judged, tunnels: toldTunnels(judged.tunnels) };
  const { status, tunnels, findings } = judgement;
  const hit = tunnels.filter((judged) => judged.status === status);
  const [first] = hit;
  switch (status) {
    case "failing":
    case "suspected":
    case "degraded": {
      const root = first === undefined ? undefined : rootOf(first);
      if (first === undefined || root === undefined) {
        return findings.find(({ severity }) => severity === "critical")?.messages.headline ?? status;
      }
      const cause = outageOf(judgement);
      if (cause !== null) return outageText(cause, judgement, clock);
      const count = hit.length > 1 ? say`${hit.length} of ${tunnels.length} tunnels, first: ` : "";
      const then = root.mended ? mendedText(first, root) : "";
      const { headline, when } = root.messages;
      const since = when === undefined ? middleText(first, judgement.observations, clock) : say`, ${when}`;
      const said = joined(headline, since, then);
      return joined(count, peersText(first), "  ", said);
    }
    case "up":
    case "healthy":
      return upText(judgement);
    case "nothing-to-judge":
      return nothingToJudgeText(hit, findings);
  }
}

/**
 * How the one tunnel of that status stands, or how many there are; where the rest of them is healthy, and of some the capture holds too
 * little, none is up without proof.
 */
function upText({ status, tunnels }: Pick<Told, "status" | "tunnels">): Message {
  const isWithoutProof = tunnels.some((judged) => judged.status === "up");
  const hit = tunnels.filter((judged) => judged.status === (isWithoutProof ? "up" : "healthy"));
  const unjudged = tunnels.filter((judged) => judged.status === "nothing-to-judge").length;
  const [first, ...more] = hit;
  if (first !== undefined && more.length === 0 && first.status === status) {
    const count = tunnels.length > 1 ? say`1 of ${tunnels.length} tunnels: ` : "";
    const standing = listed([first.standing, ...weaknessText(first.findings)], "clauses");
    return joined(count, peersText(first), "  ", standing);
  }
  const are = hit.length === 1 ? "is up" : "are up";
  const what = isWithoutProof ? "are up without proof of traffic both ways" : are;
  const rest = unjudged === 0 ? "" : say`; of ${unjudged} the capture holds too little to judge`;
  return say`${hit.length} of ${tunnels.length} tunnels ${what}, none is failing${rest}`;
}

/** "; later IKEv2 is up": or what is up all the while, where only traffic of an older SA shows that the fault is none of the tunnel's. */
function mendedText(judged: JudgedTunnel, root: Finding): Message {
  const { standing } = judged;
  return isUpLater(judged, root) ? say`; later ${standing}` : say`; meanwhile ${standing}`;
}

/** Whether an IKE SA or a Child SA came up after what the finding shows. */
function isUpLater({ setups, childSas }: JudgedTunnel, { evidence }: Finding): boolean {
  const end = Math.max(...evidence.map(({ time }) => time));
  return (
    setups.some(({ progress }) => progress.upAt !== null && progress.upAt > end) ||
    childSas.some(({ forward, backward }) => ((forward ?? backward)?.firstTime ?? end) > end)
  );
}

/** Whether the trouble of all these tunnels is over, and each came up again. */
function areUpAgain(tunnels: readonly JudgedTunnel[]): boolean {
  return tunnels.every((judged) => {
    const root = rootOf(judged);
    return root?.mended === true && isUpLater(judged, root);
  });
}

/** Trouble that begins sooner after the beginning of the capture is told without its time. */
const FROM_BEGINNING_US: Micros = 60_000_000;

/** ", since 22:37:10 UTC", where the trouble began in the middle of the capture. */
function middleText({ since }: JudgedTunnel, observations: Told["observations"], clock: Clock): Message {
  const { firstTime } = observations;
  if (since === null || firstTime === null || since - firstTime < FROM_BEGINNING_US) return "";
  return say`, ${sinceText(since, observations, clock)}`;
}

function sinceText(since: Micros, observations: Told["observations"], clock: Clock): Message {
  return say`since ${momentText(clock, since, observations)} ${clock.name}`;
}

/** The cause that the first line is about; null where tunnels are few and shown one by one. */
function outageOf({ causes, tunnels, status }: Told): Cause | null {
  const [first] = causes;
  return tunnels.length > SHOWN_ONE_BY_ONE && first?.status === status ? first : null;
}

/** Ranges or networks that the first line names. */
const RANGES = 3;

/** "30 of 2,000 tunnels: UDP 500 works, UDP 4500 does not  192.0.2.10-.39 -> 198.51.100.1, since 22:13:21 UTC; 2 more causes below". */
function outageText(cause: Cause, { causes, tunnels, observations }: Told, clock: Clock): Message {
  const { tunnels: hit, finding, since } = cause;
  const what = hit.length === 1 ? finding.messages.headline : finding.title;
  const [group, ...others] = peerGroups(hit);
  const first = group === undefined ? "" : peerGroupText(group, RANGES);
  const peers = others.length === 0 ? first : say`${first} and ${others.length} more`;
  const like = tunnels.filter(({ status }) => status === hit[0]?.status).length;
  const [count, all] = [hit.length.toLocaleString("en"), tunnels.length.toLocaleString("en")];
  const these =
    like > hit.length
      ? say`${like.toLocaleString("en")} of ${all} tunnels, ${count} of them: `
      : say`${count} of ${all} tunnels: `;
  const moment = since === null ? [] : [sinceText(since, observations, clock)];
  const more = causes.length - 1;
  const again = areUpAgain(hit) ? "; they are up again later" : "";
  const below = more === 0 ? "" : say`; ${more} more cause${more === 1 ? "" : "s"} below`;
  return joined(these, what, "  ", listed([peers, ...moment], "clauses"), again, below);
}

/** Judging was ended: what it found until then, and of how many tunnels nothing is known. */
function stoppedText(judgement: Told, clock: Clock): Message {
  const { status, tunnels, notJudged } = judgement;
  const stopped = say`stopped: ${notJudged} of ${tunnels.length + notJudged} tunnels are not judged`;
  return status === "nothing-to-judge"
    ? stopped
    : joined(stopped, "  ", headlineOf({ ...judgement, notJudged: 0 }, clock));
}

/** Confidence of the finding that the first line names; null where it names none. */
export function headlineConfidence(judgement: Told): Confidence | null {
  const { status, tunnels } = judgement;
  if (status !== "failing" && status !== "suspected" && status !== "degraded") return null;
  const cause = outageOf({ ...judgement, tunnels: toldTunnels(tunnels) });
  if (cause !== null) return cause.confidence;
  const first = tunnels.find((judged) => judged.status === status);
  return first === undefined ? null : (rootOf(first)?.confidence ?? null);
}

/** "192.0.2.10 -> 198.51.100.20" in the direction of the setup; "<->" where nothing proves it. */
export function peersText({ tunnel }: JudgedTunnel): string {
  return peersInLine(endsOf(tunnel), areRolesProven(tunnel));
}

function weaknessText(findings: readonly Finding[]): Message[] {
  const weak = findings.find(({ code }) => code === "weak-crypto");
  return weak === undefined ? [] : [weak.messages.headline];
}

function nothingToJudgeText(hit: readonly JudgedTunnel[], findings: readonly Finding[]): Message {
  const [about] = findings;
  if (about !== undefined && about.severity !== "info") return about.messages.headline;
  const empty = findings.find(({ code }) => code === "capture-empty");
  if (empty !== undefined) return empty.messages.headline;
  const [first] = hit;
  if (first !== undefined && hit.length === 1) return joined(peersText(first), "  ", first.standing);
  const scanned = hit.filter((judged) => judged.findings.some(({ code }) => code === "ike-scanned"));
  if (first !== undefined && scanned.length === hit.length) {
    return joined(
      say`${hit.length} pairs of addresses, no tunnel among them, first: `,
      peersText(first),
      "  ",
      first.standing,
    );
  }
  return about === undefined
    ? "the capture ends too early for any tunnel"
    : say`the capture ends too early for any tunnel; ${about.messages.headline}`;
}

/** The peers of a tunnel in one line: an arrow from the initiator to the responder, if messages prove who that is. */
export function peersInLine([first, second]: readonly [string, string], rolesProven: boolean): string {
  return `${first} ${rolesProven ? "->" : "<->"} ${second}`;
}

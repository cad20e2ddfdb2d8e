import type { Confidence, Finding, Status } from "./finding.js";
import type { JudgedTunnel } from "./judgement.js";
import { joined, listed, type Message, say } from "../texts/message.js";

/** The first line that a person reads, without the status word: who, and what happened. */
export function headlineOf(
  status: Status,
  tunnels: readonly JudgedTunnel[],
  findings: readonly Finding[],
  notJudged = 0,
): Message {
  if (notJudged > 0) return stoppedText(status, tunnels, findings, notJudged);
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
      const count = hit.length > 1 ? say`${hit.length} of ${tunnels.length} tunnels, first: ` : "";
      return joined(count, peersText(first), "  ", root.messages.headline);
    }
    case "up":
    case "healthy": {
      if (first !== undefined && hit.length === 1) {
        return joined(
          peersText(first),
          "  ",
          listed([first.standing, ...weaknessText(first.findings)], "clauses"),
        );
      }
      const what = status === "up" ? "are up without proof of traffic both ways" : "are up";
      return say`${hit.length} of ${tunnels.length} tunnels ${what}, none is failing`;
    }
    case "nothing-to-judge":
      return nothingToJudgeText(hit, findings);
  }
}

/** Judging was ended: what it found until then, and of how many tunnels nothing is known. */
function stoppedText(
  status: Status,
  tunnels: readonly JudgedTunnel[],
  findings: readonly Finding[],
  notJudged: number,
): Message {
  const stopped = say`stopped: ${notJudged} of ${tunnels.length + notJudged} tunnels are not judged`;
  return status === "nothing-to-judge"
    ? stopped
    : joined(stopped, "  ", headlineOf(status, tunnels, findings));
}

/** Confidence of the finding that the first line names; null where it names none. */
export function headlineConfidence(status: Status, tunnels: readonly JudgedTunnel[]): Confidence | null {
  if (status !== "failing" && status !== "suspected" && status !== "degraded") return null;
  const first = tunnels.find((judged) => judged.status === status);
  return first === undefined ? null : (rootOf(first)?.confidence ?? null);
}

/** The first finding above info; a note on algorithms is no fault of the tunnel. */
function rootOf({ findings }: JudgedTunnel): Finding | undefined {
  return findings.find(({ severity }) => severity !== "info");
}

/** "192.0.2.10 -> 198.51.100.20" in the direction of the setup; "<->" where that is not known. */
export function peersText({ tunnel }: JudgedTunnel): string {
  const [initiator, responder] = tunnel.addresses;
  return `${initiator} ${tunnel.ikeSas.length > 0 ? "->" : "<->"} ${responder}`;
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
  return about === undefined
    ? "the capture holds too little of any tunnel"
    : say`the capture holds too little of any tunnel; ${about.messages.headline}`;
}

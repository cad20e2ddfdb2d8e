import { flowsBothWays } from "./status.js";
import type { Finding, Status } from "./finding.js";
import type { JudgedTunnel } from "./judgement.js";

/** The first line that a person reads, without the status word: who, and what happened. */
export function headlineOf(
  status: Status,
  tunnels: readonly JudgedTunnel[],
  findings: readonly Finding[],
): string {
  const hit = tunnels.filter((judged) => judged.status === status);
  const first = hit[0];
  switch (status) {
    case "failing":
    case "degraded": {
      const root = first?.findings.find(({ severity }) => severity !== "info");
      if (first === undefined || root === undefined) return status;
      const count = hit.length > 1 ? `${hit.length} of ${tunnels.length} tunnels, first: ` : "";
      return `${count}${peersText(first)}  ${root.headline}`;
    }
    case "healthy":
      return first !== undefined && hit.length === 1
        ? `${peersText(first)}  ${upText(first)}`
        : `${hit.length} of ${tunnels.length} tunnels are up, none is failing`;
    case "nothing-to-judge": {
      const about = findings[0];
      if (about !== undefined && about.severity !== "info") return about.headline;
      const empty = findings.find(({ code }) => code === "capture-empty");
      if (empty !== undefined) return empty.headline;
      return about === undefined
        ? "the capture holds too little of any tunnel"
        : `the capture holds too little of any tunnel; ${about.headline}`;
    }
  }
}

/** "192.0.2.10 -> 198.51.100.20" in the direction of the setup; "<->" where that is not known. */
export function peersText({ tunnel }: JudgedTunnel): string {
  const [initiator, responder] = tunnel.addresses;
  return `${initiator} ${tunnel.ikeSas.length > 0 ? "->" : "<->"} ${responder}`;
}

function upText({ tunnel, setups }: JudgedTunnel): string {
  const up = setups.findLast(({ progress }) => progress.state === "up");
  const parts: string[] = [];
  if (up !== undefined) parts.push(`IKEv${up.sa.majorVersion} is up`);
  const carrier = tunnel.streams[0]?.encapsulation === "ah" ? "AH" : "ESP";
  if (flowsBothWays(tunnel)) parts.push(`${carrier} flows both ways`);
  else if (tunnel.streams.length === 0) parts.push("no ESP in the capture");
  return parts.join(", ");
}

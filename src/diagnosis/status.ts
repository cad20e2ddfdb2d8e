import type { TunnelContext } from "./context.js";
import { isOfSeveralPlaces } from "./extracts.js";
import { healedAfter } from "./healing.js";
import { lastTimeOf } from "../session/progress.js";
import type { Finding, Status } from "./finding.js";
import { carriesTrafficAfter } from "./healing.js";
import { staysUnanswered } from "./silence.js";
import { mayBeOtherClients } from "./ports.js";

/** Packets that each direction must have for ESP alone to count as a working tunnel. */
const PROOF_PACKETS = 2;

/** Findings about the recording say nothing about the tunnel's health. */
function isAboutTunnel({ code }: Finding): boolean {
  return !code.startsWith("capture-");
}

/** Status of one tunnel: "healthy" only where the capture proves that it works. */
export function tunnelStatus(context: TunnelContext, findings: readonly Finding[]): Status {
  const counted = findings.filter(isAboutTunnel);
  if (counted.some(({ severity }) => severity === "critical")) return "failing";
  if (!works(context) || endsInSilence(context) || isOfSeveralPlaces(context.capture.files)) {
    return "nothing-to-judge";
  }
  return counted.some(({ severity }) => severity === "warning") ? "degraded" : "healthy";
}

function works({ tunnel, setups }: TunnelContext): boolean {
  return setups.some(({ progress }) => progress.state === "up") || flowsBothWays(tunnel);
}

/** ESP (or AH) in both directions between the same two peers. */
export function flowsBothWays(tunnel: Pick<TunnelContext["tunnel"], "streams" | "aliases">): boolean {
  const packets = new Map<string, number>();
  for (const { source, packets: count } of tunnel.streams) {
    const peer = tunnel.aliases.find(({ address }) => address === source)?.standsFor ?? source;
    packets.set(peer, (packets.get(peer) ?? 0) + count);
  }
  return packets.size > 1 && [...packets.values()].every((count) => count >= PROOF_PACKETS);
}

/** The last that is seen of the tunnel is a request that repeats and stays unanswered (DPD, rekey): whether it lives is open. */
function endsInSilence(context: TunnelContext): boolean {
  const up = context.setups.filter(({ progress }) => progress.state === "up");
  return context.setups.some(({ sa, progress }) =>
    progress.later.some((exchange) => {
      if (!staysUnanswered(exchange, context)) return false;
      // Behind one address other clients may work.
      if (up.some((other) => other.sa !== sa && mayBeOtherClients(sa, other.sa))) return false;
      const askedAt = lastTimeOf(exchange.request);
      return !healedAfter(context, askedAt) && !carriesTrafficAfter(context, askedAt);
    }),
  );
}

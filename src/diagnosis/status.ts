import { canonicalAddress } from "../session/model/queries.js";
import { distinctPackets } from "../session/esp/esp-sas.js";
import type { TunnelContext } from "./context.js";
import { isSuspicion } from "./doubt.js";
import { isOfSeveralPlaces } from "./extracts.js";
import { mayBeRefused } from "./facts/child/undecided-answer.js";
import type { Finding, Status } from "./finding.js";
import type { Proof } from "./proof.js";

/** Packets that each direction must have for ESP alone to count as a tunnel that is up. */
const PROOF_PACKETS = 2;

/** Findings about the recording, and notes on algorithms, say nothing about the tunnel's health. */
export function isAboutHealth({ code }: Pick<Finding, "code">): boolean {
  return !code.startsWith("capture-") && code !== "weak-crypto";
}

/** Status of one tunnel: "healthy" only where the capture proves that it works. */
export function tunnelStatus(context: TunnelContext, findings: readonly Finding[], proof: Proof): Status {
  const counted = findings.filter(isAboutHealth);
  const critical = counted.filter(({ severity }) => severity === "critical");
  if (critical.some((finding) => !isSuspicion(finding))) return "failing";
  if (critical.length > 0) return "suspected";
  if (proof.kind === "one-side") return "nothing-to-judge";
  if (!isUp(context) || isOfSeveralPlaces(context.capture.files)) return "nothing-to-judge";
  if (counted.some(({ severity }) => severity === "warning")) return "degraded";
  return proof.kind === "traffic" || proof.kind === "checks" ? "healthy" : "up";
}

/** An IKE SA came up in the capture, or ESP passes both ways. */
export function isUp(context: TunnelContext): boolean {
  const isSetUp = context.setups.some(
    (setup) => setup.progress.state === "up" && !mayBeRefused(context, setup),
  );
  return isSetUp || flowsBothWays(context.tunnel) || isBesideOthers(context.tunnel);
}

/** One of several clients sends ESP, so it was set up; that the others have answers shows that its own would be seen. */
function isBesideOthers({ client, streams }: TunnelContext["tunnel"]): boolean {
  return client !== null && streams.some((stream) => distinctPackets(stream) >= PROOF_PACKETS);
}

/** ESP (or AH) in both directions between the same two peers. */
export function flowsBothWays(tunnel: Pick<TunnelContext["tunnel"], "streams" | "aliases">): boolean {
  const packets = new Map<string, number>();
  for (const stream of tunnel.streams) {
    const peer = canonicalAddress(tunnel.aliases, stream.source);
    packets.set(peer, (packets.get(peer) ?? 0) + distinctPackets(stream));
  }
  return packets.size > 1 && [...packets.values()].every((count) => count >= PROOF_PACKETS);
}

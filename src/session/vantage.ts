import type { Address } from "../bytes/address.js";
import type { Sighting, Tunnel } from "./model.js";

/** Where the sniffer stood, as seen from one tunnel. */
export type VantagePlace = "near-initiator" | "near-responder" | "between" | "unknown";

export interface Vantage {
  readonly place: VantagePlace;
  /** What it was concluded from, a phrase. */
  readonly reason: string;
}

/** TTLs that hosts send with; a packet that still has one has passed no router. */
const INITIAL_TTLS = [64, 128, 255] as const;

interface Traces {
  hops: number | null;
  sent: number;
  received: number;
}

/**
 * Concludes the sniffer's place from how the capturing host met the packets (cooked captures and pcapng flags), else
 * from the TTLs: the end whose packets still carry an initial TTL is the near one.
 */
export function vantageOf(tunnel: Tunnel): Vantage {
  const first = tunnel.ikeSas[0];
  if (first === undefined) return { place: "unknown", reason: "no IKE message tells the initiator" };
  const initiator = collect(tunnel, first.initiator.address);
  const responder = collect(tunnel, first.responder.address);
  if (tunnel.aliases.some((alias) => alias.kind === "nat-view")) {
    return { place: "between", reason: "each packet was seen before and after address translation" };
  }
  if (tunnel.duplicates.routed) {
    return { place: "between", reason: "each packet was seen before and after a router" };
  }
  const bySide = fromHostSide(initiator, responder);
  if (bySide !== null) return bySide;
  return fromHops(initiator.hops, responder.hops);
}

function fromHostSide(initiator: Traces, responder: Traces): Vantage | null {
  const forwards = initiator.sent > 0 && initiator.received > 0;
  if (forwards)
    return { place: "between", reason: "the capturing host received and sent on the same packets" };
  if (initiator.sent > 0 && responder.sent === 0) {
    return { place: "near-initiator", reason: "the capturing host sent the initiator's packets" };
  }
  if (responder.sent > 0 && initiator.sent === 0) {
    return { place: "near-responder", reason: "the capturing host sent the responder's packets" };
  }
  return null;
}

function fromHops(initiator: number | null, responder: number | null): Vantage {
  if (initiator === 0 && responder === 0) {
    return { place: "unknown", reason: "neither side's packets have passed a router" };
  }
  if (initiator === 0) {
    return { place: "near-initiator", reason: "the initiator's TTL is untouched" };
  }
  if (responder === 0) {
    return { place: "near-responder", reason: "the responder's TTL is untouched" };
  }
  if (initiator !== null && responder !== null) {
    return {
      place: "between",
      reason: `the initiator is ${initiator} and the responder ${responder} hops away by TTL`,
    };
  }
  return { place: "unknown", reason: "only packets of one side, which passed a router, are there" };
}

function collect(tunnel: Tunnel, address: Address): Traces {
  const traces: Traces = { hops: null, sent: 0, received: 0 };
  for (const sighting of sightings(tunnel)) {
    if (sighting.source.address !== address) continue;
    const hops = hopsOf(sighting.ttl);
    if (traces.hops === null || hops < traces.hops) traces.hops = hops;
    if (sighting.hostSide === "sent") traces.sent++;
    if (sighting.hostSide === "received") traces.received++;
  }
  // What the peer itself says by ICMP shows the distance too, where it says nothing else.
  for (const { source, ttl } of tunnel.icmp) {
    if (source === address && (traces.hops === null || hopsOf(ttl) < traces.hops)) traces.hops = hopsOf(ttl);
  }
  return traces;
}

function* sightings(tunnel: Tunnel): IterableIterator<Sighting> {
  for (const sa of tunnel.ikeSas) {
    for (const { request, response } of sa.exchanges) {
      if (request !== null) yield* request.sightings;
      if (response !== null) yield* response.sightings;
    }
  }
}

/** Routers passed, taking the smallest initial TTL that is possible. */
function hopsOf(ttl: number): number {
  const initial = INITIAL_TTLS.find((candidate) => candidate >= ttl) ?? 255;
  return initial - ttl;
}

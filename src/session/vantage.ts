import type { Address } from "../bytes/address.js";
import type { Sighting, Tunnel } from "./model.js";

/** Where the sniffer stood, as seen from one tunnel; "both-ends" where files from both were read together. */
export type VantagePlace = "near-initiator" | "near-responder" | "both-ends" | "between" | "unknown";

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
export function vantageOf(tunnel: Pick<Tunnel, "ikeSas" | "icmp" | "aliases" | "duplicates">): Vantage {
  const first = tunnel.ikeSas[0];
  if (first === undefined) return { place: "unknown", reason: "no IKE message tells the initiator" };
  const [initiator, responder] = tracesOf(tunnel, first.initiator.address, first.responder.address);
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

/** What the packets of both ends tell, in one walk over them: all of a tunnel's are looked at. */
function tracesOf(
  { ikeSas, icmp }: Pick<Tunnel, "ikeSas" | "icmp">,
  initiator: Address,
  responder: Address,
): readonly [Traces, Traces] {
  const ofInitiator: Traces = { hops: null, sent: 0, received: 0 };
  const ofResponder: Traces = { hops: null, sent: 0, received: 0 };
  const note = (sighting: Sighting): void => {
    if (sighting.source.address === initiator) addSighting(ofInitiator, sighting);
    if (sighting.source.address === responder) addSighting(ofResponder, sighting);
  };
  for (const { exchanges } of ikeSas) {
    for (const { request, response } of exchanges) {
      request?.sightings.forEach(note);
      response?.sightings.forEach(note);
    }
  }
  // What the peer itself says by ICMP shows the distance too, where it says nothing else.
  for (const { source, ttl } of icmp) {
    if (source === initiator) addHops(ofInitiator, ttl);
    if (source === responder) addHops(ofResponder, ttl);
  }
  return [ofInitiator, ofResponder];
}

function addSighting(traces: Traces, { ttl, hostSide }: Sighting): void {
  addHops(traces, ttl);
  if (hostSide === "sent") traces.sent++;
  if (hostSide === "received") traces.received++;
}

function addHops(traces: Traces, ttl: number): void {
  const hops = hopsOf(ttl);
  if (traces.hops === null || hops < traces.hops) traces.hops = hops;
}

/** Routers passed, taking the smallest initial TTL that is possible. */
function hopsOf(ttl: number): number {
  const initial = INITIAL_TTLS.find((candidate) => candidate >= ttl) ?? 255;
  return initial - ttl;
}

import type { Address } from "../bytes/address.js";
import type { IkeSaOutline, SenderTraces, Tunnel } from "./model.js";
import { hopsOf, joinedTraces, NO_TRACES } from "./traces.js";
import { type Message, say } from "../texts/message.js";

/** The capture point as seen from one tunnel; "both-ends" where files from both were read together. */
export type VantagePlace = "near-initiator" | "near-responder" | "both-ends" | "between" | "unknown";

export interface Vantage {
  readonly place: VantagePlace;
  /** The reason for the conclusion, a phrase. */
  readonly reason: Message;
}

/** A tunnel, opened or not: only what is known of its IKE SAs beside the exchanges is looked at. */
interface TracedTunnel extends Pick<Tunnel, "icmp" | "aliases" | "duplicates"> {
  readonly ikeSas: readonly Pick<IkeSaOutline, "initiator" | "responder" | "rolesProven" | "traces">[];
}

/**
 * Concludes the sniffer's place from how the capturing host met the packets (cooked captures and pcapng flags), else
 * from the TTLs: the end whose packets still carry an initial TTL is the near one.
 */
export function vantageOf(tunnel: TracedTunnel): Vantage {
  const first = tunnel.ikeSas[0];
  if (first === undefined) return { place: "unknown", reason: "no IKE message tells the initiator" };
  const [initiator, responder] = tracesOf(tunnel, first.initiator.address, first.responder.address);
  if (tunnel.aliases.some((alias) => alias.kind === "nat-view")) {
    return { place: "between", reason: "packets were seen before and after address translation" };
  }
  if (tunnel.duplicates.routed) {
    return { place: "between", reason: "packets were seen before and after a router" };
  }
  const names = namesOf(first);
  return fromHostSide(initiator, responder, names) ?? fromHops(initiator.hops, responder.hops, names);
}

/** Initiator and responder as phrases name them: by their addresses where nothing proves which is which. */
interface EndNames {
  readonly initiator: Message;
  readonly responder: Message;
}

function namesOf({ initiator, responder, rolesProven }: TracedTunnel["ikeSas"][number]): EndNames {
  return rolesProven
    ? { initiator: "the initiator", responder: "the responder" }
    : { initiator: initiator.address, responder: responder.address };
}

function fromHostSide(initiator: SenderTraces, responder: SenderTraces, names: EndNames): Vantage | null {
  const forwards = initiator.sent && initiator.received;
  if (forwards)
    return { place: "between", reason: "the capturing host received and sent on the same packets" };
  const [byInitiator, byResponder] = [isOrigin(initiator, responder), isOrigin(responder, initiator)];
  if (byInitiator === byResponder) return null;
  return byInitiator
    ? { place: "near-initiator", reason: say`the capturing host sent the packets of ${names.initiator}` }
    : { place: "near-responder", reason: say`the capturing host sent the packets of ${names.responder}` };
}

/** A router, too, sends on what others sent, with a lowered TTL; the other end may then be its neighbour. */
function isOrigin({ sent, hops }: SenderTraces, other: SenderTraces): boolean {
  return sent && (hops === 0 || other.hops !== 0);
}

function fromHops(initiator: number | null, responder: number | null, names: EndNames): Vantage {
  if (initiator === 0 && responder === 0) {
    return { place: "unknown", reason: "neither side's packets have passed a router" };
  }
  if (initiator === 0) {
    return { place: "near-initiator", reason: say`the TTL of ${names.initiator} is still the initial value` };
  }
  if (responder === 0) {
    return { place: "near-responder", reason: say`the TTL of ${names.responder} is still the initial value` };
  }
  if (initiator !== null && responder !== null) {
    return {
      place: "between",
      reason: say`${names.initiator} is ${initiator} and ${names.responder} ${responder} hops away by TTL`,
    };
  }
  if (initiator === null && responder === null) {
    return { place: "unknown", reason: "no IKE message that is whole tells its TTL" };
  }
  return { place: "unknown", reason: "only IKE messages of one side, which passed a router, are there" };
}

/** Traces of the capture point in the packets of both ends. */
function tracesOf(
  { ikeSas, icmp }: Pick<TracedTunnel, "ikeSas" | "icmp">,
  initiator: Address,
  responder: Address,
): readonly [SenderTraces, SenderTraces] {
  const tracesFrom = (address: Address): SenderTraces => {
    let traces = NO_TRACES;
    for (const sa of ikeSas) {
      if (sa.initiator.address === address) traces = joinedTraces(traces, sa.traces.initiator);
      if (sa.responder.address === address) traces = joinedTraces(traces, sa.traces.responder);
    }
    if (traces.hops !== null) return traces;
    // ICMP of the peer itself shows the distance too, where it says nothing else; behind the address of a NAT
    // device it is the device that speaks ICMP, a hop nearer than the peer.
    for (const { source, ttl } of icmp) {
      if (source !== address) continue;
      traces = joinedTraces(traces, { ...NO_TRACES, hops: hopsOf(ttl) });
    }
    return traces;
  };
  return [tracesFrom(initiator), tracesFrom(responder)];
}

import type { SenderTraces, Sighting } from "./model.js";

/** TTLs that hosts send with; a packet that still has one has passed no router. */
const INITIAL_TTLS = [64, 128, 255] as const;

export const NO_TRACES: SenderTraces = { hops: null, sent: false, received: false };

/** One object for all senders alike: each IKE SA has two. */
const known: SenderTraces[] = [];

function tracesOf(hops: number | null, sent: boolean, received: boolean): SenderTraces {
  const index = (hops === null ? 0 : hops + 1) * 4 + (sent ? 2 : 0) + (received ? 1 : 0);
  return (known[index] ??= { hops, sent, received });
}

/** The traces with those of one more packet of the sender; the same object where it tells nothing new. */
export function withSighting(traces: SenderTraces, { ttl, hostSide }: Sighting): SenderTraces {
  const hops = hopsOf(ttl);
  const isNew =
    isFewer(hops, traces.hops) ||
    (hostSide === "sent" && !traces.sent) ||
    (hostSide === "received" && !traces.received);
  if (!isNew) return traces;
  return tracesOf(
    isFewer(hops, traces.hops) ? hops : traces.hops,
    traces.sent || hostSide === "sent",
    traces.received || hostSide === "received",
  );
}

/** The traces of two sets of packets of one sender together. */
export function joinedTraces(one: SenderTraces, other: SenderTraces): SenderTraces {
  const hops =
    one.hops === null || other.hops === null ? (one.hops ?? other.hops) : Math.min(one.hops, other.hops);
  return { hops, sent: one.sent || other.sent, received: one.received || other.received };
}

function isFewer(hops: number | null, known: number | null): boolean {
  return hops !== null && (known === null || hops < known);
}

/**
 * Routers passed, taking the smallest initial TTL that is possible; null for 0, which no packet on the wire has: that of a datagram
 * whose fragments never became whole is not known.
 */
export function hopsOf(ttl: number): number | null {
  if (ttl === 0) return null;
  const initial = INITIAL_TTLS.find((candidate) => candidate >= ttl) ?? 255;
  return initial - ttl;
}

import type { Address } from "../../../bytes/address.js";
import { grouped } from "../../../bytes/grouped.js";
import type { Micros } from "../../../bytes/time.js";
import type { EventKind, HostEvent } from "../../../evidence/record.js";
import type { Tunnel } from "../../../session/model.js";
import { captureTime, type HostClock } from "../../../joint/host-clock.js";
import { clockOfFile, type JoinedHost } from "../../../joint/joined.js";
import type { HostContext, TunnelContext } from "../../context.js";
import { once } from "../../once.js";
import { framesOf } from "./joins.js";
import { eventIndexOf } from "./event-index.js";

/** Lines that a daemon writes about a message behind the one that it was received. */
const LINES_BEHIND = 30;

/** At the edges of a capture, a line and what it is about may lie on both sides. */
const EDGE_US: Micros = 1e6;

/** The hosts at an end of the tunnel, apart from those whose log is another event's, or another client's behind the same address. */
export function hostsOf({ tunnel, capture }: TunnelContext): JoinedHost[] {
  const ends = endsOf(tunnel);
  return (capture.hosts ?? []).filter(
    (host) =>
      host.foreign === null &&
      [...host.records.addresses].some((address) => ends.has(address)) &&
      !isOtherClient(host, tunnel),
  );
}

/** Whether a host is one of the clients that share an address, and none of its messages is in this one's tunnel. */
function isOtherClient(host: JoinedHost, { id, client }: Tunnel): boolean {
  return client !== null && host.records.addresses.has(client.address) && framesOf(host, id).length === 0;
}

/** The host at one end of the tunnel; undefined where no text of it was read. */
export function hostAt(context: TunnelContext, address: Address): JoinedHost | undefined {
  return hostsOf(context).find(({ records }) => records.addresses.has(address));
}

function endsOf({
  addresses,
  aliases,
}: Pick<TunnelContext["tunnel"], "addresses" | "aliases">): Set<Address> {
  return new Set([...addresses, ...aliases.map(({ address }) => address)]);
}

/** Addresses of the other end of the tunnel; null for any where there is no tunnel. */
function peersOf({ host, tunnel }: HostContext): ReadonlySet<Address> | null {
  if (tunnel === null) return null;
  return new Set([...endsOf(tunnel.tunnel)].filter((address) => !host.records.addresses.has(address)));
}

/** Whether a pair of addresses is that of the tunnel. */
export function isOfPair(context: HostContext, first: Address, second: Address): boolean {
  const peers = peersOf(context);
  return peers === null || peers.has(first) || peers.has(second);
}

/**
 * What the host says about this tunnel, of these kinds, at any time. What names no peer counts by its IKE SA or by the messages around
 * it; without these where the host has no other peer.
 */
export function eventsOf(context: HostContext, ...kinds: readonly EventKind[]): HostEvent[] {
  const { host } = context;
  const peers = peersOf(context);
  if (peers !== null) return eventIndexOf(host).about(peers, kinds);
  return host.records.events
    .map(({ event }) => event)
    .filter(({ kind, source }) => kinds.includes(kind) && !host.unused.has(source.file));
}

/** The events of this tunnel that the host tells of the time of the capture: a log goes on for weeks. */
export function eventsInCapture(context: HostContext, ...kinds: readonly EventKind[]): HostEvent[] {
  return eventsOf(context, ...kinds).filter((event) => isInCapture(context, event));
}

/** The places of the lines that are about messages of the capture, by their file, in order of the messages. */
const joinedLinesOf = once(({ joins }: HostClock) =>
  grouped(
    joins.map(({ entry }) => entry.event.source),
    ({ file }) => file,
  ),
);

/** Whether a line is of the time of the capture; without a tunnel of the host every line is. */
export function isInCapture({ host, tunnel, capture: { files } }: HostContext, event: HostEvent): boolean {
  if (tunnel === null) return true;
  const { source, stamp } = event;
  const clock = clockOfFile(host, source.file);
  if (clock.by === "order") {
    const lines = joinedLinesOf(clock).get(source.file) ?? [];
    const [first, last] = [lines[0]?.line ?? Infinity, lines.at(-1)?.line ?? -Infinity];
    return source.line >= first && source.line <= last + LINES_BEHIND;
  }
  const time = stamp === null ? null : captureTime(clock, stamp.time);
  if (time === null || stamp === null) return false;
  const starts = files.flatMap(({ firstTime }) => (firstTime === null ? [] : [firstTime]));
  const ends = files.flatMap(({ lastTime }) => (lastTime === null ? [] : [lastTime]));
  return time + stamp.step >= Math.min(...starts) - EDGE_US && time <= Math.max(...ends) + EDGE_US;
}

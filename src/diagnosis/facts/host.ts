import type { Address } from "../../bytes/address.js";
import type { Micros } from "../../bytes/time.js";
import type { EventKind, HostEvent, XfrmState } from "../../evidence/record.js";
import type { HostRecords } from "../../joint/host.js";
import { captureTime, type HostClock } from "../../joint/host-clock.js";
import { clockOfFile, type HostLine, hostLine, type JoinedHost } from "../../joint/joined.js";
import { peerOfExchange } from "../../joint/logged-exchange.js";
import type { WireMessage } from "../../joint/wire.js";
import type { HostContext, TunnelContext } from "../context.js";
import type { Evidence } from "../finding.js";
import { type Message, say, verbatim } from "../../texts/message.js";

/** Lines that a daemon writes about a message behind the one that it was received. */
const LINES_BEHIND = 30;
/** Lines that a finding cites of one kind. */
const MOST_LINES = 4;

/** The hosts at an end of the tunnel, apart from those whose log is another event's. */
export function hostsOf({ tunnel, capture }: TunnelContext): JoinedHost[] {
  const ends = endsOf(tunnel);
  return (capture.hosts ?? []).filter(
    ({ records, foreign }) => foreign === null && [...records.addresses].some((address) => ends.has(address)),
  );
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
  const { records, unused, exchanges } = context.host;
  const peers = peersOf(context);
  const wanted = records.events
    .filter(({ event }) => kinds.includes(event.kind) && !unused.has(event.source.file))
    .map(({ event }) => event);
  if (peers === null || wanted.length === 0) return wanted;
  const named = new Map<string, boolean>();
  let isAlone = true;
  for (const { event } of records.events) {
    const others = event.addresses.filter((address) => !records.addresses.has(address));
    if (others.length === 0) continue;
    const isOurs = others.some((address) => peers.has(address));
    if (!isOurs && event.message !== null) isAlone = false;
    if (event.ikeId !== null) named.set(ikeSaOf(event), isOurs);
  }
  return wanted.filter((event) => {
    const others = event.addresses.filter((address) => !records.addresses.has(address));
    if (others.length > 0) return others.some((address) => peers.has(address));
    const byIkeSa = event.ikeId === null ? undefined : named.get(ikeSaOf(event));
    const exchange = exchanges.get(event);
    const peer = exchange === undefined ? null : peerOfExchange(exchange);
    return byIkeSa ?? (peer === null ? isAlone : peers.has(peer));
  });
}

/** Each daemon counts its IKE SAs anew. */
function ikeSaOf({ source, ikeId }: HostEvent): string {
  return `${ikeId} ${source.file}`;
}

/** What the host says about this tunnel in the time of the capture: a log goes on for weeks. */
export function eventsInCapture(context: HostContext, ...kinds: readonly EventKind[]): HostEvent[] {
  return eventsOf(context, ...kinds).filter((event) => isInCapture(context, event));
}

/** At the edges of a capture, a line and what it is about may lie on both sides. */
const EDGE_US: Micros = 1e6;

/** Whether a line is of the time of the capture; without a tunnel of the host every line is. */
export function isInCapture({ host, tunnel, capture: { files } }: HostContext, event: HostEvent): boolean {
  if (tunnel === null) return true;
  const { source, stamp } = event;
  const clock = clockOfFile(host, source.file);
  if (clock.by === "order") {
    const lines = clock.joins
      .map(({ entry }) => entry.event.source)
      .filter(({ file }) => file === source.file);
    const [first, last] = [lines[0]?.line ?? Infinity, lines.at(-1)?.line ?? -Infinity];
    return source.line >= first && source.line <= last + LINES_BEHIND;
  }
  const time = stamp === null ? null : captureTime(clock, stamp.time);
  if (time === null || stamp === null) return false;
  const starts = files.flatMap(({ firstTime }) => (firstTime === null ? [] : [firstTime]));
  const ends = files.flatMap(({ lastTime }) => (lastTime === null ? [] : [lastTime]));
  return time + stamp.step >= Math.min(...starts) - EDGE_US && time <= Math.max(...ends) + EDGE_US;
}

/** Lines for a finding, at most a few. */
export function linesOf({ host }: HostContext, events: readonly HostEvent[], most = MOST_LINES): HostLine[] {
  return events.slice(0, most).map((event) => hostLine(host, event));
}

/** A line of a dump for a finding. */
export function dumpLine(source: HostLine["source"], text: Message): HostLine<Message> {
  return { source, text, time: null, writtenTime: "" };
}

/** "IKE_AUTH request": a message of the wire as texts name it. */
export function wireMessageText({ exchange, response }: Pick<WireMessage, "exchange" | "response">): Message {
  return response ? say`${verbatim(exchange)} response` : say`${verbatim(exchange)} request`;
}

/** Frames of IKE messages for a finding, at most a few. */
export function framesAsEvidence(frames: readonly WireMessage[], text: Message): Evidence[] {
  return frames.slice(0, MOST_LINES).map(({ frame, time, nanos, exchange, response }) => ({
    frame,
    time,
    nanos,
    text: say`${wireMessageText({ exchange, response })}, ${text}`,
  }));
}

/** Whether the sniffer stood at this host, so that what is missing in the capture never left it, or never came. */
export function isTakenAtHost({ host, tunnel }: HostContext): boolean {
  if (tunnel === null) return false;
  const initiator = tunnel.tunnel.ikeSas[0]?.initiator.address ?? tunnel.tunnel.addresses[0];
  const isInitiator = host.records.addresses.has(initiator);
  const { place } = tunnel.vantage;
  return place === "both-ends" || place === (isInitiator ? "near-initiator" : "near-responder");
}

/** Whether nothing speaks against it: what comes to the host passes here, and the place is neither at the peer nor before a router. */
export function mayBeTakenAtHost(context: HostContext): boolean {
  return isTakenAtHost(context) || context.tunnel?.vantage.place === "unknown";
}

/** The newest states of the host that belong to the tunnel; null without such a dump. */
export function statesOf(context: HostContext): XfrmState[] | null {
  const states = newestStates(context.host.records);
  return states?.filter(({ src, dst }) => isOfPair(context, src, dst)) ?? null;
}

/** All states of the newest dump, with the counts of the newest one that has them: `ip xfrm state` without -s does not. */
export function newestStates({ states }: HostRecords): readonly XfrmState[] | null {
  const newest = states.at(-1)?.entries ?? null;
  if (newest?.every(({ packets }) => packets !== null) !== false) return newest;
  const counted = new Map<string, XfrmState>();
  for (const state of states.flatMap(({ entries }) => entries)) {
    if (state.packets !== null) counted.set(`${state.dst} ${state.spi}`, state);
  }
  return newest.map((state) => {
    const known = state.packets === null ? counted.get(`${state.dst} ${state.spi}`) : undefined;
    return known === undefined || known.larval ? state : known;
  });
}

/** Whether packets of the state come to this host. */
export function isInbound({ host }: HostContext, { dst }: Pick<XfrmState, "dst">): boolean {
  return host.records.addresses.has(dst);
}

/** A counter of a host's kernel. */
interface Counter {
  readonly value: number;
  /** Since the reading before; null for a single reading, and where the counter fell: the host was started anew between them. */
  readonly growth: number | null;
  /** Its line in the newest reading. */
  readonly source: HostLine["source"];
}

/** A counter of the newest reading, and by how much it grew since the one before. */
export function counterOf({ counters }: HostRecords, name: string): Counter | null {
  const last = counters.at(-1);
  const value = last?.values.get(name);
  if (last === undefined || value === undefined) return null;
  const growth = value - (counters.at(-2)?.values.get(name) ?? Infinity);
  const line = last.lines.get(name) ?? last.source.line;
  return { value, growth: growth < 0 ? null : growth, source: { ...last.source, line } };
}

/** Whether a counter says that it happens: it grew, or, of a single reading, is not zero. */
export function hasCounted(records: HostRecords, name: string): boolean {
  const counter = counterOf(records, name);
  return counter !== null && (counter.growth ?? counter.value) > 0;
}

/** The name that the host gives to a Child SA, by one of its SPIs; null where nothing tells it. */
export function childName({ records }: JoinedHost, spi: number): string | null {
  const listed = records.children
    .flatMap(({ entries }) => entries)
    .find(({ spiIn, spiOut }) => spiIn === spi || spiOut === spi);
  if (listed !== undefined) return listed.name;
  const up = records.events.findLast(
    ({ event }) => event.kind === "child-up" && (event.spiIn === spi || event.spiOut === spi),
  );
  return up?.event.childName ?? null;
}

/** The time in which a log that tells of packets has lines, by the capture's clock; null where there is no such log. */
export function packetCoverage({
  host,
}: Pick<HostContext, "host">): { readonly from: Micros; readonly to: Micros } | null {
  const covered = host.records.files
    .flatMap(({ file, sections }) => {
      const { stretches } = clockOfFile(host, file);
      const offset = stretches[0]?.offset;
      return offset === undefined || stretches.length > 1
        ? []
        : sections.map(({ coverage }) => ({ coverage, offset }));
    })
    .flatMap(({ coverage, offset }) =>
      coverage !== null &&
      coverage.first !== null &&
      coverage.last !== null &&
      !coverage.suppressed &&
      (coverage.hasPackets || coverage.groups.has("NET"))
        ? [{ from: coverage.first.time + coverage.first.step - offset, to: coverage.last.time - offset }]
        : [],
    )
    .toSorted((a, b) => b.to - b.from - (a.to - a.from))[0];
  return covered ?? null;
}

/** How far apart a line and its frame may be, microseconds, where both are about a message of one length. */
const NEAR_BEFORE: Micros = 1e6;
const NEAR_BEHIND: Micros = 8e6;

/**
 * Of a direction, the lines and frames that these clocks did not bring together, less those that may be about each other all the
 * same: of one length, and near in time. A clock is that of one log; what one log lacks may be in another.
 */
export function unmatched(
  frames: readonly WireMessage[],
  clocks: readonly HostClock[],
  out: boolean,
  isWanted: (frame: WireMessage) => boolean,
): { readonly lines: readonly HostEvent[]; readonly frames: readonly WireMessage[] } {
  const joined = new Set(clocks.flatMap(({ joins }) => joins).map(({ frame }) => frame));
  const free = frames.filter((frame) => isWanted(frame) && !joined.has(frame));
  const byLength = new Map<number, WireMessage[]>();
  for (const frame of free.toReversed()) {
    const same = byLength.get(frame.length);
    if (same === undefined) byLength.set(frame.length, [frame]);
    else same.push(frame);
  }
  const met = new Set<WireMessage>();
  const lonely = clocks
    .flatMap((clock) =>
      clock.lonely.map(({ event }) => ({
        event,
        at: event.stamp === null ? null : captureTime(clock, event.stamp.time),
      })),
    )
    .toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0));
  const lines = lonely
    .filter(({ event: { message, stamp }, at }) => {
      if (message?.out !== out || stamp === null) return false;
      const same = byLength.get(message.length ?? -1);
      if (at === null || same === undefined) return true;
      // Both are in order of time: what is too old for this line is so for those behind it.
      while ((same.at(-1)?.time ?? Infinity) < at - NEAR_BEHIND) same.pop();
      const near = same.at(-1);
      if (near === undefined || near.time > at + NEAR_BEFORE + stamp.step) return true;
      same.pop();
      met.add(near);
      return false;
    })
    .map(({ event }) => event);
  return { lines, frames: free.filter((frame) => !met.has(frame)) };
}

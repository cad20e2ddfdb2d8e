import type { XfrmState } from "../../../evidence/record.js";
import type { HostRecords } from "../../../joint/host.js";
import type { HostLine, JoinedHost } from "../../../joint/joined.js";
import type { HostContext } from "../../context.js";
import { isOfPair } from "./events.js";

/**
 * The newest states of the host that belong to the tunnel; null without such a dump. A NAT device may give the peer another address
 * than the capture shows: what has an SPI of the capture is of the tunnel, and so is the rest of its reqid between the same ends.
 */
export function statesOf(context: HostContext): XfrmState[] | null {
  const states = newestStates(context.host.records);
  if (states === null) return null;
  const spis = new Set(context.tunnel?.tunnel.streams.map(({ spi }) => spi));
  const shown = states.filter(({ spi }) => spis.has(spi));
  const reqids = new Set(shown.map(({ reqid }) => reqid));
  const named = new Set(
    shown.flatMap(({ src, dst, reqid }) => [`${src} ${dst} ${reqid}`, `${dst} ${src} ${reqid}`]),
  );
  // The reqid alone tells nearly all of thousands of states apart.
  const isNamed = ({ src, dst, reqid }: XfrmState): boolean =>
    reqids.has(reqid) && named.has(`${src} ${dst} ${reqid}`);
  return states.filter((state) => isOfPair(context, state.src, state.dst) || isNamed(state));
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

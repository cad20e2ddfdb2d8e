import type { Message } from "../texts/message.js";
import type { Address } from "../bytes/address.js";
import { isoTime, type Micros } from "../bytes/time.js";
import type { HostEvent, Source } from "../evidence/record.js";
import type { Endpoint, KeptTunnel } from "../session/model.js";
import { clockOf, type WireView } from "./clock.js";
import { dumpsOfAnotherTime, withoutDumps } from "./dump-match.js";
import type { HostRecords, LoggedEvent } from "./host.js";
import { endByPeers } from "./end-by-peers.js";
import { endBySpis, ikeSpisOf } from "./end-by-spis.js";
import { elsewhereText, foreignText } from "./foreign-log.js";
import { captureTime, type HostClock, NO_CLOCK } from "./host-clock.js";
import { type LoggedExchange, loggedExchanges } from "./logged-exchange.js";
import { type OuterEnd, outerEnd } from "./outer-address.js";
import { type WireMessage, wireMessages } from "./wire.js";
import { type WireSa, wireSas } from "./wire-sa.js";

/** A host beside the capture. */
export interface JoinedHost {
  readonly records: HostRecords;
  /** That of the log which has most in common with the capture. */
  readonly clock: HostClock;
  /** The clock of each of its logs: one host may write the same in several, in its own way each. */
  readonly clocks: ReadonlyMap<string, HostClock>;
  /** Why its log is not used, a sentence; null where it is. */
  readonly foreign: Message | null;
  /**
   * Files whose lines are not used: they are of another host or time, which the sentence says, or, where it is null, nothing tells
   * where they lie in the time of the capture.
   */
  readonly unused: ReadonlyMap<string, Message | null>;
  /** IKE messages of the capture that its log should know. */
  readonly frames: readonly WireMessage[];
  /** For each line, the messages around it. */
  readonly exchanges: ReadonlyMap<HostEvent, LoggedExchange>;
}

/** A line of a host as a finding cites it. */
export interface HostLine<Text = string> {
  readonly source: Source;
  /** By the capture's clock; null where that is not known. */
  readonly time: Micros | null;
  /** As the line itself has it; empty where it has none. */
  readonly writtenTime: string;
  readonly text: Text;
}

/** Joins what is known of hosts with a capture. Without tunnels there is nothing to join, and no clock. */
export function joinHosts(hosts: readonly HostRecords[], tunnels: readonly KeptTunnel[]): JoinedHost[] {
  // Every exchange would be unpacked for it.
  if (hosts.length === 0) return [];
  const all = wireMessages(tunnels);
  const sas = wireSas(tunnels);
  const ends = new Set(
    tunnels.flatMap(({ addresses, aliases }) => [...addresses, ...aliases.map(({ address }) => address)]),
  );
  const ikeSpis = new Set(tunnels.flatMap(({ ikeSas }) => ikeSas.map(ikeSpisOf)));
  return hosts.map((records) => {
    const wire = { tunnels, all, sas, ends, ikeSpis };
    const own = endByPeers(records, tunnels);
    if (own !== null) return joinHost({ ...records, addresses: new Set([own]) }, wire, null);
    const joined = joinHost(records, wire, null);
    // Behind a NAT device the host has another address in the capture than in its own log.
    const outer = outerEnd(records, joined.clocks.values(), ends) ?? endBySpis(records, tunnels, ends);
    if (outer === null) return joined;
    const addresses = new Set([outer.address, ...records.addresses]);
    return joinHost({ ...records, addresses }, wire, outer);
  });
}

/** All of a capture that hosts are joined with. */
interface Wire {
  readonly tunnels: readonly KeptTunnel[];
  readonly all: readonly WireMessage[];
  readonly sas: readonly WireSa[];
  readonly ends: ReadonlySet<Address>;
  /** The two SPIs of each IKE SA, as one text. */
  readonly ikeSpis: ReadonlySet<string>;
}

function joinHost(
  records: HostRecords,
  { tunnels, all, sas, ends, ikeSpis }: Wire,
  outer: OuterEnd | null,
): JoinedHost {
  const isOwn = ({ address, port }: Endpoint): boolean =>
    isOf(records, address) && (outer?.address !== address || outer.ports.has(port));
  const frames = all.filter(({ from, to }) => isOwn(from) || isOwn(to));
  const wire: WireView = { frames: frames.length > 0 ? frames : all, sas, own: records.addresses };
  const files = eventsByFile(records.events);
  const clocks = new Map([...files].map(([file, events]) => [file, clockOf(events, wire)]));
  const foreign = new Map(
    [...files].map(([file, events]) => [
      file,
      tunnels.length === 0 ? null : foreignText(records, events, clocks.get(file) ?? NO_CLOCK, frames, all),
    ]),
  );
  const [best] = [...clocks].toSorted(([, a], [, b]) => worth(b) - worth(a));
  const [file, clock] = best ?? ["", NO_CLOCK];
  const isElsewhere =
    tunnels.length > 0 && records.addresses.size > 0 && ![...records.addresses].some((own) => ends.has(own));
  const unused = new Map<string, Message | null>();
  for (const [name, of] of tunnels.length === 0 ? [] : clocks) {
    const why = foreign.get(name) ?? null;
    if (why !== null || isUntied(of, files.get(name) ?? [])) unused.set(name, why);
  }
  const ofOtherTime = dumpsOfAnotherTime(records, sasOf(records, tunnels, sas), ends, ikeSpis);
  const dump = (records.states.at(-1) ?? records.children.at(-1))?.entries[0]?.source.file;
  if (ofOtherTime !== null && dump !== undefined) unused.set(dump, ofOtherTime);
  return {
    records: named(ofOtherTime === null ? records : withoutDumps(records), frames),
    clock,
    clocks,
    foreign: foreign.get(file) ?? (isElsewhere ? elsewhereText(records, clock.joins.length) : null),
    unused,
    frames,
    exchanges: loggedExchanges(records.events, clocks.values()),
  };
}

/** The SPIs of the host's tunnels. */
function sasOf(
  records: HostRecords,
  tunnels: readonly KeptTunnel[],
  sas: readonly WireSa[],
): readonly WireSa[] {
  const own = new Set(
    tunnels.flatMap(({ id, addresses }) => (addresses.some((end) => isOf(records, end)) ? [id] : [])),
  );
  return sas.filter(({ tunnel }) => own.has(tunnel));
}

/** Whether nothing tells where the lines of a text lie in the capture. One without times and messages was chosen by the user. */
function isUntied({ by }: HostClock, events: readonly LoggedEvent[]): boolean {
  return by === "none" && events.some(({ event }) => event.stamp !== null || event.message !== null);
}

/** A host that the user gave no name is called by its address in the capture. */
function named(records: HostRecords, frames: readonly WireMessage[]): HostRecords {
  if (records.name !== "") return records;
  const ends = frames.flatMap(({ from, to }) => [from.address, to.address]);
  const [first = "the host"] = records.addresses;
  return { ...records, name: ends.find((address) => isOf(records, address)) ?? first };
}

const WORTH: Readonly<Record<HostClock["by"], number>> = { messages: 3, order: 2, assumed: 1, none: 0 };

function worth({ by, joins }: HostClock): number {
  return WORTH[by] * 1e9 + joins.length;
}

function eventsByFile(events: readonly LoggedEvent[]): Map<string, LoggedEvent[]> {
  const byFile = new Map<string, LoggedEvent[]>();
  for (const entry of events) {
    const { file } = entry.event.source;
    const known = byFile.get(file);
    if (known === undefined) byFile.set(file, [entry]);
    else known.push(entry);
  }
  return byFile;
}

function isOf({ addresses }: HostRecords, address: Address): boolean {
  return addresses.has(address);
}

/** The journal counts microseconds in its fields. */
const MICROS = /^\d{13,}$/;

/** A line for a finding. */
export function hostLine(host: JoinedHost, event: HostEvent): HostLine {
  const { stamp, writtenTime, source, text } = event;
  return {
    source,
    text,
    writtenTime: MICROS.test(writtenTime) && stamp !== null ? isoTime(stamp.time) : writtenTime,
    time: timeOnCapture(host, event),
  };
}

/** When a line was written, by the clock of the capture; null where it has no time. */
export function timeOnCapture(
  host: JoinedHost,
  { stamp, source }: Pick<HostEvent, "stamp" | "source">,
): Micros | null {
  return stamp === null ? null : captureTime(clockOfFile(host, source.file), stamp.time);
}

/** The clock of one of the host's texts: its own where messages tell it, else that of the host. */
export function clockOfFile({ clock, clocks }: JoinedHost, file: string): HostClock {
  const own = clocks.get(file);
  return own === undefined || own.by === "assumed" ? clock : own;
}

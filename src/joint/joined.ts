import { type Message, say } from "../texts/message.js";
import type { Address } from "../bytes/address.js";
import type { Micros } from "../bytes/time.js";
import type { HostEvent, Source } from "../evidence/record.js";
import type { KeptTunnel } from "../session/model.js";
import { captureTime, clockOf, type HostClock } from "./clock.js";
import type { HostRecords, LoggedEvent } from "./host.js";
import { type WireMessage, wireMessages } from "./wire.js";

/** A host beside the capture. */
export interface JoinedHost {
  readonly records: HostRecords;
  /** That of the log which has most in common with the capture. */
  readonly clock: HostClock;
  /** Of each of its logs: one host may write the same in several, in its own way each. */
  readonly clocks: ReadonlyMap<string, HostClock>;
  /** Why its log is not used, a sentence; null where it is. */
  readonly foreign: Message | null;
  /** IKE messages of the capture that its log should know. */
  readonly frames: readonly WireMessage[];
}

/** A line of a host as a finding cites it. */
export interface HostLine<Text = string> {
  readonly source: Source;
  /** By the capture's clock; null where that is not known. */
  readonly time: Micros | null;
  readonly text: Text;
}

/** Joins what is known of hosts with a capture. Without tunnels there is nothing to join, and no clock. */
export function joinHosts(hosts: readonly HostRecords[], tunnels: readonly KeptTunnel[]): JoinedHost[] {
  // Every exchange would be unpacked for it.
  if (hosts.length === 0) return [];
  const all = wireMessages(tunnels);
  return hosts.map((records) => {
    const frames = all.filter(({ from, to }) => isOf(records, from.address) || isOf(records, to.address));
    const clocks = clocksOf(records, frames.length > 0 ? frames : all);
    const clock = [...clocks.values()].toSorted((a, b) => worth(b) - worth(a))[0] ?? NO_CLOCK;
    return {
      records: named(records, frames),
      clock,
      clocks,
      foreign: foreignText(records, clock, frames, all),
      frames,
    };
  });
}

/** A host that the user gave no name is called by its address in the capture. */
function named(records: HostRecords, frames: readonly WireMessage[]): HostRecords {
  if (records.name !== "") return records;
  const ends = frames.flatMap(({ from, to }) => [from.address, to.address]);
  const [first = "the host"] = records.addresses;
  return { ...records, name: ends.find((address) => isOf(records, address)) ?? first };
}

const NO_CLOCK: HostClock = { by: "none", stretches: [], joins: [], lonely: [] };
const WORTH: Readonly<Record<HostClock["by"], number>> = { messages: 3, order: 2, assumed: 1, none: 0 };

function worth({ by, joins }: HostClock): number {
  return WORTH[by] * 1e9 + joins.length;
}

function clocksOf({ events }: HostRecords, frames: readonly WireMessage[]): Map<string, HostClock> {
  const byFile = new Map<string, LoggedEvent[]>();
  for (const entry of events) {
    const { file } = entry.event.source;
    const known = byFile.get(file);
    if (known === undefined) byFile.set(file, [entry]);
    else known.push(entry);
  }
  return new Map([...byFile].map(([file, entries]) => [file, clockOf(entries, frames)]));
}

function isOf({ addresses }: HostRecords, address: Address): boolean {
  return addresses.has(address);
}

/** Of the messages that a log has within the time of the capture, so many have to be in both. */
const LEAST_SHARE = 0.5;

function foreignText(
  { addresses, events }: HostRecords,
  clock: HostClock,
  frames: readonly WireMessage[],
  all: readonly WireMessage[],
): Message | null {
  const messages = mostMessages(events);
  if (all.length === 0 || messages === 0) return null;
  if (frames.length === 0 && clock.joins.length === 0) {
    const named = [...addresses].slice(0, 3).join(", ");
    return say`none of its addresses (${named}) is in the capture, and none of its ${messages} messages`;
  }
  if (clock.by === "order") return null;
  const tried = clock.joins.length + clock.lonely.length;
  if (clock.by === "none") {
    // A log from which the lines about sent messages were filtered ties no clock, wherever it is from.
    const isOneWay = !events.some(({ event }) => event.message?.out === true);
    return messages < 3 || (isOneWay && frames.length > 0)
      ? null
      : say`no difference between the clocks brings more than one of its ${messages} messages together with a frame`;
  }
  const mine = clock.lonely.filter(({ event }) => event.message?.out === false).length;
  // Messages that the host sent and that never came to the wire are a fault, not a sign of another log.
  return clock.joins.length / Math.max(1, clock.joins.length + mine) < LEAST_SHARE ||
    (tried >= 4 && clock.joins.length === 1)
    ? say`of ${tried} messages in the time of the capture ${clock.joins.length} are in it`
    : null;
}

/** Of the log that has most of them. */
function mostMessages(events: readonly LoggedEvent[]): number {
  const counts = new Map<string, number>();
  for (const { event } of events) {
    if (event.message !== null) counts.set(event.source.file, (counts.get(event.source.file) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
}

/** A line for a finding. */
export function hostLine(host: JoinedHost, event: HostEvent): HostLine {
  const { stamp, source, text } = event;
  return {
    source,
    text,
    time: stamp === null ? null : captureTime(clockOfFile(host, source.file), stamp.time),
  };
}

/** The clock of one of the host's texts: its own where messages tell it, else that of the host. */
export function clockOfFile({ clock, clocks }: JoinedHost, file: string): HostClock {
  const own = clocks.get(file);
  return own === undefined || own.by === "assumed" ? clock : own;
}

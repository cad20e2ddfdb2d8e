import { type Address, addressBytes } from "../bytes/address.js";
import type {
  DaemonStats,
  HostEvent,
  StatusChild,
  StatusIkeSa,
  XfrmCounters,
  XfrmPolicy,
  XfrmState,
} from "../evidence/record.js";
import type { FileEvidence } from "../evidence/reader.js";
import type { EvidenceSink, Section } from "../evidence/section.js";
import { compareCounters, compareStates, inOrderOfTime, policiesInOrder } from "./moments.js";

/** Events of a host that are kept; of more, the newest. What goes is no longer covered. */
const MOST_EVENTS = 50_000;
const MOST_ENTRIES = 200_000;

/** The entries of a section of a dump: the state at one moment. */
export interface Dump<Entry> {
  readonly section: Section;
  readonly entries: Entry[];
}

/** Everything that files say about one host. */
export interface HostRecords {
  /** As the user called it; empty where he did not. */
  readonly name: string;
  readonly addresses: ReadonlySet<Address>;
  readonly files: readonly FileEvidence[];
  readonly events: readonly LoggedEvent[];
  /** The newest of dumps and readings of one kind stands last, as far as they tell it; else they are as given. */
  readonly states: readonly Dump<XfrmState>[];
  readonly policies: readonly Dump<XfrmPolicy>[];
  readonly counters: readonly XfrmCounters[];
  readonly ikeSas: readonly StatusIkeSa[];
  readonly children: readonly Dump<StatusChild>[];
  readonly stats: readonly DaemonStats[];
  /** Entries that were not kept: the oldest events of logs, the last entries of dumps. */
  readonly leftOut: { readonly events: number; readonly entries: number };
}

export interface LoggedEvent {
  readonly event: HostEvent;
  readonly section: Section;
}

/** Collects what the reader finds in the files of one host. */
export class HostCollector implements EvidenceSink {
  readonly addresses = new Set<Address>();
  readonly #files: FileEvidence[] = [];
  #events: LoggedEvent[] = [];
  #eventsLeftOut = 0;
  #entries = 0;
  #entriesLeftOut = 0;
  readonly #states: Dump<XfrmState>[] = [];
  readonly #policies: Dump<XfrmPolicy>[] = [];
  readonly #counters: XfrmCounters[] = [];
  readonly #ikeSas: StatusIkeSa[] = [];
  readonly #children: Dump<StatusChild>[] = [];
  readonly #stats: DaemonStats[] = [];

  file(evidence: FileEvidence): void {
    this.#files.push(evidence);
  }

  event(event: HostEvent, section: Section): void {
    const { message } = event;
    if (message !== null) this.#own((message.out ? message.from : message.to)?.address);
    else if (event.kind === "ike-up" && event.daemon === "charon") this.#own(event.addresses[0]);
    else if (event.kind === "config" && event.addresses.length === 1 && isListening(event)) {
      this.#own(event.addresses[0]);
    } else if (isReceivedHere(event)) this.#own(event.addresses.at(-1));
    this.#events.push({ event, section });
    this.#keepNewest();
  }

  state(state: XfrmState, section: Section): void {
    if (state.own !== null) this.#own(state.own);
    this.#add(this.#states, state, section);
  }

  policy(policy: XfrmPolicy, section: Section): void {
    const { template, direction } = policy;
    if (template?.mode === "tunnel") this.#own(direction === "out" ? template.src : template.dst);
    this.#add(this.#policies, policy, section);
  }

  counters(counters: XfrmCounters): void {
    if (this.#hasRoom()) this.#counters.push(counters);
  }

  ikeSa(sa: StatusIkeSa): void {
    this.#own(sa.local?.address);
    if (this.#hasRoom()) this.#ikeSas.push(sa);
  }

  child(child: StatusChild, section: Section): void {
    if (child.local !== null) this.#own(child.local);
    this.#add(this.#children, child, section);
  }

  stats(stats: DaemonStats): void {
    if (this.#hasRoom()) this.#stats.push(stats);
  }

  /** Takes all that another collector has: what it read comes behind what this one read. */
  absorb(other: HostCollector): void {
    for (const address of other.addresses) this.#own(address);
    this.#files.push(...other.#files);
    this.#eventsLeftOut += other.#eventsLeftOut;
    this.#events = this.#events.concat(other.#events);
    this.#keepNewest();
    this.#entriesLeftOut += other.#entriesLeftOut;
    for (const [dumps, more] of [
      [this.#states, other.#states],
      [this.#policies, other.#policies],
      [this.#children, other.#children],
    ] as const) {
      for (const { section, entries } of more)
        for (const entry of entries) this.#add<unknown>(dumps, entry, section);
    }
    for (const counters of other.#counters) this.counters(counters);
    for (const sa of other.#ikeSas) this.ikeSa(sa);
    for (const stats of other.#stats) this.stats(stats);
  }

  records(name: string): HostRecords {
    return {
      name,
      addresses: this.addresses,
      files: this.#files,
      events: this.#events,
      states: inOrderOfTime(this.#states, compareStates),
      policies: policiesInOrder(this.#policies),
      counters: inOrderOfTime(this.#counters, compareCounters),
      ikeSas: this.#ikeSas,
      children: this.#children,
      stats: this.#stats,
      leftOut: { events: this.#eventsLeftOut, entries: this.#entriesLeftOut },
    };
  }

  #keepNewest(): void {
    if (this.#events.length < MOST_EVENTS * 2) return;
    this.#eventsLeftOut += this.#events.length - MOST_EVENTS;
    this.#events = this.#events.slice(-MOST_EVENTS);
  }

  #hasRoom(): boolean {
    if (this.#entries < MOST_ENTRIES) {
      this.#entries++;
      return true;
    }
    this.#entriesLeftOut++;
    return false;
  }

  #add<Entry>(dumps: Dump<Entry>[], entry: Entry, section: Section): void {
    if (!this.#hasRoom()) return;
    const last = dumps.at(-1);
    if (last?.section === section) last.entries.push(entry);
    else dumps.push({ section, entries: [entry] });
  }

  #own(address: Address | undefined): void {
    if (address === undefined || addressBytes(address) === null || isNobodys(address)) return;
    if (this.addresses.size < 1000) this.addresses.add(address);
  }
}

/** charon lists the addresses of the host alone in their lines, pluto where it listens. */
function isListening({ text }: HostEvent): boolean {
  return text.startsWith("adding UDP interface") || !text.includes(" ");
}

/** pluto refuses a first message and names where it came in: "... message received on 192.0.2.1:500 but no ...". */
function isReceivedHere({ daemon, text }: HostEvent): boolean {
  return daemon === "pluto" && text.includes(" message received on ");
}

/** Every host has these, or none. */
function isNobodys(address: Address): boolean {
  return (
    address === "0.0.0.0" ||
    address === "::" ||
    address === "::1" ||
    address.startsWith("127.") ||
    address.startsWith("fe80:")
  );
}

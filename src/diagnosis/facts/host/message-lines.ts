import type { Address } from "../../../bytes/address.js";
import { grouped } from "../../../bytes/grouped.js";
import { firstAbove, hasBetween } from "../../../bytes/sorted.js";
import type { Micros } from "../../../bytes/time.js";
import type { HostEvent } from "../../../evidence/record.js";
import type { LoggedEvent } from "../../../joint/host.js";
import { type JoinedHost, timeOnCapture } from "../../../joint/joined.js";
import { once } from "../../once.js";
import { explainedLines } from "./joins.js";

/** A line about a message, and its place among the events of the host. */
interface NumberedLine {
  readonly event: HostEvent;
  readonly number: number;
}

/** The lines of a host about messages, by the peer and by the length of the message. */
class MessageLines {
  /** About messages of a peer that were received. */
  readonly #received: ReadonlyMap<Address | undefined, readonly NumberedLine[]>;
  /** About messages from or to a peer. */
  readonly #exchanged: ReadonlyMap<Address | undefined, readonly NumberedLine[]>;
  /** Lengths of received messages. */
  readonly #lengths: ReadonlySet<number>;
  /** Times of received messages that no frame from there shows, by their length, ascending. */
  readonly #unexplained: ReadonlyMap<number, readonly Micros[]>;

  constructor(host: JoinedHost) {
    const all = host.records.events.map((entry, number) => ({ entry, event: entry.event, number }));
    const exchanged = all.filter(({ event: { message } }) => message !== null);
    const received = exchanged.filter(
      ({ event: { message, source } }) => message?.out === false && !host.unused.has(source.file),
    );
    this.#exchanged = grouped(
      exchanged,
      ({ event: { message } }) => message?.[message.out ? "to" : "from"]?.address,
    );
    this.#received = grouped(received, ({ event: { message } }) => message?.from?.address);
    this.#lengths = new Set(received.map(({ event }) => lengthOf(event)));
    this.#unexplained = unexplainedTimes(host, received);
  }

  /** Lines about messages that were received from a peer, in order. */
  receivedFrom(peer: Address): readonly NumberedLine[] {
    return this.#received.get(peer) ?? [];
  }

  /** Whether a message of one of these lengths was received at all. */
  hasLength(lengths: ReadonlySet<number>): boolean {
    return [...lengths].some((length) => this.#lengths.has(length));
  }

  /** Whether a line about a message of that length, from where no frame comes, lies between two times. */
  hasUnexplained(length: number, after: Micros, before: Micros): boolean {
    return hasBetween(this.#unexplained.get(length) ?? [], after, before);
  }

  /** The next line of the same log about a message from or to that peer. */
  nextWith(peer: Address, { event, number }: NumberedLine): HostEvent | null {
    const lines = this.#exchanged.get(peer) ?? [];
    const next = lines[firstAbove(lines, number, (line) => line.number)];
    return next?.event.source.file === event.source.file ? next.event : null;
  }
}

export const messageLines = once((host: JoinedHost) => new MessageLines(host));

function unexplainedTimes(
  host: JoinedHost,
  received: readonly (NumberedLine & { readonly entry: LoggedEvent })[],
): ReadonlyMap<number, readonly Micros[]> {
  const explained = explainedLines(host);
  const times = received.flatMap(({ entry, event }) => {
    const time = explained.has(entry) ? null : timeOnCapture(host, event);
    return time === null ? [] : [{ time, length: lengthOf(event) }];
  });
  times.sort((a, b) => a.time - b.time);
  const byLength = grouped(times, ({ length }) => length);
  return new Map([...byLength].map(([length, own]) => [length, own.map(({ time }) => time)] as const));
}

/** Bytes of the message; -1 where the line does not say. */
function lengthOf({ message }: HostEvent): number {
  return message?.length ?? -1;
}

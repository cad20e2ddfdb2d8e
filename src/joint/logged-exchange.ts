import type { Address } from "../bytes/address.js";
import type { HostEvent } from "../evidence/record.js";
import type { LoggedEvent } from "./host.js";
import type { HostClock } from "./host-clock.js";
import type { WireMessage } from "./wire.js";

/** A message that a log has, and the frame that shows it; null where the capture has none. */
interface LoggedMessage {
  readonly event: HostEvent;
  readonly frame: WireMessage | null;
}

/** The messages around a line of a log: the one that was read or sent before it, and the answer that follows it. */
export interface LoggedExchange {
  readonly before: LoggedMessage | null;
  readonly after: LoggedMessage | null;
}

/** Lines further behind a message are of another job of the same thread. */
const LINES_OF_JOB = 1000;

/**
 * The exchange of each line that tells of no message itself. A thread of charon works on one message at a time, and writes what it
 * finds between the line that it was received and the line that the answer was sent; pluto has one thread.
 */
export function loggedExchanges(
  events: readonly LoggedEvent[],
  clocks: Iterable<HostClock>,
): ReadonlyMap<HostEvent, LoggedExchange> {
  const frames = new Map(
    [...clocks].flatMap(({ joins }) => joins).map(({ entry, frame }) => [entry.event, frame]),
  );
  const last = new Map<string, LoggedMessage>();
  const open = new Map<string, { readonly event: HostEvent; readonly before: LoggedMessage | null }[]>();
  const exchanges = new Map<HostEvent, LoggedExchange>();
  for (const { event } of events) {
    const key = `${event.thread ?? ""} ${event.source.file}`;
    if (event.message === null) {
      const known = last.get(key) ?? null;
      const before = known !== null && areNear(known.event, event) ? known : null;
      exchanges.set(event, { before, after: null });
      const waiting = open.get(key);
      if (waiting === undefined) open.set(key, [{ event, before }]);
      else waiting.push({ event, before });
      continue;
    }
    const message = { event, frame: frames.get(event) ?? null };
    for (const { event: earlier, before } of open.get(key) ?? []) {
      if (event.message.out && areNear(earlier, event)) exchanges.set(earlier, { before, after: message });
    }
    open.delete(key);
    last.set(key, message);
  }
  return exchanges;
}

function areNear(earlier: HostEvent, later: HostEvent): boolean {
  return later.source.line - earlier.source.line <= LINES_OF_JOB;
}

/** The other end of the messages around a line; null where there are none. */
export function peerOfExchange({ before, after }: LoggedExchange): Address | null {
  const message = (before ?? after)?.event.message ?? null;
  return (message?.out === true ? message.to : message?.from)?.address ?? null;
}

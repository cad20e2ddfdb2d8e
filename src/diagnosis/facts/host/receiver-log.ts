import type { Address } from "../../../bytes/address.js";
import type { Micros } from "../../../bytes/time.js";
import type { HostEvent } from "../../../evidence/record.js";
import { type HostLine, hostLine, type JoinedHost, timeOnCapture } from "../../../joint/joined.js";
import type { LoggedEvent } from "../../../joint/host.js";
import type { TunnelContext } from "../../context.js";
import { packetCoverage } from "./log-and-wire.js";
import { hostAt } from "./events.js";

/** How far a line may be from its frame, microseconds: the stamp of a second before, a daemon that hangs behind. */
const EARLY_US: Micros = 2e6;
const LATE_US: Micros = 8e6;
/** A daemon sends an answer, or repeats it, within this time of the request. */
const AT_ONCE_US: Micros = 2e6;
/** Compared with each other. */
const MOST_ALIKE = 64;
const MOST_LINES = 2;

/** The messages to a receiver that its log shows. */
export type ReceiverLog =
  | {
      readonly kind: "received";
      readonly host: string;
      readonly lines: readonly HostLine[];
      /** How many of them it sent something back to at once, other than a request. */
      readonly answers: number;
    }
  | { readonly kind: "nothing"; readonly host: string };

/** Attempts of one message, as they are sent to a host. */
export interface Attempts {
  readonly sender: Address;
  readonly receiver: Address;
  readonly times: readonly Micros[];
}

/**
 * Whether a message that one end sent came to the daemon of the other one, by its log. Null where no log says it: none covers all
 * attempts and tells of packets, or its clock is not known and it has others of that sender.
 */
export function receiverLog(context: TunnelContext, attempts: Attempts): ReceiverLog | null {
  const { sender, receiver, times } = attempts;
  const host = hostAt(context, receiver);
  if (host === undefined) return null;
  const lengths = new Set(
    host.frames.flatMap(({ from, time, length }) =>
      from.address === sender && times.includes(time) ? [length] : [],
    ),
  );
  const received = host.records.events.filter(
    ({ event: { message, source } }) =>
      message?.out === false &&
      !host.unused.has(source.file) &&
      (message.from?.address === sender || lengths.has(message.length ?? -1)),
  );
  const alike = received.filter(({ event }) => lengths.has(event.message?.length ?? -1)).slice(0, MOST_ALIKE);
  const near = alike.filter(({ event }) => isNear(host, event, times));
  const own = near.filter(({ event }) => event.message?.from?.address === sender);
  if (own.length > 0) {
    const sent = own.flatMap((one) => answerTo(host, one, sender) ?? []);
    const cited = [...own.map(({ event }) => event).slice(0, MOST_LINES), ...sent.slice(0, MOST_LINES)];
    const lines = cited
      .toSorted((a, b) => a.source.line - b.source.line)
      .map((event) => hostLine(host, event));
    return { kind: "received", host: host.records.name, lines, answers: sent.length };
  }
  // Behind a NAT device the sender has another address there.
  if (near.length > 0) return null;
  const covered = packetCoverage({ host });
  const { by } = host.clock;
  if (covered === null || (by !== "messages" && by !== "assumed")) return null;
  if (times.some((time) => time < covered.from || time > covered.to - LATE_US)) return null;
  // Without a known clock a line of another time may be about one of them.
  return by === "assumed" && received.length > 0 ? null : { kind: "nothing", host: host.records.name };
}

/** Whether a line is about one of the attempts. */
function isNear(host: JoinedHost, event: HostEvent, times: readonly Micros[]): boolean {
  const at = timeOnCapture(host, event);
  return at !== null && times.some((time) => at > time - EARLY_US && at < time + LATE_US);
}

/** The first message to that peer behind a received one, before the next that is received, if it is no request and comes at once. */
function answerTo(host: JoinedHost, received: LoggedEvent, peer: Address): HostEvent | null {
  const { source, stamp } = received.event;
  const { events } = host.records;
  for (let at = events.indexOf(received) + 1; at < events.length; at++) {
    const event = events[at]?.event;
    if (event === undefined || event.source.file !== source.file) return null;
    const { message } = event;
    if (message === null || (message.out ? message.to : message.from)?.address !== peer) continue;
    if (!message.out || message.response === false || stamp === null || event.stamp === null) return null;
    return event.stamp.time - stamp.time > AT_ONCE_US + event.stamp.step ? null : event;
  }
  return null;
}

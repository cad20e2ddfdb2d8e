import type { Address } from "../../bytes/address.js";
import type { Micros } from "../../bytes/time.js";
import { captureTime } from "../../joint/clock.js";
import type { LoggedEvent } from "../../joint/host.js";
import { clockOfFile, type HostLine, hostLine, type JoinedHost } from "../../joint/joined.js";
import type { TunnelContext } from "../context.js";
import { hostsOf, packetCoverage } from "./host.js";

/** How far a line may be from its frame, microseconds: the stamp of a second before, a daemon that hangs behind. */
const EARLY_US: Micros = 2e6;
const LATE_US: Micros = 8e6;
/** Attempts that make a series, and how much its gaps may differ: stamps of whole seconds. */
const LEAST_SERIES = 2;
const APART_US: Micros = 1.2e6;
/** Compared with each other. */
const MOST_ALIKE = 64;
const MOST_LINES = 2;

/** The messages to a receiver that its log shows. */
export type ReceiverLog =
  | { readonly kind: "received"; readonly host: string; readonly lines: readonly HostLine[] }
  | { readonly kind: "nothing"; readonly host: string };

interface Candidate {
  readonly host: JoinedHost;
  readonly alike: readonly LoggedEvent[];
  readonly file: string;
  readonly stamp: Micros | undefined;
  readonly times: readonly Micros[];
}

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
  const host = hostsOf(context).find(({ records }) => records.addresses.has(receiver));
  if (host === undefined) return null;
  const lengths = new Set(
    host.frames.flatMap(({ from, time, length }) =>
      from.address === sender && times.includes(time) ? [length] : [],
    ),
  );
  const received = host.records.events.filter(
    ({ event: { message } }) =>
      message?.out === false && (message.from?.address === sender || lengths.has(message.length ?? -1)),
  );
  const alike = received.filter(({ event }) => lengths.has(event.message?.length ?? -1)).slice(0, MOST_ALIKE);
  const near = alike.filter(({ event }) =>
    isNear({ host, alike, file: event.source.file, stamp: event.stamp?.time, times }),
  );
  const own = near.filter(({ event }) => event.message?.from?.address === sender);
  if (own.length > 0) {
    const lines = own.slice(0, MOST_LINES).map(({ event }) => hostLine(host, event));
    return { kind: "received", host: host.records.name, lines };
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

/**
 * Whether a line is about one of the attempts. Where the clocks could not be compared, it must be one of a series that is as far
 * apart as they are: a log that only receives ties no clock.
 */
function isNear({ host, alike, file, stamp, times }: Candidate): boolean {
  if (stamp === undefined) return true;
  const at = captureTime(clockOfFile(host, file), stamp);
  if (at !== null) return times.some((time) => at > time - EARLY_US && at < time + LATE_US);
  const [first] = times;
  if (first === undefined || times.length < LEAST_SERIES) return false;
  const stamps = alike.flatMap(({ event }) => event.stamp?.time ?? []);
  return stamps.some((begin) =>
    times.every((time) => stamps.some((other) => Math.abs(other - begin - (time - first)) <= APART_US)),
  );
}

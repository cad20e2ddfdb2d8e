import type { Address } from "../bytes/address.js";
import type { Micros } from "../bytes/time.js";
import type { HostEvent, Source } from "../evidence/record.js";
import type { KeptTunnel } from "../session/model.js";
import { captureTime, clockOf, type HostClock } from "./clock.js";
import type { HostRecords } from "./host.js";
import { type WireMessage, wireMessages } from "./wire.js";

/** A host beside the capture. */
export interface JoinedHost {
  readonly records: HostRecords;
  readonly clock: HostClock;
  /** Why its log is not used, a sentence; null where it is. */
  readonly foreign: string | null;
  /** IKE messages of the capture that its log should know. */
  readonly frames: readonly WireMessage[];
}

/** A line of a host as a finding cites it. */
export interface HostLine {
  readonly source: Source;
  /** By the capture's clock; null where that is not known. */
  readonly time: Micros | null;
  readonly text: string;
}

/** Joins what is known of hosts with a capture. Without tunnels there is nothing to join, and no clock. */
export function joinHosts(hosts: readonly HostRecords[], tunnels: readonly KeptTunnel[]): JoinedHost[] {
  const all = wireMessages(tunnels);
  return hosts.map((records) => {
    const frames = all.filter(({ from, to }) => isOf(records, from.address) || isOf(records, to.address));
    const clock = clockOf(records.events, frames.length > 0 ? frames : all);
    return { records, clock, foreign: foreignText(records, clock, frames, all), frames };
  });
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
): string | null {
  const messages = events.filter(({ event }) => event.message !== null).length;
  if (all.length === 0 || messages === 0) return null;
  if (frames.length === 0 && clock.joins.length === 0) {
    const named = [...addresses].slice(0, 3).join(", ");
    return `none of its addresses (${named}) is in the capture, and none of its ${messages} messages`;
  }
  if (clock.by === "order") return null;
  const tried = clock.joins.length + clock.lonely.length;
  if (clock.by === "none") {
    return messages < 3
      ? null
      : `no difference between the clocks brings more than one of its ${messages} messages together with a frame`;
  }
  const mine = clock.lonely.filter(({ event }) => event.message?.out === false).length;
  // Messages that the host sent and that never came to the wire are a fault, not a sign of another log.
  return clock.joins.length / Math.max(1, clock.joins.length + mine) < LEAST_SHARE ||
    (tried >= 4 && clock.joins.length === 1)
    ? `of ${tried} messages in the time of the capture ${clock.joins.length} are in it`
    : null;
}

/** A line for a finding. */
export function hostLine({ clock }: JoinedHost, event: HostEvent): HostLine {
  const { stamp, source, text } = event;
  return { source, text, time: stamp === null ? null : captureTime(clock, stamp.time) };
}

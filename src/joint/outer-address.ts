import type { Address } from "../bytes/address.js";
import type { Endpoint } from "../session/model.js";
import type { HostRecords } from "./host.js";
import type { HostClock, Join } from "./host-clock.js";

/** Messages that log and capture have in common: fewer may be those of another host, for the address does not tell it. */
const LEAST_JOINS = 3;

/** Address and ports that a NAT device gives a host. */
export interface OuterEnd {
  readonly address: Address;
  /** Other ports of that address are those of other hosts. */
  readonly ports: ReadonlySet<number>;
}

/**
 * The end that a host has in the capture though its own log has none of `ends`: that of the NAT device before it (RFC 3947), which
 * sends the messages of its log to the peer that the log names. Null where the host has an address of its own in the capture, or where
 * the messages are too few or of several such addresses.
 */
export function outerEnd(
  { addresses }: HostRecords,
  clocks: Iterable<HostClock>,
  ends: ReadonlySet<Address>,
): OuterEnd | null {
  if (addresses.size === 0 || [...addresses].some((own) => ends.has(own))) return null;
  const joins = [...clocks].flatMap((clock) => clock.joins).filter(isWithNamedPeer);
  const outer = joins.map(ownEnd);
  const [address, ...others] = new Set(outer.map((end) => end.address));
  if (address === undefined || others.length > 0 || joins.length < LEAST_JOINS) return null;
  return { address, ports: new Set(outer.map(({ port }) => port)) };
}

/** The other end of the frame is the peer of the line. */
function isWithNamedPeer({ entry, frame }: Join): boolean {
  const { message } = entry.event;
  const [named, seen] = message?.out === true ? [message.to, frame.to] : [message?.from, frame.from];
  return named?.address === seen.address;
}

function ownEnd({ entry, frame }: Join): Endpoint {
  return entry.event.message?.out === true ? frame.from : frame.to;
}

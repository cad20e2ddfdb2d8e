import type { Address } from "../../../bytes/address.js";
import type { Micros } from "../../../bytes/time.js";
import type { EspStream } from "../../../esp/stream.js";
import type { HostEvent } from "../../../evidence/record.js";
import { type JoinedHost, timeOnCapture } from "../../../joint/joined.js";
import type { IkeSa } from "../../../session/model.js";
import type { TunnelContext } from "../../context.js";
import { once } from "../../once.js";
import { IN_FLIGHT_US } from "../esp/one-direction.js";
import { packetsAfter } from "../esp/esp-directions.js";
import { LEAST_STALE_PACKETS } from "../esp/stale-spi.js";
import { type DaemonStart, isBehindStart, processAt } from "./daemon-starts.js";
import { hostAt } from "./events.js";
import { joinsOf } from "./joins.js";
import { packetCoverage } from "./log-and-wire.js";

/** The process of a daemon that does not have an IKE SA or Child SA, for another process before it made that. */
export interface Restart {
  readonly host: JoinedHost;
  readonly start: DaemonStart;
}

/**
 * The restart at `address`, by its log, for which its daemon cannot answer on an IKE SA what it is asked from `from` to `to`; null
 * where no log tells of one, and where the process before was still there when it was asked.
 */
export function restartOver(
  context: TunnelContext,
  address: Address,
  sa: IkeSa,
  { from, to }: { readonly from: Micros; readonly to: Micros },
): Restart | null {
  const host = hostAt(context, address);
  const start = host === undefined ? null : processAt(host, to);
  if (host === undefined || start === null || !isOlder(context, host, sa, start)) return null;
  const wasAlive = from < start.at && start.before !== null && start.before.at > from;
  return wasAlive ? null : { host, start };
}

/** Whether the process that the host has at `time` knows the IKE SA: it is younger, or a line behind the last start is about a message of it. */
export function mayKnow(context: TunnelContext, host: JoinedHost, sa: IkeSa, time: Micros): boolean {
  const start = processAt(host, time);
  if (isNamedBehind(host, context, sa, start)) return true;
  if (start !== null) return sa.startSeen && sa.firstTime > start.at;
  // The setup itself comes to any process; of what was set up before the capture the log has to tell.
  const setup = context.setups.find((one) => one.sa.id === sa.id);
  return sa.startSeen || (setup?.progress.authentication.length ?? 0) > 0;
}

/** A line of that process is about a message of the IKE SA. */
function isNamedBehind(
  host: JoinedHost,
  { tunnel }: TunnelContext,
  sa: IkeSa,
  start: DaemonStart | null,
): boolean {
  return [...host.clocks.values()].some((clock) =>
    joinsOf(clock, tunnel.id).some(
      ({ entry, frame }) => frame.ikeSa === sa.id && isBehindStart(entry.event, start),
    ),
  );
}

function isOlder(context: TunnelContext, host: JoinedHost, sa: IkeSa, start: DaemonStart): boolean {
  if (isNamedBehind(host, context, sa, start)) return false;
  if (sa.firstTime < start.at) return true;
  // Set up before the capture: the log goes on from the start to the first message, and tells of no IKE SA that came up.
  const covered = sa.startSeen ? null : packetCoverage({ host });
  return (
    covered !== null &&
    covered.from <= sa.firstTime &&
    covered.to > sa.firstTime &&
    firstUpBehind(host)(start) > sa.firstTime
  );
}

/** When the process of a start tells first of an IKE SA that is up: -Infinity where a line has no time, Infinity where there is none. */
const firstUpBehind = once((host: JoinedHost) => {
  const ups = host.records.events.filter(({ event }) => event.kind === "ike-up");
  return once((start: DaemonStart): Micros => {
    const own = ups.filter(({ event }) => isBehindStart(event, start));
    return own.reduce(
      (first, { event }) => Math.min(first, timeOnCapture(host, event) ?? -Infinity),
      Infinity,
    );
  });
});

/** ESP to a host whose daemon was restarted, in an SPI of the process before, and nothing of that host comes back since. */
export interface ForgottenEsp extends Restart {
  readonly stream: EspStream;
}

/** The stream of the tunnel to `address` that a restart there has made nobody's; null where none is known to be. */
export function forgottenEsp(context: TunnelContext, address: Address): ForgottenEsp | null {
  const host = hostAt(context, address);
  if (host === undefined) return null;
  const { streams } = context.tunnel;
  for (const stream of streams) {
    if (!host.records.addresses.has(stream.destination)) continue;
    const start = processAt(host, stream.lastTime);
    if (start === null || !isSpiOlder(host, stream, start)) continue;
    if (packetsAfter(stream, start.at) < LEAST_STALE_PACKETS) continue;
    // A host whose kernel kept the states goes on to send in those of that time.
    const goesOn = streams.some(
      (other) =>
        host.records.addresses.has(other.source) &&
        other.lastTime > start.at + IN_FLIGHT_US &&
        isSpiOlder(host, other, start),
    );
    if (!goesOn) return { host, start, stream };
  }
  return null;
}

function isSpiOlder(host: JoinedHost, { spi, firstTime }: EspStream, start: DaemonStart): boolean {
  const named = eventsBySpi(host).get(spi) ?? [];
  if (named.some((event) => isBehindStart(event, start))) return false;
  return firstTime < start.at || named.some(({ source }) => source.file === start.event.source.file);
}

/** The lines that name an SPI of ESP. */
const eventsBySpi = once((host: JoinedHost): ReadonlyMap<number, readonly HostEvent[]> => {
  const found = new Map<number, HostEvent[]>();
  for (const { event } of host.records.events) {
    for (const spi of new Set([event.spiIn, event.spiOut])) {
      if (spi === null) continue;
      const known = found.get(spi);
      if (known === undefined) found.set(spi, [event]);
      else known.push(event);
    }
  }
  return found;
});

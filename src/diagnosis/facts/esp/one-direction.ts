import type { Micros } from "../../../bytes/time.js";
import type { EspStream } from "../../../esp/stream.js";
import { childSaCreations } from "../../../session/esp/child-sa-creations.js";
import { distinctPackets } from "../../../session/esp/esp-sas.js";
import type { IkeSa, Tunnel } from "../../../session/model.js";
import { canonicalAddress } from "../../../session/model/queries.js";
import type { TunnelContext } from "../../context.js";
import type { Evidence } from "../../finding.js";
import { withAllClients } from "../nat/all-clients.js";
import { canonicalOf, lastOf } from "../sides.js";
import { say } from "../../../texts/message.js";

/** Within this time a sniffer that saw the silent side still sees it. */
const NEAR: Micros = 300_000_000;

export interface Direction {
  readonly source: string;
  readonly destination: string;
  /** Without copies. */
  readonly packets: number;
  readonly firstTime: number;
  readonly lastTime: number;
  readonly first: EspStream;
  readonly last: EspStream;
}

/** Packets of the Child SA before still come for so long when a new one is made, microseconds. */
export const IN_FLIGHT_US: Micros = 1_000_000;

/**
 * The one direction that has packets since the last CREATE_CHILD_SA that made a Child SA of them, where the SAs before are not used
 * any more; null where both have, or none.
 */
export function sinceRekey(tunnel: Tunnel): Direction | null {
  const born = childSaCreations(tunnel.ikeSas).findLast(({ by }) => by === "CREATE_CHILD_SA");
  if (born === undefined) return null;
  const streams = tunnel.streams.filter(({ firstTime }) => firstTime >= born.time);
  const isLeft = tunnel.streams.every(
    (one) => streams.includes(one) || one.lastTime < born.time + IN_FLIGHT_US,
  );
  const [only, ...more] = byDirection({ ...tunnel, streams });
  return only !== undefined && more.length === 0 && isLeft ? only : null;
}

/**
 * Directions by the addresses of the tunnel itself, which a peer that moved keeps; the second view of a capture on a NAT device is left
 * out.
 */
export function byDirection({ streams: all, aliases }: Pick<Tunnel, "streams" | "aliases">): Direction[] {
  const views = new Set(aliases.filter(({ kind }) => kind === "nat-view").map(({ address }) => address));
  const own = all.filter(({ source, destination }) => !views.has(source) && !views.has(destination));
  const streams = own.length > 0 ? own : all;
  const directions = new Map<string, Direction>();
  for (const stream of streams) {
    const source = canonicalAddress(aliases, stream.source);
    const destination = canonicalAddress(aliases, stream.destination);
    const known = directions.get(source);
    directions.set(source, {
      source,
      destination,
      packets: (known?.packets ?? 0) + distinctPackets(stream),
      firstTime: Math.min(known?.firstTime ?? Infinity, stream.firstTime),
      lastTime: Math.max(known?.lastTime ?? -Infinity, stream.lastTime),
      first: known !== undefined && known.first.firstTime <= stream.firstTime ? known.first : stream,
      last: known !== undefined && known.last.lastTime >= stream.lastTime ? known.last : stream,
    });
  }
  return [...directions.values()];
}

/** An IKE message of the silent side, not long before or after, proves that its packets pass the sniffer. */
export function ikeFromSilentSide(context: TunnelContext, direction: Direction): Evidence | null {
  const { setups } = context;
  const { destination, firstTime, lastTime } = direction;
  const [from, to] = [firstTime - NEAR, lastTime + NEAR];
  for (const { sa } of setups) {
    const isCounted = isAnsweredIn(sa, from, to);
    for (const { request, response } of sa.exchanges) {
      for (const sighting of [...(response?.sightings ?? []), ...(request?.sightings ?? [])]) {
        const { time } = sighting;
        if (canonicalOf(context.tunnel, sighting.source.address) !== destination) continue;
        if (!isCounted && (time < from || time > to)) continue;
        return {
          frame: sighting.frames[0] ?? 0,
          time,
          nanos: sighting.nanos,
          text: say`an IKE message of ${destination} is seen here`,
        };
      }
    }
  }
  return espToAnother(context, direction);
}

/** ESP of the silent side to another client behind the same address: it comes the way that the answers would come. */
function espToAnother(context: TunnelContext, { source, destination, firstTime, lastTime }: Direction) {
  if (source !== context.tunnel.client?.address) return null;
  const stream = withAllClients(context).tunnel.streams.find(
    (other) => other.source === destination && other.firstTime <= lastTime && other.lastTime >= firstTime,
  );
  return stream === undefined
    ? null
    : lastOf(stream, say`ESP of ${destination} to another client behind ${source} is seen here`);
}

/** Liveness checks of which no one is kept were answered at that time. */
function isAnsweredIn({ unkeptChecks, unkeptSpan }: IkeSa, from: Micros, to: Micros): boolean {
  if (unkeptChecks === 0 || unkeptSpan === null) return false;
  const { pause } = unkeptSpan;
  const isPaused = pause !== null && pause.from.time < from && pause.to.time > to;
  return !isPaused && unkeptSpan.from.time <= to && unkeptSpan.to.time >= from;
}

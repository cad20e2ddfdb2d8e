import { sightingsOf } from "../../../session/sightings.js";
import type { Address } from "../../../bytes/address.js";
import type { Micros } from "../../../bytes/time.js";
import type { EspStream } from "../../../esp/stream.js";
import { IKE_PORT, NAT_T_PORT } from "../../../ike/ports.js";
import { IP_PROTOCOL } from "../../../ike/registries/traffic-selectors.js";
import type { IcmpAnswer, Tunnel } from "../../../session/model.js";
import type { TunnelContext } from "../../context.js";
import { onceInTurn } from "../../once.js";
import { tunnelsAtPlaces } from "../../places/view.js";
import { canonicalOf } from "../sides.js";
import { type LeftAddress, leftAddress } from "./left-address.js";

/** Addresses that the peer's ESP left, with all that was captured or at one of several places. */
const leftAddresses = onceInTurn((context: TunnelContext): readonly LeftAddress[] =>
  [context.tunnel, ...tunnelsAtPlaces(context)].map(leftAddress).filter((left) => left !== null),
);

/**
 * Whether an ICMP error is about an address, or a port that a NAT device had given, which the peer no longer uses: it goes on from another
 * one since. That its mapping is gone, or its old address, says nothing of the daemon.
 */
export function isOfLeftMapping(context: TunnelContext, answer: IcmpAnswer): boolean {
  const { protocol, destination, destinationPort: port } = answer.error.quoted;
  const isLeft = leftAddresses(context).some(
    ({ before }) => before.source === destination && answer.time > before.lastTime,
  );
  if (isLeft || protocol !== IP_PROTOCOL.UDP || port === null) return isLeft;
  // A router that does not reach the address any more says something of the way to it, too.
  const moved = answer.source === destination ? movedAwayAt(context, destination, port) : null;
  if (moved !== null && moved > lastFrom(context, destination, port)) return true;
  return (
    port !== IKE_PORT && port !== NAT_T_PORT && usesOtherPortAfter(context, destination, port, answer.time)
  );
}

/**
 * The peer behind that address sends from another port after `time`: in the same IKE SA or with the same SPI, or from a port that was not
 * heard before the last packet from the refused one. A port that was heard before is that of another client behind the same NAT device.
 */
function usesOtherPortAfter(context: TunnelContext, address: Address, port: number, time: Micros): boolean {
  const { setups, tunnel } = context;
  const own = tunnel.streams.filter((stream) => isFrom(stream, address, port));
  const heard = new Map<number, Heard>();
  const hear = (other: number, first: Micros, last: Micros, isSame: boolean): void => {
    const before = heard.get(other) ?? { first, last, isSame: false };
    heard.set(other, {
      first: Math.min(before.first, first),
      last: Math.max(before.last, last),
      isSame: before.isSame || isSame,
    });
  };
  for (const stream of tunnel.streams) {
    const { encapsulation, source, sourcePort, firstTime, lastTime } = stream;
    if (encapsulation !== "udp" || source !== address || sourcePort === port) continue;
    hear(
      sourcePort,
      firstTime,
      lastTime,
      own.some((before) => goesOnFrom(before, stream)),
    );
  }
  for (const { sa } of setups) {
    const sent = sightingsOf(sa).filter(({ source }) => source.address === address);
    const isSame = sent.some(({ source }) => source.port === port);
    for (const { source, time: at } of sent) {
      if (source.port !== port) hear(source.port, at, at, isSame);
    }
  }
  const left = lastFrom(context, address, port);
  return [...heard.values()].some(({ first, last, isSame }) => last > time && (isSame || first > left));
}

/** When another port of the same address was heard, and whether in an IKE SA or with an SPI of the port in question. */
interface Heard {
  readonly first: Micros;
  readonly last: Micros;
  readonly isSame: boolean;
}

/**
 * When the peer that used that address and port was last seen to send on the same SPI, or in the same IKE SA, from another one;
 * null where it was not.
 */
function movedAwayAt({ setups, tunnel }: TunnelContext, address: Address, port: number): Micros | null {
  const isAway = (source: Address, sourcePort: number): boolean =>
    (source !== address || sourcePort !== port) &&
    canonicalOf(tunnel, source) === canonicalOf(tunnel, address);
  const own = tunnel.streams.filter((stream) => isFrom(stream, address, port));
  const byEsp = tunnel.streams.flatMap((stream) =>
    isAway(stream.source, stream.sourcePort) && own.some((before) => goesOnFrom(before, stream))
      ? [stream.lastTime]
      : [],
  );
  const byIke = setups.flatMap(({ sa }) => {
    const sent = sightingsOf(sa).filter(
      ({ destination }) => canonicalOf(tunnel, destination.address) !== canonicalOf(tunnel, address),
    );
    if (!sent.some(({ source }) => source.address === address && source.port === port)) return [];
    return sent.flatMap(({ source, time }) =>
      source.address !== address && isAway(source.address, source.port) ? [time] : [],
    );
  });
  const times = [...byEsp, ...byIke];
  return times.length === 0 ? null : Math.max(...times);
}

/** The numbers of one SPI go on from another address or port. Of one packet that is seen on both sides of a NAT device they are the same. */
function goesOnFrom(before: EspStream, after: EspStream): boolean {
  return (
    after.encapsulation === "udp" &&
    after.spi === before.spi &&
    after.destination === before.destination &&
    after.lastSequence > before.lastSequence
  );
}

/** The last packet from that address and port. */
function lastFrom({ setups, tunnel }: TunnelContext, address: Address, port: number): Micros {
  const ends = tunnel.streams.flatMap((stream) => (isFrom(stream, address, port) ? [stream.lastTime] : []));
  const messages = setups.flatMap(({ sa }) =>
    sightingsOf(sa).flatMap(({ source, time }) =>
      source.address === address && source.port === port ? [time] : [],
    ),
  );
  return Math.max(-Infinity, ...ends, ...messages);
}

function isFrom(
  { encapsulation, source, sourcePort }: Tunnel["streams"][number],
  address: Address,
  port: number,
): boolean {
  return encapsulation === "udp" && source === address && sourcePort === port;
}

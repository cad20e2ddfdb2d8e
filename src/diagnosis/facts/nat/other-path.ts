import type { Address } from "../../../bytes/address.js";
import type { Micros } from "../../../bytes/time.js";
import type { IcmpAnswer } from "../../../session/model.js";
import { sightingsOf } from "../../../session/sightings.js";
import { isOnlyTried } from "../../../session/tried-address.js";
import type { TunnelContext } from "../../context.js";
import { canonicalOf } from "../sides.js";
import { isRepeatedUnheard } from "../silence/unheard-side.js";

/** A host that loses its address asks from another one within moments; routers tell of the old one meanwhile. */
const MOVING_US: Micros = 5_000_000;

/**
 * Whether an ICMP error is about a path that the IKE SA does not need (MOBIKE, RFC 4555 3.5): an address at which the peer was only tried,
 * or one that it has left for another.
 */
export function isOfOtherPath(context: TunnelContext, answer: IcmpAnswer): boolean {
  const { tunnel, setups } = context;
  const ikeSas = setups.map(({ sa }) => sa);
  const { destination } = answer.error.quoted;
  return (
    isOnlyTried(tunnel, ikeSas, destination) ||
    isOneOfSeveral(context, destination) ||
    isLeftFor(context, answer)
  );
}

/**
 * One request goes to that address and to others, so often that the others' silence is told, and nothing else tells that the tunnel uses
 * the refused one.
 */
function isOneOfSeveral(context: TunnelContext, address: Address): boolean {
  const { setups } = context;
  const { streams } = context.tunnel;
  if (streams.some(({ source, destination }) => source === address || destination === address)) return false;
  if (setups.some(({ sa }) => sightingsOf(sa).some(({ source }) => source.address === address))) return false;
  return setups.some((setup) =>
    setup.progress.later.some((exchange) => {
      const to = new Set(exchange.request?.sightings.map(({ destination }) => destination.address));
      return to.size > 1 && to.has(address) && isRepeatedUnheard(context, setup, exchange);
    }),
  );
}

/** An IKE SA of the peer at the refused address goes on from another one, and nothing more comes from the refused one. */
function isLeftFor({ tunnel, setups }: TunnelContext, { time, error }: IcmpAnswer): boolean {
  const { destination: left } = error.quoted;
  const peer = canonicalOf(tunnel, left);
  const others = tunnel.aliases
    .filter(({ standsFor, kind }) => standsFor === peer && kind === "moved")
    .map(({ address }) => address);
  if (others.length === 0) return false;
  const lastByEsp = tunnel.streams.map(({ source, lastTime }) => (source === left ? lastTime : -Infinity));
  return setups.some(({ sa }) => {
    const sent = sightingsOf(sa);
    const lastByIke = sent.map((sighting) => (sighting.source.address === left ? sighting.time : -Infinity));
    const gone = Math.max(...lastByIke, ...lastByEsp);
    const anew = sent.find(
      ({ source, time: at }) =>
        at > gone && source.address !== left && [peer, ...others].includes(source.address),
    );
    return Math.max(...lastByIke) > -Infinity && anew !== undefined && anew.time <= time + MOVING_US;
  });
}

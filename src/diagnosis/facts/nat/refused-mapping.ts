import { sightingsOf } from "../../../session/sightings.js";
import type { Address } from "../../../bytes/address.js";
import type { Micros } from "../../../bytes/time.js";
import { IKE_PORT, NAT_T_PORT } from "../../../ike/ports.js";
import { IP_PROTOCOL } from "../../../ike/registries/traffic-selectors.js";
import type { IcmpAnswer } from "../../../session/model.js";
import { hopsOf } from "../../../session/traces.js";
import type { TunnelContext } from "../../context.js";
import type { Evidence } from "../../finding.js";
import { onceInTurn } from "../../once.js";
import { lastOf, provenNat } from "../sides.js";
import { say } from "../../../texts/message.js";

/** While its side sends, no NAT device forgets a mapping: a port that is refused sooner was left for another reason. */
const SHORTEST_PAUSE: Micros = 5_000_000;

/** The port that a NAT device had given to a peer, refused by the NAT device's address after a pause of that peer. */
export interface RefusedMapping {
  /** Address of the NAT device, and the port that it had given. */
  readonly outside: Address;
  readonly port: number;
  /** The peer that sent to that port. */
  readonly sender: Address;
  readonly refusals: readonly IcmpAnswer[];
  readonly first: IcmpAnswer;
  /** From the peer's last packet to the first one that was refused. */
  readonly pause: Micros;
  readonly lastPacket: Evidence;
}

/**
 * ICMP port unreachable from the address of a peer behind NAT, about a port other than 500 and 4500 from which its packets came
 * before. A daemon has no such port: it was a mapping, and while the peer was silent it ended. Null where there is none, where the
 * peer sent just before, or sends again since.
 */
export const refusedMapping = onceInTurn((context: TunnelContext): RefusedMapping | null => {
  const refusals = context.tunnel.icmp.filter(isOfGivenPort);
  const last = refusals.at(-1);
  if (last === undefined || provenNat(context) === null) return null;
  const { destination: outside, destinationPort: port, source: sender } = last.error.quoted;
  if (port === null) return null;
  const same = refusals.filter(
    ({ error: { quoted } }) => quoted.destination === outside && quoted.destinationPort === port,
  );
  const first = same[0] ?? last;
  const lastPacket = lastPacketFrom(context, outside, port);
  if (lastPacket === null || isAsFarAsPeer(context, first, port)) return null;
  const pause = first.time - lastPacket.time;
  return pause < SHORTEST_PAUSE ? null : { outside, port, sender, refusals: same, first, pause, lastPacket };
});

function isOfGivenPort({ source, error }: IcmpAnswer): boolean {
  const { version, type, code, quoted } = error;
  const isPortUnreachable = version === 4 ? type === 3 && code === 3 : type === 1 && code === 4;
  const { protocol, destination, sourcePort, destinationPort } = quoted;
  return (
    isPortUnreachable &&
    protocol === IP_PROTOCOL.UDP &&
    source === destination &&
    sourcePort === NAT_T_PORT &&
    destinationPort !== null &&
    destinationPort !== NAT_T_PORT &&
    destinationPort !== IKE_PORT
  );
}

/**
 * Whether the refusal has come as far as the messages from that port: then the peer refuses by itself, for the NAT device is a hop
 * nearer.
 */
function isAsFarAsPeer({ setups }: TunnelContext, { source, ttl }: IcmpAnswer, port: number): boolean {
  const own = setups
    .flatMap(({ sa }) => sightingsOf(sa))
    .findLast((sighting) => sighting.source.address === source && sighting.source.port === port);
  return own !== undefined && hopsOf(ttl) !== null && hopsOf(ttl) === hopsOf(own.ttl);
}

/**
 * The last packet from that address, if the peer ever sent from that port; null where it did not. Where several clients are there at once,
 * only what comes from the port is this one's.
 */
function lastPacketFrom(context: TunnelContext, address: Address, port: number): Evidence | null {
  const { tunnel, setups } = context;
  const text = say`last packet from ${address}`;
  const streams = tunnel.streams.filter(({ source }) => source === address);
  const messages = setups
    .flatMap(({ sa }) => sightingsOf(sa))
    .filter(({ source }) => source.address === address);
  const own = streams.filter(({ sourcePort }) => sourcePort === port);
  const ownMessages = messages.filter(({ source }) => source.port === port);
  if (own.length + ownMessages.length === 0) return null;
  const isShared = tunnel.client !== null;
  const last = [
    ...(isShared ? own : streams).map((stream) => lastOf(stream, text)),
    ...(isShared ? ownMessages : messages).map(({ frames, time }) => ({
      frame: frames[0] ?? 0,
      time,
      nanos: 0,
      text,
    })),
  ].toSorted((a, b) => a.time - b.time);
  return last.at(-1) ?? null;
}

import { initiatorPorts, mayBeOtherClients, natTPorts } from "../../../session/clients/ports.js";
import type { Address } from "../../../bytes/address.js";
import type { EspStream } from "../../../esp/stream.js";
import { NAT_T_PORT } from "../../../ike/ports.js";
import type { IkeSa } from "../../../session/model.js";
import type { Setup, TunnelContext } from "../../context.js";
import { onceInTurn } from "../../once.js";

type IsOwn = (stream: EspStream) => boolean;

/** The answers of the tunnel that is judged, by IKE SA. */
const found = onceInTurn<TunnelContext, Map<string, IsOwn>>(() => new Map());

/**
 * Whether a stream can be of the peers of an IKE SA, and not of another client behind the same NAT device: ESP in UDP uses the ports that
 * IKE has towards UDP 4500, or goes on with an SPI that used them before the NAT device gave another port. Where IKE was seen on UDP 500
 * alone, only what uses ports of other IKE SAs is told apart.
 */
export function ownStreamsOf(context: TunnelContext, { sa }: Pick<Setup, "sa">): IsOwn {
  const known = found(context);
  const isOwn = known.get(sa.id) ?? byOwnPorts(context, sa) ?? byOtherPorts(context, sa);
  known.set(sa.id, isOwn);
  return isOwn;
}

function byOwnPorts({ tunnel: { streams } }: TunnelContext, sa: IkeSa): IsOwn | null {
  const ends = [sa.initiator, sa.responder].map(({ address }) => ({
    address,
    ports: natTPorts(sa, address),
  }));
  const isKnown = (address: Address, port: number): boolean =>
    ends.every((end) => end.address !== address || end.ports.size === 0 || end.ports.has(port));
  const usesPorts = ({ source, sourcePort, destination, destinationPort }: EspStream): boolean =>
    isKnown(source, sourcePort) && isKnown(destination, destinationPort);
  if (ends.every(({ ports }) => ports.size === 0)) return null;
  const spis = new Set(streams.filter((stream) => isInUdp(stream) && usesPorts(stream)).map(nameOf));
  return (stream) => !isInUdp(stream) || usesPorts(stream) || spis.has(nameOf(stream));
}

function byOtherPorts({ setups }: TunnelContext, sa: IkeSa): IsOwn {
  const others = new Set(
    setups
      .flatMap((other) => (mayBeOtherClients(sa, other.sa) ? [...initiatorPorts(other.sa)] : []))
      .filter((port) => port !== NAT_T_PORT),
  );
  const isOfOthers = isOnPorts(sa.initiator.address, others);
  return (stream) => !isOfOthers(stream);
}

/** Whether a stream in UDP uses one of these ports at that address. */
export function isOnPorts(address: Address, ports: ReadonlySet<number>): (stream: EspStream) => boolean {
  return ({ encapsulation, source, sourcePort, destination, destinationPort }) =>
    encapsulation === "udp" &&
    ((source === address && ports.has(sourcePort)) ||
      (destination === address && ports.has(destinationPort)));
}

function isInUdp({ encapsulation }: EspStream): boolean {
  return encapsulation === "udp";
}

/** An ESP SA, by its receiver and its SPI. */
function nameOf({ destination, spi }: EspStream): string {
  return `${destination} ${spi}`;
}

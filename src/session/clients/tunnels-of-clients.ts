import type { Address } from "../../bytes/address.js";
import { u32At } from "../../bytes/reader.js";
import type { EspStream } from "../../esp/stream.js";
import { NAT_T_PORT } from "../../ike/ports.js";
import { openTunnel } from "../log/open-tunnel.js";
import type { Endpoint, IcmpAnswer, KeptTunnel } from "../model.js";
import { isTranslatedPort } from "../model/queries.js";
import { quotedInitiatorSpi } from "../quoted-ike.js";
import type { Client } from "./client.js";
import { type Clients, clientsOf } from "./clients.js";
import { natTPorts } from "./ports.js";

/** Bytes of the SPI that ESP begins with. */
const SPI_BYTES = 4;

/**
 * The tunnels, where several clients behind a NAT device share an address at the same time one for each of them, numbered anew. All that
 * names a port is that client's; what names none, such as fragments, is in the tunnel of each.
 */
export function tunnelsOfClients(tunnels: readonly KeptTunnel[]): readonly KeptTunnel[] {
  const parts = tunnels.map(partsOf);
  if (parts.every(({ length }) => length === 1)) return tunnels;
  return parts.flat().map((tunnel, index) => ({ ...tunnel, id: index + 1 }));
}

/** The tunnels of the clients that share an address of a tunnel; the tunnel alone where there are none. */
export function partsOf(kept: KeptTunnel): readonly KeptTunnel[] {
  if (!maySeveralBe(kept)) return [kept];
  const found = clientsOf(openTunnel(kept));
  if (found === null || found.clients.length < 2) return [kept];
  const owners = ownersOf(found.clients);
  return found.clients.map((client) => tunnelOf(kept, client, found, owners));
}

/** Most tunnels have no port of a NAT device, or one IKE SA and ESP on one port: those need not be opened. */
function maySeveralBe({ ikeSas, streams }: KeptTunnel): boolean {
  const ofEsp = new Set<number>();
  for (const { sourcePort, destinationPort, encapsulation } of streams) {
    if (encapsulation === "udp") ofEsp.add(sourcePort === NAT_T_PORT ? destinationPort : sourcePort);
  }
  const isTranslated =
    [...ofEsp].some((port) => isTranslatedPort({ port })) ||
    ikeSas.some(({ initiator, responder }) => isTranslatedPort(initiator) || isTranslatedPort(responder));
  return isTranslated && (ikeSas.length > 1 || ofEsp.size > 1);
}

/** The client that an IKE SA, a stream or a port is of. */
interface Owners {
  readonly ikeSas: ReadonlyMap<string, Client>;
  readonly streams: ReadonlyMap<EspStream, Client>;
  readonly ports: ReadonlyMap<number, Client>;
  /** By initiator SPIs, hexadecimal, and by the numbers of SPIs of ESP. */
  readonly spis: ReadonlyMap<string | number, Client>;
}

function ownersOf(clients: readonly Client[]): Owners {
  const all = <Part>(parts: (client: Client) => Iterable<Part>): ReadonlyMap<Part, Client> =>
    new Map(clients.flatMap((client) => [...parts(client)].map((part) => [part, client] as const)));
  return {
    ikeSas: all(({ ikeSas }) => ikeSas.map(({ id }) => id)),
    streams: all(({ streams }) => streams),
    ports: all(({ ports }) => ports),
    spis: all(({ ikeSas, streams }) => [
      ...ikeSas.map(({ initiatorSpi }) => initiatorSpi),
      ...streams.map(({ spi }) => spi),
    ]),
  };
}

function tunnelOf(
  kept: KeptTunnel,
  client: Client,
  { address, clients, atOnce }: Clients,
  owners: Owners,
): KeptTunnel {
  const [first] = clients;
  const isOwn = (owner: Client | undefined): boolean => (owner ?? first) === client;
  const mayBeOwn = (...ends: readonly Endpoint[]): boolean =>
    ends.every((end) => end.address !== address || (owners.ports.get(end.port) ?? client) === client);
  const ikeSas = kept.ikeSas.filter(({ id }) => isOwn(owners.ikeSas.get(id)));
  const streams = kept.streams.filter((stream) => isOwn(owners.streams.get(stream)));
  const times = [...ikeSas, ...streams];
  const isOnNatT = streams.length > 0 || client.ikeSas.some((sa) => natTPorts(sa, address).size > 0);
  const peer = kept.addresses[0] === address ? kept.addresses[1] : kept.addresses[0];
  return {
    ...kept,
    addresses: ikeSas[0]?.initiator.address === peer ? [peer, address] : [address, peer],
    ikeSas,
    streams,
    icmp: kept.icmp.filter((answer) => quotedClient(answer, address, owners) === client),
    // A client that never came to UDP 4500 sends none there.
    keepalives: isOnNatT ? kept.keepalives : new Map(),
    malformed: kept.malformed.filter(({ source, destination }) => mayBeOwn(source, destination)),
    tcpConnections: kept.tcpConnections.filter((one) => mayBeOwn(one.client.endpoint, one.server.endpoint)),
    firstTime: Math.min(...times.map(({ firstTime }) => firstTime)),
    lastTime: Math.max(...times.map(({ lastTime }) => lastTime)),
    client: { address, port: portOf(client, address), ports: client.ports, atOnce, ofAll: kept },
  };
}

/**
 * The client whose packet an ICMP error quotes: by its port, or by an SPI where the port is none that tells it, or the packet is quoted as on
 * the other side of the NAT device.
 */
function quotedClient(
  { error: { quoted } }: IcmpAnswer,
  address: Address,
  owners: Owners,
): Client | undefined {
  const { source, sourcePort, destination, destinationPort, payload } = quoted;
  const port = source === address ? sourcePort : destination === address ? destinationPort : 0;
  const spi = quotedInitiatorSpi(payload) ?? (payload.length < SPI_BYTES ? 0 : u32At(payload, 0));
  return owners.ports.get(port) ?? owners.spis.get(spi);
}

/** The port that the gateway's own tables show: that of its newest packets on NAT-T, or the first one before IKE moved there. */
function portOf({ ikeSas, streams, ports }: Client, address: Address): number {
  const ofIke = ikeSas.flatMap((sa) =>
    [...natTPorts(sa, address)].map((port) => ({ port, lastTime: sa.lastTime })),
  );
  const ofEsp = streams.map(({ source, sourcePort, destinationPort, lastTime }) => ({
    port: source === address ? sourcePort : destinationPort,
    lastTime,
  }));
  const newest = [...ofIke, ...ofEsp].toSorted((a, b) => a.lastTime - b.lastTime).at(-1);
  return newest?.port ?? [...ports][0] ?? 0;
}

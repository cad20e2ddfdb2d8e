import type { Address } from "../../../bytes/address.js";
import type { Micros } from "../../../bytes/time.js";
import { NAT_T_PORT } from "../../../ike/ports.js";
import type { Role, Tunnel } from "../../../session/model.js";
import { isTranslatedPort } from "../../../session/model/queries.js";
import type { Setup, TunnelContext } from "../../context.js";
import { onceInTurn } from "../../once.js";
import { portsOf } from "../nat/ports.js";
import { messagesFrom, seenOnTranslator } from "../sides.js";

/** Whoever has an IKE SA that is up does not set up another one within this time, unless it deletes the first one. */
const STAYS: Micros = 2_000_000;

/** One client of several behind a NAT device: its ports there, and from when to when it was heard. */
export interface Client {
  readonly address: Address;
  readonly ports: ReadonlySet<number>;
  readonly from: number;
  readonly to: number;
}

/** The same while it is put together. */
interface Heard extends Client {
  readonly ports: Set<number>;
  from: number;
  to: number;
}

/**
 * How many clients of one address were there at the same time, as far as their ports tell; 1 where no NAT device gave ports of
 * its own. Who comes back from other ports is not counted twice: it was not heard on the old ones any more.
 */
export const clientsAtOnce = onceInTurn((context: TunnelContext): number => {
  const clients = clientsIn(context);
  const counts = clients.map(
    ({ address, from }) =>
      clients.filter((other) => other.address === address && other.from <= from && from <= other.to).length,
  );
  return Math.max(1, ...counts);
});

/**
 * The address that several clients share, whichever of the two peers was heard first or began the IKE SA; null where no NAT device
 * gave a port.
 */
export function sharedAddress(context: TunnelContext): Address | null {
  return clientsIn(context)[0]?.address ?? null;
}

/** All clients that were heard on ports of their own; none where no NAT device gave a port, or the capture shows both its sides. */
export const clientsIn = onceInTurn((context: TunnelContext): readonly Client[] => {
  const { tunnel, setups } = context;
  if (seenOnTranslator(tunnel)) return [];
  const ends = new Set<Heard>();
  const byPort = new Map<string, Heard>();
  for (const setup of setups)
    for (const role of ["initiator", "responder"] as const) hearIke(setup, role, ends, byPort);
  const ofIke = new Set(ends);
  hearEsp(tunnel, ends, byPort);
  const shared = new Set([...ends].filter(isTranslated).map(({ address }) => address));
  const clients = [...ends].filter(({ address }) => shared.has(address));
  // One alone may send its ESP from another port than its IKE.
  const ofEsp = clients.filter((client) => !ofIke.has(client));
  const isOne = ofEsp.length === 1 && clients.some((client) => sendsNoEsp(client, tunnel));
  return isOne ? clients.filter((client) => ofIke.has(client)) : clients;
});

function isTranslated({ ports }: Client): boolean {
  return [...ports].some((port) => isTranslatedPort({ port }));
}

/** Hears both peers: which of them is a client tell the ports, for the gateway may have begun the IKE SA. */
function hearIke(setup: Setup, role: Role, ends: Set<Heard>, byPort: Map<string, Heard>): void {
  const { sa } = setup;
  const { address } = sa[role];
  const heard = messagesFrom(sa, role);
  const [first, last] = [heard[0], heard.at(-1)];
  if (first === undefined || last === undefined) return;
  const ports = portsOf(sa, address);
  const known = [...ports].flatMap((port) => byPort.get(portKey(address, port)) ?? [])[0];
  const end = known ?? { address, ports: new Set<number>(), from: Infinity, to: -Infinity };
  ends.add(end);
  join(end, { from: first.time, to: Math.max(last.time, staysUntil(setup)) }, ports, byPort);
}

/** ESP in UDP is of the client that has its port, or had it under the same SPI; else it is of a client whose IKE the capture lacks. */
function hearEsp({ streams }: Tunnel, ends: Set<Heard>, byPort: Map<string, Heard>): void {
  const bySpi = new Map<string, Heard>();
  for (const stream of streams) {
    const { encapsulation, source, sourcePort, destination, destinationPort, spi } = stream;
    if (encapsulation !== "udp" || destinationPort !== NAT_T_PORT) continue;
    const name = `${source} ${destination} ${spi}`;
    const known = byPort.get(portKey(source, sourcePort)) ?? bySpi.get(name);
    const client = known ?? { address: source, ports: new Set<number>(), from: Infinity, to: -Infinity };
    ends.add(client);
    bySpi.set(name, client);
    join(client, { from: stream.firstTime, to: stream.lastTime }, [sourcePort], byPort);
  }
}

function sendsNoEsp({ address, ports }: Client, { streams }: Tunnel): boolean {
  return !streams.some(
    ({ encapsulation, source, sourcePort }) =>
      encapsulation === "udp" && source === address && ports.has(sourcePort),
  );
}

/** Until when the client of a setup is there without a word; minus infinity where it did not come up, or spoke since and may have left. */
function staysUntil({ progress }: Setup): Micros {
  if (progress.state !== "up" || progress.upAt === null) return -Infinity;
  return progress.later.length > 0 ? -Infinity : progress.upAt + STAYS;
}

function join(
  client: Heard,
  { from, to }: { readonly from: Micros; readonly to: Micros },
  ports: Iterable<number>,
  byPort: Map<string, Heard>,
): void {
  client.from = Math.min(client.from, from);
  client.to = Math.max(client.to, to);
  for (const port of ports) {
    client.ports.add(port);
    byPort.set(portKey(client.address, port), client);
  }
}

function portKey(address: Address, port: number): string {
  return `${address} ${port}`;
}

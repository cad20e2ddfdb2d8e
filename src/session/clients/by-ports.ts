import type { Address } from "../../bytes/address.js";
import type { Micros } from "../../bytes/time.js";
import type { EspStream } from "../../esp/stream.js";
import { EXCHANGE_V1, EXCHANGE_V2 } from "../../ike/registries/exchanges.js";
import type { IkeSa, Tunnel } from "../model.js";
import { canonicalAddress, otherRole } from "../model/queries.js";
import { progressOf } from "../progress/progress.js";
import { messagesFrom } from "../sightings.js";
import { type Client, joinedClients } from "./client.js";
import { tellingPorts } from "./ports.js";

/** Whoever has an IKE SA that is up does not set up another one within this time, unless it deletes the first one. */
const STAYS: Micros = 2_000_000;
/** The first message that is seen of an IKE SA may be of one of these: its beginning, of which a filter may hide UDP 500. */
const BEGINNINGS: Readonly<Record<1 | 2, ReadonlySet<number>>> = {
  1: new Set([EXCHANGE_V1.MAIN_MODE, EXCHANGE_V1.AGGRESSIVE_MODE]),
  2: new Set([EXCHANGE_V2.IKE_SA_INIT, EXCHANGE_V2.IKE_AUTH]),
};

/** Whoever uses ports of an address: one for each set of ports that an IKE SA, or ESP under one SPI, goes on with. In linear time. */
export function clientsByPorts(tunnel: Tunnel, address: Address): readonly Client[] {
  const parts = new Parts();
  for (const sa of tunnel.ikeSas) parts.add(ofIkeSa(sa, address), []);
  for (const stream of tunnel.streams) {
    const isFrom = canonicalAddress(tunnel.aliases, stream.source) === address;
    const isTo = canonicalAddress(tunnel.aliases, stream.destination) === address;
    if (stream.encapsulation === "udp" && isFrom !== isTo)
      parts.add(ofStream(stream, isFrom), [`${isFrom ? "from" : "to"} ${stream.spi}`]);
  }
  return withOwnEsp(parts.clients);
}

function ofIkeSa(sa: IkeSa, address: Address): Client {
  const role = sa.responder.address === address ? "responder" : "initiator";
  const heard = messagesFrom(sa, role);
  const lastIke = heard.at(-1)?.time ?? -Infinity;
  return {
    ports: tellingPorts(sa, address),
    ikeSas: [sa],
    streams: [],
    from: heard[0]?.time ?? Infinity,
    to: heard.length === 0 ? -Infinity : Math.max(lastIke, staysUntil(sa)),
    lastIke,
    lastEsp: -Infinity,
    lastSentTo: messagesFrom(sa, otherRole(role)).at(-1)?.time ?? -Infinity,
    upAt: progressOf(sa).upAt ?? Infinity,
    isBegun: sa.startSeen || BEGINNINGS[sa.majorVersion].has(sa.exchanges[0]?.exchangeType ?? 0),
  };
}

/** Until when whoever set up an IKE SA is there without a word; minus infinity where it did not come up, or spoke since and may have left. */
function staysUntil(sa: IkeSa): Micros {
  const { state, upAt, later } = progressOf(sa);
  return state !== "up" || upAt === null || later.length > 0 ? -Infinity : upAt + STAYS;
}

function ofStream(stream: EspStream, isFrom: boolean): Client {
  const { sourcePort, destinationPort, firstTime, lastTime } = stream;
  const [from, to] = isFrom ? [firstTime, lastTime] : [Infinity, -Infinity];
  const ports = new Set([isFrom ? sourcePort : destinationPort]);
  return {
    ports,
    ikeSas: [],
    streams: [stream],
    from,
    to,
    lastIke: -Infinity,
    lastEsp: to,
    lastSentTo: isFrom ? -Infinity : lastTime,
    upAt: Infinity,
    isBegun: false,
  };
}

/** Parts of clients: those that share a port are of one, and so are those of an SPI that goes on with another port. */
class Parts {
  readonly #byName = new Map<number | string, Set<Client>>();

  /** `spis`: names of the SPI that it has. */
  add(part: Client, spis: readonly string[]): void {
    let own: Set<Client> | null = null;
    for (const name of [...part.ports, ...spis]) {
      const known = this.#byName.get(name);
      if (known !== undefined && known !== own) own = own === null ? known : this.#joined(known, own);
    }
    own = (own ?? new Set()).add(part);
    for (const name of [...part.ports, ...spis]) this.#byName.set(name, own);
  }

  get clients(): readonly Client[] {
    return [...new Set(this.#byName.values())].map((parts) => joinedClients([...parts]));
  }

  #joined(one: Set<Client>, other: Set<Client>): Set<Client> {
    for (const part of other) one.add(part);
    for (const [name, parts] of this.#byName) if (parts === other) this.#byName.set(name, one);
    return one;
  }
}

/** One client alone may send its ESP from another port than its IKE. */
function withOwnEsp(clients: readonly Client[]): readonly Client[] {
  const sends = ({ lastEsp }: Client): boolean => lastEsp > -Infinity;
  const [esp, ...more] = clients.filter((client) => client.ikeSas.length === 0 && sends(client));
  const ike = clients.findLast((client) => client.lastIke > -Infinity && !sends(client));
  if (esp === undefined || ike === undefined || more.length > 0) return clients;
  return [...clients.filter((client) => client !== esp && client !== ike), joinedClients([ike, esp])];
}

import type { Address } from "../../../bytes/address.js";
import type { EventKind, HostEvent } from "../../../evidence/record.js";
import type { JoinedHost } from "../../../joint/joined.js";
import { peerOfExchange } from "../../../joint/logged-exchange.js";
import { once } from "../../once.js";

/** An event with its place among those of the host. */
interface Numbered {
  readonly event: HostEvent;
  readonly number: number;
}

interface OfKind {
  readonly byPeer: Map<Address, Numbered[]>;
  /** Events that nothing ties to a peer. */
  readonly untied: Numbered[];
}

/** The events of a host by the peers that they are about: a log of thousands of tunnels is asked about each of them. */
class EventIndex {
  readonly #byKind = new Map<EventKind, OfKind>();
  /** The peers of the lines about messages, each set of them once. */
  readonly #met = new Map<string, readonly Address[]>();

  constructor({ records, unused, exchanges }: JoinedHost) {
    const peersOf = ({ addresses }: HostEvent): Address[] =>
      addresses.filter((address) => !records.addresses.has(address));
    const ofIkeSas = new Map<string, readonly Address[]>();
    for (const { event } of records.events) {
      const peers = peersOf(event);
      if (peers.length === 0) continue;
      if (event.message !== null) this.#met.set(peers.join(" "), peers);
      if (event.ikeId !== null) ofIkeSas.set(ikeSaOf(event), peers);
    }
    for (const [number, { event }] of records.events.entries()) {
      if (unused.has(event.source.file)) continue;
      const named = peersOf(event);
      const exchange = exchanges.get(event);
      const peer = exchange === undefined ? null : peerOfExchange(exchange);
      const peers =
        named.length > 0
          ? named
          : ((event.ikeId === null ? undefined : ofIkeSas.get(ikeSaOf(event))) ??
            (peer === null ? [] : [peer]));
      this.#add({ event, number }, peers);
    }
  }

  #add(event: Numbered, peers: readonly Address[]): void {
    const { kind } = event.event;
    let own = this.#byKind.get(kind);
    if (own === undefined) this.#byKind.set(kind, (own = { byPeer: new Map(), untied: [] }));
    if (peers.length === 0) own.untied.push(event);
    for (const peer of new Set(peers)) {
      const known = own.byPeer.get(peer);
      if (known === undefined) own.byPeer.set(peer, [event]);
      else known.push(event);
    }
  }

  /** Events of these kinds about any of these peers, in order; those that nothing ties to a peer where the host has met no other one. */
  about(peers: ReadonlySet<Address>, kinds: readonly EventKind[]): HostEvent[] {
    const isAlone = this.#meetsNoOther(peers);
    const found = new Set<Numbered>();
    for (const kind of kinds) {
      const own = this.#byKind.get(kind);
      if (own === undefined) continue;
      for (const peer of peers) for (const event of own.byPeer.get(peer) ?? []) found.add(event);
      if (isAlone) for (const event of own.untied) found.add(event);
    }
    return [...found].toSorted((a, b) => a.number - b.number).map(({ event }) => event);
  }

  #meetsNoOther(peers: ReadonlySet<Address>): boolean {
    for (const met of this.#met.values()) if (!met.some((peer) => peers.has(peer))) return false;
    return true;
  }
}

export const eventIndexOf = once((host: JoinedHost) => new EventIndex(host));

/** Each daemon counts its IKE SAs anew. */
function ikeSaOf({ source, ikeId }: HostEvent): string {
  return `${ikeId} ${source.file}`;
}

import type { PacketView } from "../packet/packet.js";
import { addressAt, type Segment } from "./cooked-hosts.js";
import { cookedStationOf } from "./intake/link-key.js";
import type { FrameInput } from "./intake/sightings.js";

/** A station that sent IPsec: an interface of the host that captured, or a neighbour of it. */
interface Station {
  readonly name: string;
  readonly hasMac: boolean;
  /** The peers behind its link: those that the host sends to by it, or that send by it to the host. */
  readonly peers: Set<string>;
}

/** Stations that share a peer, of the host itself (side 0) and its neighbours (side 1). */
interface Link extends Segment {
  readonly peers: Set<string>;
  readonly stations: readonly { readonly station: number; readonly side: number }[];
}

/**
 * The links of a host that captured on all its interfaces with cooked frames of version 1, which do not tell the interface
 * (`tcpdump -i any` before libpcap 1.10). They tell who sent the frame and whether that was the host itself: what comes in from a peer
 * and what leaves for it go over one link. A bridge sends on frames with the MAC addresses that they had: it is no such host.
 */
export class CookedLinks {
  readonly #own = new Map<number, Station>();
  readonly #neighbours = new Map<number, Station>();
  /** The link of each station, outgoing and incoming. */
  readonly #links = [new Map<number, number>(), new Map<number, number>()] as const;
  readonly #most: number;
  #isUnclear = false;

  /** With more stations or addresses than `most` they are a network. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Takes a frame with IPsec, dissected in `view`. */
  learn(record: FrameInput, view: PacketView): void {
    const sender = cookedStationOf(record);
    if (sender === null) this.#isUnclear = true;
    if (sender === null || this.#isUnclear) return;
    const { station, isOutgoing, hasMac, name } = sender;
    const stations = isOutgoing ? this.#own : this.#neighbours;
    const known = stations.get(station) ?? { name: name(), hasMac, peers: new Set() };
    stations.set(station, known);
    known.peers.add(addressAt(view, isOutgoing ? view.destinationAt : view.sourceAt));
    this.#isUnclear = stations.size > this.#most || known.peers.size > this.#most;
  }

  /** All is learnt. Gives the links, by their first stations; none where they cannot be told apart. */
  join(): readonly Segment[] {
    const isBridge = [...this.#own].some(([key, { hasMac }]) => hasMac && this.#neighbours.has(key));
    if (this.#isUnclear || isBridge) return [];
    const links: Link[] = [];
    for (const [side, stations] of [this.#own, this.#neighbours].entries()) {
      for (const [station, { name, peers }] of stations) {
        const same = links.filter((link) => [...peers].some((peer) => link.peers.has(peer)));
        const [first = { key: station, name, peers: new Set<string>(), stations: [] }] = same;
        for (const peer of [...same.flatMap((link) => [...link.peers]), ...peers]) first.peers.add(peer);
        const stationsOfAll = [...same.flatMap((link) => link.stations), { station, side }];
        links.splice(0, links.length, ...links.filter((link) => !same.includes(link)), {
          ...first,
          stations: stationsOfAll,
        });
      }
    }
    for (const { key, stations } of links) {
      for (const { station, side } of stations) this.#links[side]?.set(station, key);
    }
    return links.map(({ key, name }) => ({ key, name }));
  }

  /** The number of the link that a frame was captured on; null where its sender sent no IPsec. */
  of(record: FrameInput): number | null {
    const sender = cookedStationOf(record);
    return sender === null ? null : (this.#links[sender.isOutgoing ? 0 : 1].get(sender.station) ?? null);
  }
}

import { toHex } from "../bytes/hex.js";
import type { PacketView } from "../packet/packet.js";
import { cookedSenderName, cookedSenderOf } from "./intake/link-key.js";
import type { FrameInput } from "./intake/sightings.js";

/** A segment by its number, and its name for people. */
export interface Segment {
  readonly key: number;
  readonly name: string;
}

/** A station that sent IPsec on an interface: the host that captured, or a neighbour of it. */
interface Station {
  readonly link: number;
  readonly name: string;
  /** Addresses that the host which captured sends from, or those that a neighbour sends to. */
  readonly addresses: Set<string>;
}

/**
 * The hosts that captured on all their interfaces, where the captures of several were joined in one file: their interfaces have the
 * same numbers, mostly. What leaves by an interface has the host's own MAC address and IP address, and what comes in has that IP
 * address as its destination.
 */
export class CookedHosts {
  readonly #own = new Map<number, Station>();
  readonly #neighbours = new Map<number, Station>();
  /** The segment of each station, which has the number of the host's own one. */
  readonly #segments = new Map<number, number>();
  readonly #most: number;
  #isUnclear = false;

  /** With more stations or addresses than `most` they are a network. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Takes a frame with IPsec, dissected in `view`. */
  learn(record: FrameInput, view: PacketView): void {
    const sender = cookedSenderOf(record);
    if (sender === null) this.#isUnclear = true;
    if (sender === null || this.#isUnclear) return;
    const { link, station, isOutgoing } = sender;
    const stations = isOutgoing ? this.#own : this.#neighbours;
    const known = stations.get(station) ?? { link, name: cookedSenderName(record), addresses: new Set() };
    stations.set(station, known);
    known.addresses.add(addressAt(view, isOutgoing ? view.sourceAt : view.destinationAt));
    this.#isUnclear = stations.size > this.#most || known.addresses.size > this.#most;
  }

  /** All is learnt. Gives one segment a host and interface; none where each interface number is of one host alone. */
  join(): readonly Segment[] {
    const own = [...this.#own];
    const isShared = own.some(([key, { link }]) =>
      own.some((other) => other[0] !== key && other[1].link === link),
    );
    if (this.#isUnclear || !isShared) return [];
    for (const [key] of own) this.#segments.set(key, key);
    for (const [key, { link, addresses }] of this.#neighbours) {
      const hosts = own.filter(
        ([, host]) => host.link === link && [...addresses].some((address) => host.addresses.has(address)),
      );
      const [host] = hosts;
      // A bridge sends on what is for others.
      if (host === undefined || hosts.length > 1) this.#isUnclear = true;
      else this.#segments.set(key, host[0]);
    }
    if (this.#isUnclear) this.#segments.clear();
    return this.#isUnclear ? [] : own.map(([key, { name }]) => ({ key, name }));
  }

  /** Whether the file is of several hosts. */
  get areSeveral(): boolean {
    return this.#segments.size > 0;
  }

  /** The number of the segment that a frame was captured on; null where its sender sent no IPsec. */
  of(record: FrameInput): number | null {
    const sender = cookedSenderOf(record);
    return sender === null ? null : (this.#segments.get(sender.station) ?? null);
  }
}

/** The IP address at `at` of the packet in `view`, as hex digits. */
export function addressAt({ addressBytes, ipVersion }: PacketView, at: number): string {
  return toHex(addressBytes, at, at + (ipVersion === 4 ? 4 : 16));
}

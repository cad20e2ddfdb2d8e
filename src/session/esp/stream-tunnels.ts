import type { EspStream } from "../../esp/stream.js";
import { joinView } from "../aliases.js";
import type { TunnelBuilder } from "../tunnel-builder.js";
import type { TunnelTable } from "../tunnel-table.js";
import { ContinuedSas } from "./continued-sas.js";
import { areSamePackets, OtherViews } from "./other-views.js";

/** Files streams with the tunnels that they belong to. */
export class StreamTunnels {
  readonly #tunnels: TunnelTable;
  readonly #continued = new ContinuedSas();

  readonly #isWatched: boolean;

  constructor(tunnels: TunnelTable, isWatched: boolean) {
    this.#tunnels = tunnels;
    this.#isWatched = isWatched;
  }

  /** Files a stream that began just now; null where its tunnel finds no place. */
  fileBegun(stream: EspStream): TunnelBuilder | null {
    this.#joinWithEarlier(stream);
    const tunnel = this.#tunnels.between(stream.source, stream.destination);
    tunnel?.addStream(stream);
    return tunnel;
  }

  /** Lets go of a stream that is given up. */
  forget(stream: EspStream): void {
    this.#continued.forget(stream);
  }

  /** All streams, in the order of their beginnings, when all messages are in. */
  file(all: readonly EspStream[]): void {
    const views = new OtherViews(all);
    for (const stream of all) {
      this.#joinWithEarlier(stream);
      const tunnel =
        this.#tunnelOfView(stream, views.of(stream)) ??
        this.#tunnels.between(stream.source, stream.destination);
      if (tunnel === null) continue;
      tunnel.addStream(stream);
      this.#tunnels.settle(tunnel);
    }
  }

  /**
   * The tunnel of a stream that is the second view of another one, on the other side of a NAT device; null where it is none. Behind one
   * address there may be several clients: the SPI tells whose it is.
   */
  #tunnelOfView(stream: EspStream, others: readonly EspStream[]): TunnelBuilder | null {
    const { source, destination } = stream;
    const own = this.#tunnels.existing(source, destination);
    if (own !== undefined && own.ikeSas.length > 0 && own.isBetween(source, destination)) return null;
    for (const other of others) {
      const known = this.#tunnels.existing(other.source, other.destination);
      if (known === undefined || known === own || !known.isBetween(other.source, other.destination)) continue;
      const isKnownView = known.joins(source) && known.joins(destination);
      if (!isKnownView && !areSamePackets(stream, other)) continue;
      joinView(known, other, stream);
      this.#tunnels.alias(source, destination, known);
      return known;
    }
    return null;
  }

  /** Joins a stream with the one that it goes on: the peer sends from another address since, and no IKE message says so. */
  #joinWithEarlier(stream: EspStream): void {
    const { source, destination } = stream;
    const before = this.#continued.add(stream);
    if (before === null) return;
    const tunnel = this.#tunnels.existing(before.source, destination);
    const there = this.#tunnels.existing(source, destination);
    if (tunnel === undefined || (there !== undefined && !isAside(there))) return;
    // While it is watched, a stranger has to be able to make room: forged ESP may move as often as it likes.
    if (this.#isWatched && this.#tunnels.isStranger(tunnel)) return;
    tunnel.addAlias({ address: source, standsFor: tunnel.canonical(before.source), kind: "moved" });
    if (!tunnel.joins(source)) return;
    this.#tunnels.alias(source, destination, tunnel);
  }
}

/** Whether nothing but ICMP errors and the like was seen between two addresses: a router may refuse the first packet there. */
function isAside({ ikeSas, streams }: TunnelBuilder): boolean {
  return ikeSas.length === 0 && streams.length === 0;
}

import type { Endpoint, Role } from "../../../src/session/model.js";
import { concat, ethernet, icmpError, ipv4, ipv4Fragments, udp } from "../packet/index.js";
import type { Clock } from "./clock.js";
import type { Datagram, Obstacle, SeenFrame } from "./datagram.js";
import type { Draws } from "./draws.js";

export interface PathOptions {
  /** One way, in seconds. */
  readonly delay: number;
  readonly jitter: number;
  readonly loss: number;
  /** 0 near the initiator, 1 near the responder. */
  readonly capturePlace: number;
  readonly isNat: boolean;
  readonly mtu: number;
}

const MACS = ["02:00:00:00:00:01", "02:00:00:00:00:02"] as const;
const HOPS = 11;
/** The NAT device is at this share of the path. */
const NAT_PLACE = 0.02;

/** The network between the two peers, with a sniffer somewhere. */
export class Path {
  readonly seen: SeenFrame[] = [];
  readonly obstacles: Obstacle[] = [];
  readonly options: PathOptions;
  /** The address of the initiator before the NAT device, and behind it. */
  own = "192.0.2.10";
  outer: { address: string; port500: number; port4500: number };
  readonly responder = "198.51.100.20";
  readonly #clock: Clock;
  readonly #draws: Draws;
  readonly #lastArrival = { initiator: 0, responder: 0 };
  readonly #identification = { initiator: 1000, responder: 40_000 };

  constructor(clock: Clock, draws: Draws, options: PathOptions) {
    this.#clock = clock;
    this.#draws = draws;
    this.options = options;
    if (options.isNat) this.own = "10.0.0.5";
    this.outer = options.isNat
      ? { address: "192.0.2.10", port500: 1024 + draws.below(60_000), port4500: 1024 + draws.below(60_000) }
      : { address: this.own, port500: 500, port4500: 4500 };
  }

  /** The initiator as the other side reaches it now. */
  outerEndpoint(port: 0 | 500 | 4500): Endpoint {
    const { address, port500, port4500 } = this.outer;
    return { address, port: port === 0 ? 0 : port === 500 ? port500 : port4500 };
  }

  ownEndpoint(port: 0 | 500 | 4500): Endpoint {
    return { address: this.own, port };
  }

  /** Sends a packet; `to` is where the responder believes the initiator to be. */
  send(datagram: Datagram, to: Endpoint = this.outerEndpoint(datagram.port)): void {
    const { from, port, payload } = datagram;
    const { delay, jitter, capturePlace, mtu } = this.options;
    const now = this.#clock.now;
    const arrival = Math.max(
      this.#lastArrival[from] + 0.000_002,
      now + delay + jitter * this.#draws.between(0, 1),
    );
    this.#lastArrival[from] = arrival;
    const isOutward = from === "initiator";
    const inside = capturePlace < NAT_PLACE;
    const source = isOutward
      ? inside
        ? this.ownEndpoint(port)
        : this.outerEndpoint(port)
      : { address: this.responder, port };
    const isReached = isOutward || isSame(to, this.outerEndpoint(port));
    const destination = isOutward ? { address: this.responder, port } : inside ? this.ownEndpoint(port) : to;
    const protocol = port === 0 ? 50 : 17;
    const body =
      port === 0 ? payload : udp({ sourcePort: source.port, destinationPort: destination.port, payload });
    const along = isOutward ? capturePlace : 1 - capturePlace;
    const identification = (this.#identification[from] = (this.#identification[from] + 1) & 0xffff);
    const ip = {
      source: source.address,
      destination: destination.address,
      protocol,
      payload: body,
      ttl: 64 - Math.round(HOPS * along),
      identification,
    };
    const packets = body.length + 20 > mtu ? ipv4Fragments(ip, 1480) : [ipv4(ip)];
    let isWhole = isReached;
    for (const [index, packet] of packets.entries()) {
      const place = this.#takenAt(from, port, protocol, packet.length, index);
      const gone = isReached ? place : Math.max(place ?? 0, NAT_PLACE);
      if (gone !== null) isWhole = false;
      const passes = gone === null || (isOutward ? gone >= capturePlace : gone <= capturePlace);
      if (!passes) continue;
      this.seen.push({
        time: now + (arrival - now) * along + index * 0.000_01,
        from,
        bytes: ethernet({ payload: packet, ...macs(from) }),
        source: source.address,
        protocol,
        ports: index === 0 && protocol === 17 ? [source.port, destination.port] : [],
        purpose: datagram.purpose,
      });
    }
    if (isWhole) this.#clock.at(arrival, datagram.arrives);
  }

  /** The address or ports of the initiator at the NAT device become others. */
  remaps(): void {
    this.outer = {
      ...this.outer,
      port500: 1024 + this.#draws.below(60_000),
      port4500: 1024 + this.#draws.below(60_000),
    };
  }

  /** The initiator is somewhere else: at an address of its own, or behind another NAT device. */
  moves(address: string): void {
    if (!this.options.isNat) this.own = address;
    this.outer = { address, port500: 500, port4500: 4500 };
    if (this.options.isNat) this.remaps();
  }

  /** The host of one side says that nobody listens at a port. */
  portUnreachable(from: Role, port: 500 | 4500, quoted: Uint8Array): void {
    const isOutward = from === "initiator";
    const inside = this.options.capturePlace < NAT_PLACE;
    const client = inside ? this.own : this.outer.address;
    const [source, destination] = isOutward ? [client, this.responder] : [this.responder, client];
    const clientPort = inside ? port : this.outerEndpoint(port).port;
    const [sourcePort, destinationPort] = isOutward ? [port, clientPort] : [clientPort, port];
    const lost = ipv4({
      source: destination,
      destination: source,
      protocol: 17,
      payload: udp({ sourcePort, destinationPort, payload: quoted }),
    });
    const packet = ipv4({
      source,
      destination,
      protocol: 1,
      payload: icmpError({ type: 3, code: 3, quoted: lost.slice(0, 64) }),
    });
    const along = isOutward ? this.options.capturePlace : 1 - this.options.capturePlace;
    this.seen.push({
      time: this.#clock.now + this.options.delay * along,
      from,
      bytes: ethernet({ payload: packet, ...macs(from) }),
      source,
      protocol: 1,
      ports: [],
      purpose: { kind: "icmp" },
    });
  }

  /** The place on the path at which a packet is lost; null if it is not. */
  #takenAt(from: Role, port: number, protocol: number, bytes: number, fragment: number): number | null {
    const now = this.#clock.now;
    const places = this.obstacles
      .filter((one) => now >= one.from && now < one.until)
      .filter((one) => one.takes({ from, port: fragment > 0 ? -1 : port, protocol, bytes }))
      .map(({ place }) => place);
    if (this.#draws.chance(this.options.loss)) places.push(this.#draws.between(0.1, 0.9));
    if (places.length === 0) return null;
    return from === "initiator" ? Math.min(...places) : Math.max(...places);
  }
}

function macs(from: Role): { readonly source: string; readonly destination: string } {
  const [source, destination] = from === "initiator" ? MACS : [MACS[1], MACS[0]];
  return { source, destination };
}

function isSame(one: Endpoint, other: Endpoint): boolean {
  return one.address === other.address && one.port === other.port;
}

/** Bytes of an IKE message on that port. */
export function onPort(port: 500 | 4500, message: Uint8Array): Uint8Array {
  return port === 4500 ? concat(Uint8Array.of(0, 0, 0, 0), message) : message;
}

import type { Endpoint } from "../../../src/session/model.js";
import { ah, concat, esp, ipv4, ipv4Fragments, ipv6, ipv6Fragments, u32, udp } from "../packet/index.js";
import type { Peer } from "./peer.js";
import type { Frame, Scenario } from "./scenario.js";
import type { Message } from "./wire.js";

/** How a packet travels, where it is not as usual. */
export interface Travel {
  readonly port?: 500 | 4500;
  /** Copies of each frame, as a mirror port or "-i any" makes them. */
  readonly copies?: number;
  /** IP fragments of at most so many bytes. */
  readonly ipFragments?: number;
  /** Which of them the capture holds, by index; default all, in order. */
  readonly kept?: readonly number[];
  /** The sender forgets the non-ESP marker. */
  readonly marker?: false;
  readonly identification?: number;
}

export interface EspOptions {
  readonly spi?: number;
  readonly sequence?: number;
  /** Bytes behind SPI and sequence number. */
  readonly size?: number;
  /** What stands there, instead of zeros. */
  readonly payload?: Uint8Array;
  readonly udp?: boolean;
  /** IP fragments of at most so many bytes: fragmented after encryption. */
  readonly ipFragments?: number;
  /** Which of them the capture holds, by index; default all. */
  readonly kept?: readonly number[];
}

interface Datagram {
  readonly seconds: number;
  readonly protocol: 17 | 50 | 51;
  readonly payload: (source: Endpoint, destination: Endpoint) => Uint8Array;
  readonly port: 500 | 4500;
  readonly travel: Travel;
}

/** One peer at one or more moments. */
export class Speaker {
  readonly #talk: Scenario;
  readonly #times: readonly number[];
  readonly #from: Peer;
  readonly #to: Peer;
  readonly #sent: Map<object, Uint8Array>;

  constructor(talk: Scenario, times: readonly number[], from: Peer, to: Peer, sent: Map<object, Uint8Array>) {
    this.#talk = talk;
    this.#times = times;
    this.#from = from;
    this.#to = to;
    this.#sent = sent;
  }

  /** Sends an IKE message (all of its IKE fragments) at each moment. */
  sends(messages: Message | readonly Message[], travel: Travel = {}): Frame[] {
    const list = "encode" in messages ? [messages] : messages;
    return this.#times.flatMap((seconds) =>
      list.flatMap((message, index) => this.#one(message, seconds + index * 0.000_1, travel)),
    );
  }

  /** Sends one ESP packet at each moment; the sequence numbers go on from what was told before of this SPI. */
  esp(options: EspOptions = {}): Frame[] {
    const { spi = this.#from.role === "initiator" ? 0xc1000001 : 0xc2000001, size = 80 } = options;
    const inUdp = options.udp ?? this.#talk.floats;
    const first = options.sequence ?? this.#talk.nextSequence(this.#from, this.#to, spi);
    this.#talk.tookSequence(this.#from, this.#to, spi, first + this.#times.length - 1);
    return this.#times.flatMap((seconds, index) => {
      const payload = options.payload ?? new Uint8Array(size);
      const packet = esp({ spi, sequence: first + index, payload });
      return this.#datagram({
        seconds,
        protocol: inUdp ? 17 : 50,
        payload: (source, destination) => (inUdp ? udpOf(source, destination, packet) : packet),
        port: 4500,
        travel: fragmentsOf(options),
      });
    });
  }

  /** Sends one AH packet at each moment, with ascending sequence numbers. */
  ah(): Frame[] {
    const spi = this.#from.role === "initiator" ? 0xa1000001 : 0xa2000001;
    return this.#times.flatMap((seconds, index) =>
      this.#datagram({
        seconds,
        protocol: 51,
        payload: () => ah({ spi, sequence: index + 1 }),
        port: 4500,
        travel: {},
      }),
    );
  }

  keepalive(): Frame[] {
    return this.raw(Uint8Array.of(0xff), 4500);
  }

  /** Any UDP payload. */
  raw(bytes: Uint8Array, port: 500 | 4500 = 500): Frame[] {
    return this.#times.flatMap((seconds) =>
      this.#datagram({
        seconds,
        protocol: 17,
        payload: (source, destination) => udpOf(source, destination, bytes),
        port,
        travel: {},
      }),
    );
  }

  #one(message: Message, seconds: number, travel: Travel): Frame[] {
    const port = travel.port ?? (message.opens !== true && this.#talk.floats ? 4500 : 500);
    const bytes = this.#sent.get(message) ?? this.#encode(message, port);
    this.#sent.set(message, bytes);
    const payload = port === 4500 && travel.marker !== false ? concat(u32(0), bytes) : bytes;
    return this.#datagram({
      seconds,
      protocol: 17,
      payload: (source, destination) => udpOf(source, destination, payload),
      port,
      travel,
    });
  }

  #encode(message: Message, port: 500 | 4500): Uint8Array {
    const sa = message.sa ?? this.#talk.sa;
    return message.encode({
      sa,
      fromInitiator: this.#from.role === sa.startedBy,
      own: this.#from.ownEndpoint(port),
      peer: this.#to.outerEndpoint(port),
      agreed: this.#talk.agreed,
    });
  }

  #datagram({ seconds, protocol, payload, port, travel }: Datagram): Frame[] {
    const [from, to] = [this.#from, this.#to];
    const identification = travel.identification ?? from.nextIdentification();
    const frames: Frame[] = [];
    const put = (source: Endpoint, destination: Endpoint, ttl: number, delay: number): void => {
      const body = payload(source, destination);
      const packets = packetsOf(source, destination, protocol, body, ttl, identification, travel);
      from.lastPacket = packets[0] ?? null;
      const kept = travel.kept ?? packets.map((_, index) => index);
      for (const [place, index] of kept.entries()) {
        const packet = packets[index];
        if (packet === undefined) continue;
        const time = seconds + delay + place * 0.000_01;
        for (let copy = 0; copy < (travel.copies ?? 1); copy++) {
          frames.push(this.#talk.put(time + copy * 0.000_2, packet, from.role, protocol === 17 ? port : 0));
        }
      }
    };
    if (from.seesBothSides || to.seesBothSides) {
      const first = from.seesBothSides ? from.ownEndpoint(port) : from.outerEndpoint(port);
      put(first, to.outerEndpoint(port), from.ttl, 0);
      put(
        from.outerEndpoint(port),
        to.seesBothSides ? to.ownEndpoint(port) : to.outerEndpoint(port),
        from.ttl - 1,
        0.000_5,
      );
    } else {
      put(from.place(port), to.place(port), from.ttl, 0);
    }
    return frames;
  }
}

function fragmentsOf({ ipFragments, kept }: EspOptions): Travel {
  return ipFragments === undefined ? {} : { ipFragments, ...(kept === undefined ? {} : { kept }) };
}

function udpOf(source: Endpoint, destination: Endpoint, payload: Uint8Array): Uint8Array {
  return udp({ sourcePort: source.port, destinationPort: destination.port, payload });
}

function packetsOf(
  { address: source }: Endpoint,
  { address: destination }: Endpoint,
  protocol: 17 | 50 | 51,
  payload: Uint8Array,
  ttl: number,
  identification: number,
  { ipFragments }: Travel,
): Uint8Array[] {
  if (source.includes(":")) {
    const options = { source, destination, protocol, payload, hopLimit: ttl };
    return ipFragments === undefined
      ? [ipv6(options)]
      : ipv6Fragments({ ...options, identification }, ipFragments);
  }
  const options = { source, destination, protocol, payload, ttl, identification };
  return ipFragments === undefined ? [ipv4(options)] : ipv4Fragments(options, ipFragments);
}

import { esp, ethernet, ipv4, udp } from "../support/packet/index.js";
import { CaptureFile, type FrameSink } from "./capture-file.js";

const NOON = 1_700_000_000_000_000;
const GATEWAY = "192.0.2.1";

/** Pseudo-random numbers that are the same in each run. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** A number from 0 to below `sides`. */
  roll(sides: number): number {
    this.#state = (Math.imul(this.#state, 1_103_515_245) + 12_345) >>> 0;
    return (this.#state >>> 8) % sides;
  }

  word(): number {
    return ((this.roll(65_536) << 16) | this.roll(65_536)) >>> 0;
  }
}

/** One direction of a tunnel: a frame whose sequence number counts up with each use. */
export class Stream {
  readonly #frame: Uint8Array;
  readonly #view: DataView;
  readonly #espAt: number;
  #sequence = 0;

  constructor(options: {
    source: string;
    destination: string;
    spi: number;
    inUdp: boolean;
    frameLength: number;
  }) {
    const { source, destination, spi, inUdp, frameLength } = options;
    this.#espAt = inUdp ? 42 : 34;
    const filler = new Uint8Array(frameLength - this.#espAt - 8).fill(0x5a);
    const packet = esp({ spi, sequence: 0, payload: filler });
    const payload = inUdp ? udp({ sourcePort: 4500, destinationPort: 4500, payload: packet }) : packet;
    this.#frame = ethernet({ payload: ipv4({ source, destination, protocol: inUdp ? 17 : 50, payload }) });
    this.#view = new DataView(this.#frame.buffer, this.#frame.byteOffset);
  }

  next(): Uint8Array {
    this.#view.setUint32(this.#espAt + 4, ++this.#sequence);
    return this.#frame;
  }

  /** The next packet with another SPI and sequence number 1. */
  as(spi: number): Uint8Array {
    this.#view.setUint32(this.#espAt, spi);
    this.#view.setUint32(this.#espAt + 4, 1);
    return this.#frame;
  }
}

/** Both directions of `tunnels` tunnels between a gateway and its peers. */
function streamsOf(tunnels: number, inUdp: boolean, frameLength: number): Stream[] {
  return Array.from({ length: tunnels * 2 }, (_, index) => {
    const peer = peerAddress(index >> 1);
    const [source, destination] = index % 2 === 0 ? [GATEWAY, peer] : [peer, GATEWAY];
    return new Stream({ source, destination, spi: 0xc000_0000 + index * 7919, inUdp, frameLength });
  });
}

function peerAddress(index: number): string {
  return `10.${(index >> 8) & 255}.${index & 255}.1`;
}

/** A: a gateway of 50 tunnels: 60 % ESP in frames of 1400 bytes, 20 % ESP in UDP, 5 % IKE, 15 % other. */
export function writeGatewayMix(path: string, count: number, file: FrameSink = new CaptureFile(path)): void {
  const dice = new Dice(1);
  const native = streamsOf(40, false, 1400);
  const inUdp = streamsOf(10, true, 1400);
  const other = ethernet({
    payload: ipv4({
      source: "10.9.0.1",
      destination: "10.9.0.2",
      protocol: 17,
      payload: udp({ sourcePort: 40_000, destinationPort: 53, payload: new Uint8Array(600) }),
    }),
  });
  const checks = new DeadPeerChecks(50);
  for (let index = 0; index < count; index++) {
    const kind = dice.roll(20);
    const pick = (streams: readonly Stream[]): Uint8Array =>
      streams[dice.roll(streams.length)]?.next() ?? other;
    const frame = kind < 12 ? pick(native) : kind < 16 ? pick(inUdp) : kind < 17 ? checks.next(dice) : other;
    file.add(NOON + index * 10, frame);
  }
  file.close();
}

/** IKE SAs whose peers ask one another whether they live: requests and responses in turn, no two alike. */
class DeadPeerChecks {
  readonly #sas: { asked: boolean; messageId: number }[];
  readonly #message = emptyInformational();

  constructor(sas: number) {
    this.#sas = Array.from({ length: sas }, () => ({ asked: false, messageId: 0 }));
  }

  next(dice: Dice): Uint8Array {
    const number = dice.roll(this.#sas.length);
    const sa = this.#sas[number];
    if (sa === undefined) return this.#message;
    const isResponse = sa.asked;
    sa.asked = !sa.asked;
    const view = new DataView(this.#message.buffer);
    view.setUint32(0, 0x1000_0000 + number);
    view.setUint8(19, isResponse ? 0x20 : 0x08);
    view.setUint32(20, sa.messageId);
    view.setUint32(40, dice.word());
    if (isResponse) sa.messageId++;
    const [source, destination] = isResponse
      ? [GATEWAY, peerAddress(number)]
      : [peerAddress(number), GATEWAY];
    const payload = udp({ sourcePort: 500, destinationPort: 500, payload: this.#message });
    return ethernet({
      payload: ipv4({ source, destination, identification: dice.roll(65_536), protocol: 17, payload }),
    });
  }
}

/** An INFORMATIONAL message of 80 bytes: header, and an encrypted payload that holds nothing (AES-CBC with SHA2-256). */
function emptyInformational(): Uint8Array {
  const message = new Uint8Array(80).fill(0x5a);
  const view = new DataView(message.buffer);
  view.setUint8(16, 46);
  view.setUint8(17, 0x20);
  view.setUint8(18, 37);
  view.setUint32(24, message.length);
  view.setUint32(28, message.length - 28);
  return message;
}

/** B: frames of 166 bytes of ESP in UDP, over 2,000 streams in any order. */
export function writeSmallPackets(
  path: string,
  count: number,
  file: FrameSink = new CaptureFile(path),
): void {
  const dice = new Dice(2);
  const streams = streamsOf(1000, true, 166);
  for (let index = 0; index < count; index++) {
    const frame = streams[dice.roll(streams.length)]?.next();
    if (frame !== undefined) file.add(NOON + index * 5, frame);
  }
  file.close();
}

/** C: packets of random SPIs between two peers. */
export function writeRandomSpis(path: string, count: number): void {
  const file = new CaptureFile(path);
  const dice = new Dice(3);
  const stream = new Stream({
    source: GATEWAY,
    destination: "198.51.100.2",
    spi: 0,
    inUdp: false,
    frameLength: 118,
  });
  for (let index = 0; index < count; index++) file.add(NOON + index * 5, stream.as(dice.word() || 1));
  file.close();
}

/**
 * E: as B, with SPIs that differ by what the addresses differ by: a table whose hash is an unseeded XOR of the words puts
 * all streams into one chain.
 */
export function writeCollidingSpis(path: string, count: number): void {
  const file = new CaptureFile(path);
  const dice = new Dice(4);
  const streams = Array.from({ length: 2000 }, (_, index) => {
    const source = 0x0a00_0001 + (index << 8);
    const text = [24, 16, 8, 0].map((shift) => (source >>> shift) & 255).join(".");
    return new Stream({
      source: text,
      destination: GATEWAY,
      spi: (source ^ 0xdead_beef) >>> 0,
      inUdp: true,
      frameLength: 166,
    });
  });
  for (let index = 0; index < count; index++) {
    const frame = streams[dice.roll(streams.length)]?.next();
    if (frame !== undefined) file.add(NOON + index * 5, frame);
  }
  file.close();
}

import type { Endpoint, Role } from "../../../src/session/model.js";
import { filler } from "../ike/bytes.js";
import { esp } from "../packet/index.js";
import type { Clock } from "./clock.js";
import type { Path } from "./path.js";

/** A pair of ESP SAs, each named by who receives in it. */
export interface ChildPair {
  readonly spi: Readonly<Record<Role, number>>;
}

const AES_GCM = { iv: 8, icv: 16, block: 4 };
const AES_CBC_SHA256 = { iv: 16, icv: 16, block: 16 };

/** Bytes behind SPI and sequence number that an IP packet of so many bytes becomes. */
function sizeOfEsp(inner: number, isGcm: boolean): number {
  const { iv, icv, block } = isGcm ? AES_GCM : AES_CBC_SHA256;
  return iv + Math.ceil((inner + 2) / block) * block + icv;
}

/** Fills ESP packets: no two runs of bytes alike, none of them text. */
const CIPHERTEXT = filler(4096, 77);

/** The SAs that the kernel of one host has, and what it sends and takes in them. */
export class Kernel {
  isOn = true;
  /** The responder sends there; the initiator has one responder only. */
  peer: Endpoint | null = null;
  /** When the last packet came in. */
  lastIn = -1e9;
  /** It sends to where authentic packets come from, where their port or address changes (RFC 3948). */
  followsNat = true;
  /** The daemon hears of it. */
  hasMoved: (peer: Endpoint) => void = () => undefined;
  readonly #role: Role;
  readonly #clock: Clock;
  readonly #path: Path;
  readonly #inUdp: () => boolean;
  readonly #isGcm: boolean;
  readonly #inbound = new Map<number, ChildPair>();
  #outbound: ChildPair[] = [];
  readonly #sequences = new Map<ChildPair, number>();
  #sent = 0;
  lastOut = -1e9;

  constructor(role: Role, clock: Clock, path: Path, inUdp: () => boolean, isGcm: boolean) {
    this.#role = role;
    this.#clock = clock;
    this.#path = path;
    this.#inUdp = inUdp;
    this.#isGcm = isGcm;
  }

  get sendsIn(): ChildPair | undefined {
    return this.#outbound.at(-1);
  }

  takesIn(pair: ChildPair): void {
    this.#inbound.set(pair.spi[this.#role], pair);
  }

  sendsTo(pair: ChildPair): void {
    this.#outbound = [...this.#outbound.filter((one) => one !== pair), pair];
  }

  removes(pair: ChildPair): void {
    this.#outbound = this.#outbound.filter((one) => one !== pair);
    this.#inbound.delete(pair.spi[this.#role]);
  }

  stopsSendingTo(pair: ChildPair): void {
    this.#outbound = this.#outbound.filter((one) => one !== pair);
  }

  empties(): void {
    this.#outbound = [];
    this.#inbound.clear();
  }

  #follows(peer: Endpoint): void {
    if (this.peer?.address === peer.address && this.peer.port === peer.port) return;
    this.peer = peer;
    this.hasMoved(peer);
  }

  /** Sends an IP packet of so many bytes through the tunnel; it gets lost without an SA. */
  sends(to: Kernel, inner: number, attemptsOf: object, wantsReply: boolean, arrives: () => void): void {
    const pair = this.sendsIn;
    if (pair === undefined || !this.isOn) return;
    const spi = pair.spi[to.#role];
    const sequence = (this.#sequences.get(pair) ?? 0) + 1;
    this.#sequences.set(pair, sequence);
    const size = sizeOfEsp(inner, this.#isGcm);
    this.#sent += 7;
    const at = this.#sent % 1500;
    const payload = esp({ spi, sequence, payload: CIPHERTEXT.subarray(at, at + size) });
    this.lastOut = this.#clock.now;
    const port = this.#inUdp() ? 4500 : 0;
    const from = this.#path.outerEndpoint(port);
    this.#path.send(
      {
        from: this.#role,
        port,
        payload,
        purpose: { kind: "esp", attemptsOf, size: inner, wantsReply },
        arrives: () => {
          if (!to.isOn || to.#inbound.get(spi) !== pair) return;
          to.lastIn = this.#clock.now;
          if (to.followsNat && to.peer !== null && port > 0) to.#follows(from);
          arrives();
        },
      },
      this.peer === null ? undefined : { address: this.peer.address, port: port === 0 ? 0 : this.peer.port },
    );
  }
}

import { tunnelsOfClients } from "../../../src/session/clients/tunnels-of-clients.js";
import type { Address } from "../../../src/bytes/address.js";
import { judge } from "../../../src/diagnosis/judge.js";
import type { Judgement } from "../../../src/diagnosis/judgement.js";
import type { HostRecords } from "../../../src/joint/host.js";
import { joinHosts } from "../../../src/joint/joined.js";
import { Intake } from "../../../src/session/intake/intake.js";
import { openTunnel } from "../../../src/session/log/open-tunnel.js";
import type { CaptureFile, Role, SessionModel, Tunnel } from "../../../src/session/model.js";
import { ethernet, icmpError, icmpv6Error, ipv4, ipv6, sll, udp } from "../packet/index.js";
import { arp } from "./frames.js";
import { Host, type Peer, type PeerOptions } from "./peer.js";
import { Speaker } from "./speaker.js";
import { type Agreed, type SuiteName, SUITES } from "./suites.js";
import type { SaSpis } from "./wire.js";

/** A frame of the story; `number` is known once the story was told. */
export interface Frame {
  readonly time: number;
  readonly bytes: Uint8Array;
  readonly linkType: number;
  readonly file: number;
  /** Who sent it; null for hosts that are not the peers. */
  readonly sender: Role | null;
  /** UDP port of the service, 0 for what is not UDP. */
  readonly port: 0 | 500 | 4500;
  number: number;
}

/** A session model whose exchanges can be looked at. */
export interface OpenModel extends Omit<SessionModel, "tunnels"> {
  readonly tunnels: readonly Tunnel[];
}

/** Which frames the capture holds: a sniffer that saw one direction, a filter, a recording that began late. */
export type Keeps = (frame: Frame, index: number) => boolean;

export interface ScenarioOptions {
  readonly suite?: SuiteName;
  /** The sniffer's place, told by untouched TTLs. Default: between the peers. */
  readonly near?: Role;
  /** Both peers move to 4500 after the opening, and ESP goes in UDP. */
  readonly floats?: boolean;
  readonly initiator?: PeerOptions;
  readonly responder?: PeerOptions;
  /** A cooked capture of that peer's host, which tells what it sent and received. */
  readonly cookedAt?: Role;
  /** Frames stay in the order of the telling, whatever their times. */
  readonly keepsOrder?: boolean;
}

/** The sniffer is on the translator before the initiator: it sees each packet twice, before and after translation. */
export const ON_TRANSLATOR: ScenarioOptions = {
  floats: true,
  initiator: {
    address: "10.0.0.5",
    nat: { address: "192.0.2.10", port500: 1024, port4500: 1025 },
    seen: "both",
  },
};

/** Time 0 of every story; microseconds. */
export const STORY_BEGINS = 1_700_000_000_000_000;

/** Of the link that the sniffer is on: towards the initiator, towards the responder. */
const MACS = ["02:00:00:00:00:01", "02:00:00:00:00:02"] as const;

/** Begins a story between two peers. */
export function scenario(options: ScenarioOptions = {}): Scenario {
  return new Scenario(options);
}

/** Collects what was sent and when, in seconds, and has it judged as a capture. */
export class Scenario {
  readonly frames: Frame[] = [];
  readonly agreed: Agreed;
  readonly floats: boolean;
  readonly sa: SaSpis;
  readonly initiator: Peer;
  readonly responder: Peer;
  readonly #cookedAt: Role | null;
  readonly #keepsOrder: boolean;
  readonly #sent = new Map<object, Uint8Array>();
  readonly #sequences = new Map<string, number>();
  #sas = 0;
  #file = 0;

  constructor(options: ScenarioOptions) {
    const hops = {
      initiator: options.near === "initiator" ? 0 : 4,
      responder: options.near === "responder" ? 0 : 7,
    };
    this.agreed = SUITES[options.suite ?? "gcm"];
    this.floats = options.floats ?? false;
    this.sa = this.newSa("initiator");
    this.initiator = new Host("initiator", "192.0.2.10", 64 - hops.initiator, options.initiator);
    this.responder = new Host("responder", "198.51.100.20", 64 - hops.responder, options.responder);
    this.#cookedAt = options.cookedAt ?? null;
    this.#keepsOrder = options.keepsOrder ?? false;
  }

  /** SPIs for a further IKE SA. */
  newSa(startedBy: Role = "initiator"): SaSpis {
    const number = (++this.#sas).toString(16).padStart(8, "0");
    return { initiatorSpi: `aaaaaaaa${number}`, responderSpi: `bbbbbbbb${number}`, startedBy };
  }

  /** The sequence number that follows the last one told of this SPI. */
  nextSequence(from: Peer, to: Peer, spi: number): number {
    return (this.#sequences.get(sequenceKey(from, to, spi)) ?? 0) + 1;
  }

  tookSequence(from: Peer, to: Peer, spi: number, sequence: number): void {
    this.#sequences.set(sequenceKey(from, to, spi), sequence);
  }

  /** What is said at these seconds; more than one says the same again. */
  at(...seconds: readonly number[]): { readonly initiator: Speaker; readonly responder: Speaker } {
    const speaker = (from: Peer, to: Peer): Speaker => new Speaker(this, seconds, from, to, this.#sent);
    return {
      initiator: speaker(this.initiator, this.responder),
      responder: speaker(this.responder, this.initiator),
    };
  }

  /** As `at`, between any two peers. */
  between(from: Peer, to: Peer, ...seconds: readonly number[]): Speaker {
    return new Speaker(this, seconds, from, to, this.#sent);
  }

  /** A further host, a client unless said otherwise; takes part through `between`. */
  host(address: Address, options: PeerOptions = {}, role: Role = "initiator"): Peer {
    return new Host(role, address, 60, options);
  }

  /** An ICMP error from `from` that quotes the last packet of `about`. */
  icmp(seconds: number, from: Address | Peer, about: Peer, type: number, code: number, mtu?: number): Frame {
    const quoted = about.lastPacket;
    if (quoted === null) throw new RangeError("an ICMP error needs a packet to quote");
    const source = typeof from === "string" ? from : from.address;
    const destination = about.address;
    const error = { type, code, quoted: quoted.slice(0, 64), ...(mtu === undefined ? {} : { mtu }) };
    const packet = destination.includes(":")
      ? ipv6({ source, destination, protocol: 58, payload: icmpv6Error(error), hopLimit: 61 })
      : ipv4({ source, destination, protocol: 1, payload: icmpError(error), ttl: 61, identification: 7 });
    return this.put(seconds, packet, typeof from === "string" ? null : from.role);
  }

  /** Packets in clear between two hosts, on the link and in the direction of what that peer sends. */
  clear(
    seconds: readonly number[],
    sender: Role,
    source: Address,
    destination: Address,
    protocol: 1 | 17 = 17,
  ): Frame[] {
    const payload =
      protocol === 17
        ? udp({ sourcePort: 4321, destinationPort: 5353, payload: new Uint8Array(30) })
        : new Uint8Array(64);
    return seconds.map((second) =>
      this.put(second, ipv4({ source, destination, protocol, payload }), sender),
    );
  }

  /** Unrelated frames: they prove that no filter on ports was on. */
  noise(...seconds: readonly number[]): this {
    for (const second of seconds) this.#frame(second, ethernet({ type: 0x0806, payload: arp() }), 1, null, 0);
    return this;
  }

  /** The capture goes on until then. */
  endsAt(seconds: number): this {
    return this.noise(seconds);
  }

  /** What follows stands in another capture file. */
  nextFile(): void {
    this.#file++;
  }

  /** Puts one IP packet on the wire. */
  put(seconds: number, packet: Uint8Array, sender: Role | null, port: Frame["port"] = 0): Frame {
    if (this.#cookedAt === null) {
      const [source, destination] = sender === "responder" ? MACS.toReversed() : MACS;
      return this.#frame(seconds, ethernet({ payload: packet, source, destination }), 1, sender, port);
    }
    const packetType = sender === this.#cookedAt ? 4 : 0;
    return this.#frame(seconds, sll({ payload: packet, packetType }), 113, sender, port);
  }

  /** The frames in the order of the capture, with their numbers. */
  captured(keeps: Keeps = () => true): readonly Frame[] {
    const told = this.#keepsOrder ? this.frames : this.frames.toSorted((a, b) => a.time - b.time);
    const ordered = told.filter(keeps);
    const counts = new Map<number, number>();
    for (const frame of ordered) {
      frame.number = (counts.get(frame.file) ?? 0) + 1;
      counts.set(frame.file, frame.number);
    }
    return ordered;
  }

  /** The session model of the capture, or of what `keeps` leaves of it, with all tunnels open. */
  model(keeps?: Keeps): OpenModel {
    const { tunnels, ...rest } = this.kept(keeps);
    return { tunnels: tunnels.map(openTunnel), ...rest };
  }

  /** The same as the intake gives it. */
  kept(keeps?: Keeps): SessionModel {
    const intake = new Intake();
    for (const frame of this.captured(keeps)) {
      intake.frame({
        bytes: frame.bytes,
        start: 0,
        end: frame.bytes.length,
        originalLength: frame.bytes.length,
        time: STORY_BEGINS + Math.round(frame.time * 1_000_000),
        nanos: 0,
        linkType: frame.linkType,
        frame: frame.number,
        capture: frame.file,
        direction: 0,
      });
    }
    const model = intake.finish();
    return { ...model, tunnels: tunnelsOfClients(model.tunnels) };
  }

  judge(keeps?: Keeps): Judgement {
    return judge(this.kept(keeps), this.#files());
  }

  /** As `judge`, with what hosts say. */
  judgeBeside(...hosts: readonly HostRecords[]): Judgement {
    const kept = this.kept();
    return judge(kept, this.#files(), { hosts: joinHosts(hosts, kept.tunnels) });
  }

  /** As `judge`, of files that say this about themselves. */
  judgeWith(said: Partial<CaptureFile>): Judgement {
    const files = this.#files().map((file) => ({ ...file, ...said }));
    return judge(this.kept(), files);
  }

  #frame(time: number, bytes: Uint8Array, linkType: number, sender: Role | null, port: Frame["port"]): Frame {
    const frame = { time, bytes, linkType, file: this.#file, sender, port, number: 0 };
    this.frames.push(frame);
    return frame;
  }

  #files(): CaptureFile[] {
    return Array.from({ length: this.#file + 1 }, (_, file) => {
      const own = this.frames.filter((frame) => frame.file === file);
      const times = own.map(({ time }) => STORY_BEGINS + Math.round(time * 1_000_000));
      return {
        file: `story-${file}.pcap`,
        format: "pcap",
        linkTypes: [...new Set(own.map(({ linkType }) => linkType))],
        packets: own.length,
        bytes: own.reduce((sum, { bytes }) => sum + bytes.length, 0),
        firstTime: own.length === 0 ? null : Math.min(...times),
        lastTime: own.length === 0 ? null : Math.max(...times),
        recorded: null,
        nanosecondTimes: false,
        dropped: null,
        stepBack: null,
        filters: [],
        notes: [],
      };
    });
  }
}

/** The same SPI towards another host is another SA. */
function sequenceKey(from: Peer, to: Peer, spi: number): string {
  return `${from.role} ${to.role} ${to.own} ${spi}`;
}

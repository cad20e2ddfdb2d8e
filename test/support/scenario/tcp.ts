import { STREAM_PREFIX } from "../../../src/ike/tcp-record.js";
import { concat, esp, ipv4, ipv6, tcp } from "../packet/index.js";
import { ikeRecord, record } from "../ike/records.js";
import { ikeAuth, ikeAuthAnswer, ikeSaInit, ikeSaInitAnswer } from "./ikev2.js";
import type { Peer } from "./peer.js";
import { type Frame, type Scenario, scenario, type ScenarioOptions } from "./scenario.js";
import type { Message, SaSpis } from "./wire.js";

const FIN = 1;
const SYN = 2;
const RST = 4;
const PSH_ACK = 24;
const ACK = 16;

export interface TcpOptions {
  readonly port?: number;
  readonly clientPort?: number;
  readonly clientSequence?: number;
  readonly serverSequence?: number;
  /** Bytes of a segment at most. */
  readonly segmentSize?: number;
}

/** A segment that waits to be put on the wire. */
export interface Segment {
  readonly packet: Uint8Array;
  readonly from: Peer;
}

/** A TCP connection of a story: the initiator opens it to the responder. */
export class TcpTalk {
  readonly #talk: Scenario;
  readonly #options: Required<TcpOptions>;
  /** Bytes that each end has sent after its SYN. */
  readonly #sent = { client: 0, server: 0 };

  constructor(talk: Scenario, options: TcpOptions = {}) {
    this.#talk = talk;
    this.#options = {
      port: 4500,
      clientPort: 50_123,
      clientSequence: 1000,
      serverSequence: 900_000,
      segmentSize: 1400,
      ...options,
    };
  }

  /** SYN, SYN-ACK, ACK. */
  opens(seconds: number): this {
    this.syn(seconds);
    this.synAck(seconds + 0.02);
    this.#put(seconds + 0.04, this.segment("client", 0, new Uint8Array(0), ACK));
    return this;
  }

  syn(...times: readonly number[]): Frame[] {
    return times.map((seconds) => this.#put(seconds, this.segment("client", -1, new Uint8Array(0), SYN)));
  }

  synAck(seconds: number): Frame {
    return this.#put(seconds, this.segment("server", -1, new Uint8Array(0), SYN | ACK));
  }

  ack(seconds: number, from: "client" | "server"): Frame {
    return this.#put(seconds, this.segment(from, this.#sent[from], new Uint8Array(0), ACK));
  }

  reset(seconds: number, from: "client" | "server"): Frame {
    return this.#put(seconds, this.segment(from, this.#sent[from], new Uint8Array(0), RST | ACK));
  }

  closes(seconds: number, from: "client" | "server"): Frame {
    return this.#put(seconds, this.segment(from, this.#sent[from], new Uint8Array(0), FIN | ACK));
  }

  prefix(seconds: number): Frame[] {
    return this.sends(seconds, "client", STREAM_PREFIX);
  }

  ike(seconds: number, from: "client" | "server", message: Message): Frame[] {
    return this.sends(seconds, from, ikeRecord(this.encode(from, message)));
  }

  esp(seconds: number, from: "client" | "server", sequence: number, size = 80): Frame[] {
    const spi = from === "client" ? 0xc1000001 : 0xc2000001;
    return this.sends(seconds, from, record(esp({ spi, sequence, payload: new Uint8Array(size) })));
  }

  /** IKE_SA_INIT and IKE_AUTH, each answered at once. */
  setsUp(from: number, spis: { readonly sa?: SaSpis } = {}): this {
    this.ike(from, "client", ikeSaInit(spis));
    this.ike(from + 0.05, "server", ikeSaInitAnswer(spis));
    this.ike(from + 0.1, "client", ikeAuth(spis));
    this.ike(from + 0.15, "server", ikeAuthAnswer(spis));
    return this;
  }

  /** Sends bytes in as many segments as they need. */
  sends(seconds: number, from: "client" | "server", bytes: Uint8Array): Frame[] {
    const frames: Frame[] = [];
    const begin = this.#sent[from];
    this.#sent[from] += bytes.length;
    for (let at = 0; at < bytes.length; at += this.#options.segmentSize) {
      const part = bytes.slice(at, at + this.#options.segmentSize);
      frames.push(this.#put(seconds + at * 1e-7, this.segment(from, begin + at, part)));
    }
    return frames;
  }

  /** The same segment once more: what TCP does when nobody acknowledges. */
  again(seconds: number, frame: Frame): Frame {
    return this.#talk.put(seconds, frame.bytes.slice(14), null);
  }

  encode(from: "client" | "server", message: Message): Uint8Array {
    const { port, clientPort } = this.#options;
    const { initiator, responder, sa, agreed } = this.#talk;
    const client = { address: initiator.own, port: clientPort };
    const server = { address: responder.own, port };
    const spis = message.sa ?? sa;
    const role = from === "client" ? "initiator" : "responder";
    return message.encode({
      sa: spis,
      fromInitiator: role === spis.startedBy,
      own: from === "client" ? client : server,
      peer: from === "client" ? server : client,
      agreed,
    });
  }

  /** A segment with the bytes from position `at` of what this end sends. */
  segment(from: "client" | "server", at: number, payload: Uint8Array, flags = PSH_ACK): Segment {
    const { port, clientPort, clientSequence, serverSequence } = this.#options;
    const { initiator, responder } = this.#talk;
    const isClient = from === "client";
    const [sender, receiver] = isClient ? [initiator, responder] : [responder, initiator];
    const body = tcp({
      sourcePort: isClient ? clientPort : port,
      destinationPort: isClient ? port : clientPort,
      sequence: ((isClient ? clientSequence : serverSequence) + 1 + at) >>> 0,
      flags,
      payload,
    });
    const [source, destination] = [sender.own, receiver.own];
    const packet = source.includes(":")
      ? ipv6({ source, destination, protocol: 6, payload: body, hopLimit: sender.ttl })
      : ipv4({
          source,
          destination,
          protocol: 6,
          payload: body,
          ttl: sender.ttl,
          identification: sender.nextIdentification(),
        });
    return { packet, from: sender };
  }

  put(seconds: number, segment: Segment): Frame {
    return this.#put(seconds, segment);
  }

  #put(seconds: number, { packet, from }: Segment): Frame {
    return this.#talk.put(seconds, concat(packet), from.role);
  }
}

/** A tunnel that works over TCP: set up from the SYN on, with some ESP in both directions. */
export function worksOverTcp(
  options: TcpOptions = {},
  story: ScenarioOptions = {},
): { readonly talk: Scenario; readonly wire: TcpTalk } {
  const talk = scenario(story);
  const wire = new TcpTalk(talk, options);
  wire.opens(0);
  wire.prefix(0.05);
  wire.setsUp(0.06);
  for (let sequence = 1; sequence <= 5; sequence++) {
    wire.esp(sequence, "client", sequence);
    wire.esp(sequence + 0.02, "server", sequence);
  }
  return { talk, wire };
}

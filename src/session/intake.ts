import { ipv4At, ipv6At, type Address } from "../bytes/address.js";
import { frameRef, type FrameRef } from "../bytes/frame.js";
import { describeProblem } from "../bytes/problem.js";
import { u16At, u32At } from "../bytes/reader.js";
import type { Micros } from "../bytes/time.js";
import { ENCAPSULATION, StreamTable } from "../esp/stream-table.js";
import { decodeIke } from "../ike/decode.js";
import { IKE_PORT, NAT_T_PORT } from "../ike/ports.js";
import type { TcpRecord } from "../ike/tcp-record.js";
import { classifyUdpPayload, UDP_PAYLOAD, udpPayloadOffset } from "../ike/udp.js";
import { Dissector } from "../packet/dissector.js";
import { HOST_SIDE, type IncompleteDatagram, PACKET, type PacketView } from "../packet/packet.js";
import { digest } from "./digest.js";
import type { SeenMessage } from "./ike-sa-builder.js";
import type {
  CaptureObservations,
  HostSide,
  IcmpAnswer,
  MalformedMessage,
  SessionModel,
  Sighting,
} from "./model.js";
import { SessionBuilder } from "./session-builder.js";
import type { TcpWay } from "./tcp-direction.js";
import { isTcpEncapsulationPort, TcpIntake } from "./tcp-intake.js";
import { TimeOrder } from "./time-order.js";

/** One captured frame as the intake wants it; the record of a capture source fits. */
export interface FrameInput {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly originalLength: number;
  readonly time: Micros;
  readonly nanos: number;
  readonly linkType: number;
  readonly frame: number;
  readonly capture: number;
  /** 1 inbound, 2 outbound, 0 not known. */
  readonly direction: number;
}

type Event =
  | { readonly kind: "message"; readonly time: Micros; readonly seen: SeenMessage }
  | { readonly kind: "icmp"; readonly time: Micros; readonly answer: IcmpAnswer }
  | { readonly kind: "malformed"; readonly time: Micros; readonly message: MalformedMessage };

/** Takes the messages of a capture one by one, in the order of the frames that complete them. */
export interface MessageTap {
  /**
   * A message that was decoded, as a whole or up to its `problem`. Its digest is not computed, and its payloads point into
   * a buffer that is reused: who keeps them copies them.
   */
  message(seen: SeenMessage): void;
  /** A datagram on an IKE port that has not even an IKE header. */
  malformed(message: MalformedMessage): void;
}

const ESP_HEADER_LENGTH = 8;
const AH_HEADER_LENGTH = 12;
const UDP_HEADER_LENGTH = 8;
const UDP = 17;
const CUT_LIMIT = 16;

/**
 * Takes frames and keeps the session model up to date. ESP and skipped frames cost counters only; IKE messages, ICMP
 * errors and broken datagrams become events that reach the model in order of time.
 */
export class Intake {
  readonly #tap: MessageTap | null;
  readonly #dissector: Dissector;
  readonly #streams = new StreamTable();
  readonly #builder = new SessionBuilder();
  readonly #order: TimeOrder<Event>;
  readonly #tcp: TcpIntake;
  readonly #cutIke: { frame: FrameRef; time: Micros }[] = [];
  #cutIkeCount = 0;
  #packets = 0;
  #ikeMessages = 0;
  #espPackets = 0;
  #ahPackets = 0;
  #keepalives = 0;
  #otherPackets = 0;
  #port500 = 0;
  #port4500 = 0;
  #firstTime = Infinity;
  #lastTime = -Infinity;
  #firstFrame: FrameRef | null = null;
  #lastFrame: FrameRef | null = null;

  /** Without a tap, what is taken goes into the session model; with one, messages go there and no model is kept. */
  constructor(tap: MessageTap | null = null) {
    this.#tap = tap;
    this.#dissector = new Dissector({ onIncomplete: (datagram) => this.#incomplete(datagram) });
    this.#order = new TimeOrder((event) => this.#deliver(event));
    this.#tcp = new TcpIntake({
      record: (way, record) => this.#tcpRecord(way, record),
      malformed: (way, reason, frame, time) =>
        this.#malformed({ ...way, frames: [frame], time }, reason, false),
    });
  }

  /** Takes one frame. Never throws, whatever the bytes. */
  frame(record: FrameInput): void {
    this.#packets++;
    const { time } = record;
    const ref = frameRef(record.capture, record.frame);
    if (this.#firstFrame === null) this.#firstFrame = ref;
    this.#lastFrame = ref;
    if (time < this.#firstTime) this.#firstTime = time;
    if (time > this.#lastTime) this.#lastTime = time;
    const { bytes, start, end, originalLength, linkType } = record;
    const { counters } = this.#dissector;
    const fragmentsBefore = counters.fragments;
    const kind = this.#dissector.dissect(bytes, start, end, originalLength, linkType, ref, time);
    const { view } = this.#dissector;
    switch (kind) {
      case PACKET.udp:
        this.#udp(view, record, ref);
        return;
      case PACKET.esp:
        this.#esp(view, ENCAPSULATION.esp, view.payloadStart, view.payloadLength, time, ref);
        return;
      case PACKET.ah:
        this.#ah(view, time, ref);
        return;
      case PACKET.icmpError:
        this.#icmp(view, time, ref);
        return;
      case PACKET.tcp:
        if (!this.#isIpsecInTcp(view, record, ref)) this.#otherPackets++;
        return;
      case PACKET.skipped:
        // A fragment that was put aside may belong to an IKE message: it proves nothing about a filter.
        if (counters.fragments === fragmentsBefore) this.#otherPackets++;
        return;
    }
  }

  /** The model of everything taken so far. Ends the intake: pending fragments are given up. */
  finish(): SessionModel {
    this.#dissector.finish();
    const connections = this.#tcp.finish();
    this.#order.flush();
    for (const stream of this.#streams.streams()) this.#builder.stream(stream);
    for (const connection of connections) this.#builder.tcpConnection(connection);
    return { tunnels: this.#builder.build(), observations: this.#observations() };
  }

  #observations(): CaptureObservations {
    const any = this.#packets > 0;
    return {
      packets: this.#packets,
      firstTime: any ? this.#firstTime : null,
      lastTime: any ? this.#lastTime : null,
      firstFrame: this.#firstFrame,
      lastFrame: this.#lastFrame,
      ikeMessages: this.#ikeMessages,
      espPackets: this.#espPackets,
      ahPackets: this.#ahPackets,
      keepalives: this.#keepalives,
      otherPackets: this.#otherPackets,
      port500: this.#port500,
      port4500: this.#port4500,
      cutIke: this.#cutIke,
      cutIkeCount: this.#cutIkeCount,
      tunnelsNotKept: this.#builder.tunnelsNotKept,
      espUntracked: this.#streams.untracked,
    };
  }

  #udp(view: PacketView, record: FrameInput, ref: FrameRef): void {
    const { bytes, payloadStart, payloadEnd, payloadLength, sourcePort, destinationPort } = view;
    const kind = classifyUdpPayload(
      bytes,
      payloadStart,
      payloadEnd,
      payloadLength,
      sourcePort,
      destinationPort,
    );
    if (kind === UDP_PAYLOAD.notIpsec) {
      this.#otherPackets++;
      return;
    }
    if (sourcePort === NAT_T_PORT || destinationPort === NAT_T_PORT) this.#port4500++;
    else if (sourcePort === IKE_PORT || destinationPort === IKE_PORT) this.#port500++;
    const offset = udpPayloadOffset(kind);
    switch (kind) {
      case UDP_PAYLOAD.esp:
      case UDP_PAYLOAD.espWithMarker:
        this.#esp(
          view,
          ENCAPSULATION.espInUdp,
          payloadStart + offset,
          payloadLength - offset,
          record.time,
          ref,
        );
        return;
      case UDP_PAYLOAD.keepalive:
        this.#keepalives++;
        this.#builder.keepalive(sourceOf(view), destinationOf(view), record.time);
        return;
      case UDP_PAYLOAD.ike:
      case UDP_PAYLOAD.ikeWithMarker:
        this.#ike(view, offset, record, ref);
        return;
      case UDP_PAYLOAD.malformed:
        this.#malformed(sightingOf(view, record, ref), "too short for IKE or ESP", isCut(view));
    }
  }

  #esp(
    view: PacketView,
    encapsulation: number,
    at: number,
    length: number,
    time: Micros,
    ref: FrameRef,
  ): void {
    this.#espPackets++;
    if (view.payloadEnd - at < ESP_HEADER_LENGTH) return;
    const { bytes } = view;
    this.#streams.count(
      view.addressBytes,
      view.sourceAt,
      view.destinationAt,
      view.ipVersion,
      encapsulation,
      encapsulation === ENCAPSULATION.espInUdp ? view.sourcePort : 0,
      encapsulation === ENCAPSULATION.espInUdp ? view.destinationPort : 0,
      u32At(bytes, at),
      u32At(bytes, at + 4),
      length,
      time,
      ref,
    );
  }

  /** AH: next header, length, reserved, SPI, sequence number (RFC 4302 2). */
  #ah(view: PacketView, time: Micros, ref: FrameRef): void {
    this.#ahPackets++;
    const at = view.payloadStart;
    if (view.payloadEnd - at < AH_HEADER_LENGTH) return;
    const { addressBytes, sourceAt, destinationAt, ipVersion, bytes, payloadLength } = view;
    const [spi, sequence] = [u32At(bytes, at + 4), u32At(bytes, at + 8)];
    this.#streams.count(
      addressBytes,
      sourceAt,
      destinationAt,
      ipVersion,
      ENCAPSULATION.ah,
      0,
      0,
      spi,
      sequence,
      payloadLength,
      time,
      ref,
    );
  }

  #ike(view: PacketView, offset: number, record: FrameInput, ref: FrameRef): void {
    this.#ikeMessages++;
    const cut = isCut(view);
    if (cut) {
      this.#cutIkeCount++;
      if (this.#cutIke.length < CUT_LIMIT) this.#cutIke.push({ frame: ref, time: record.time });
    }
    const bytes = view.bytes.subarray(view.payloadStart + offset, view.payloadEnd);
    // The model keeps the message, but the view's buffer is reused for the next frame; a tap is done when it returns.
    this.#decoded(this.#tap === null ? bytes.slice() : bytes, sightingOf(view, record, ref), cut);
  }

  #isIpsecInTcp(view: PacketView, record: FrameInput, ref: FrameRef): boolean {
    return (
      isTcpEncapsulationPort(view.sourcePort, view.destinationPort) &&
      this.#tcp.segment(view, ref, record.time, record.nanos, hostSideOf(view, record))
    );
  }

  /** What a record in a TCP stream holds is what a UDP packet on port 4500 holds (RFC 9329 section 3). */
  #tcpRecord(way: TcpWay, record: TcpRecord): void {
    switch (record.kind) {
      case UDP_PAYLOAD.esp:
      case UDP_PAYLOAD.espWithMarker:
        this.#tcpEsp(way, record);
        return;
      case UDP_PAYLOAD.keepalive:
        this.#keepalives++;
        this.#builder.keepalive(way.source.address, way.destination.address, record.time);
        return;
      case UDP_PAYLOAD.ike:
      case UDP_PAYLOAD.ikeWithMarker:
        this.#tcpIke(way, record);
        return;
      case UDP_PAYLOAD.malformed:
      case UDP_PAYLOAD.notIpsec:
        if (record.missing !== null) return;
        this.#malformed(tcpSighting(way, record), "too short for IKE or ESP", false);
    }
  }

  #tcpEsp(way: TcpWay, { bytes, start, end, length, frames, time }: TcpRecord): void {
    this.#espPackets++;
    if (end - start < ESP_HEADER_LENGTH) return;
    this.#streams.count(
      way.addressBytes,
      way.sourceAt,
      way.destinationAt,
      way.ipVersion,
      ENCAPSULATION.espInTcp,
      way.source.port,
      way.destination.port,
      u32At(bytes, start),
      u32At(bytes, start + 4),
      length,
      time,
      frames[0] ?? 0,
    );
  }

  #tcpIke(way: TcpWay, record: TcpRecord): void {
    this.#ikeMessages++;
    const { bytes, start, end, frames, time, missing } = record;
    if (missing === "cut") {
      this.#cutIkeCount++;
      if (this.#cutIke.length < CUT_LIMIT) this.#cutIke.push({ frame: frames[0] ?? 0, time });
    }
    const message = bytes.subarray(start, end);
    this.#decoded(this.#tap === null ? message.slice() : message, tcpSighting(way, record), missing !== null);
  }

  #decoded(bytes: Uint8Array, sighting: Unplaced, cut: boolean): void {
    const decoded = decodeIke(bytes);
    if (!decoded.ok) {
      this.#malformed(sighting, describeProblem(decoded.problem), cut);
      return;
    }
    const { message } = decoded;
    const fragment = message.payloads.find((payload) => payload.kind === "encrypted")?.fragment?.number ?? 0;
    sighting.fragment = fragment;
    if (this.#tap !== null) {
      this.#tap.message({ message, digest: 0, sighting });
      return;
    }
    const isPart = cut || sighting.missingFragments !== null;
    if (message.problem !== null && !isPart) {
      this.#malformed(sighting, describeProblem(message.problem), false);
      if (message.payloads.length === 0) return;
    }
    const seen = { message, digest: digest(bytes), sighting };
    this.#order.push({ kind: "message", time: sighting.time, seen });
  }

  #malformed(
    sighting: Pick<Sighting, "frames" | "time" | "source" | "destination">,
    reason: string,
    cutBySnapLength: boolean,
  ): void {
    const { time, source, destination } = sighting;
    const frame = sighting.frames[0] ?? 0;
    const message = { frame, time, source, destination, reason, cutBySnapLength };
    if (this.#tap !== null) this.#tap.malformed(message);
    else this.#order.push({ kind: "malformed", time, message });
  }

  #icmp(view: PacketView, time: Micros, frame: FrameRef): void {
    const error = view.icmp;
    if (error === null || !isAboutIpsec(error.quoted)) {
      this.#otherPackets++;
      return;
    }
    const answer = {
      time,
      frame,
      source: sourceOf(view),
      destination: destinationOf(view),
      ttl: view.ttl,
      error,
    };
    this.#order.push({ kind: "icmp", time, answer });
  }

  /** A datagram that never became whole: with its head it still names its message, without it only its peers. */
  #incomplete(datagram: IncompleteDatagram): void {
    const { head, source, destination } = datagram;
    const first = datagram.fragments[0];
    if (first === undefined || datagram.protocol !== UDP) return;
    if (head.length < UDP_HEADER_LENGTH) {
      this.#builder.strayFragments(datagram);
      return;
    }
    const [sourcePort, destinationPort] = [u16At(head, 0), u16At(head, 2)];
    const declared = u16At(head, 4) - UDP_HEADER_LENGTH;
    const kind = classifyUdpPayload(
      head,
      UDP_HEADER_LENGTH,
      head.length,
      declared,
      sourcePort,
      destinationPort,
    );
    if (kind !== UDP_PAYLOAD.ike && kind !== UDP_PAYLOAD.ikeWithMarker) return;
    this.#ikeMessages++;
    this.#decoded(
      head.slice(UDP_HEADER_LENGTH + udpPayloadOffset(kind)),
      {
        time: first.time,
        nanos: 0,
        frames: datagram.fragments.map(({ frame }) => frame),
        source: { address: source, port: sourcePort },
        destination: { address: destination, port: destinationPort },
        bytes: declared,
        ipFragments: datagram.fragments.length,
        missingFragments: datagram,
        fragment: 0,
        ttl: 0,
        identification: datagram.identification,
        hostSide: "unknown",
        transport: "udp",
      },
      datagram.reason === "snap-length",
    );
  }

  #deliver(event: Event): void {
    switch (event.kind) {
      case "message":
        this.#builder.message(event.seen);
        return;
      case "icmp":
        this.#builder.icmp(event.answer);
        return;
      case "malformed":
        this.#builder.malformed(event.message);
    }
  }
}

const RELATED_PROTOCOLS = new Set([50, 51]);

function isAboutIpsec(quoted: {
  readonly protocol: number;
  readonly sourcePort: number;
  readonly destinationPort: number;
}): boolean {
  if (RELATED_PROTOCOLS.has(quoted.protocol)) return true;
  const isIkePort = (port: number): boolean => port === IKE_PORT || port === NAT_T_PORT;
  return quoted.protocol === UDP && (isIkePort(quoted.sourcePort) || isIkePort(quoted.destinationPort));
}

function isCut(view: PacketView): boolean {
  return view.payloadEnd - view.payloadStart < view.payloadLength;
}

/** A sighting whose IKE fragment number is not known before the message is decoded. */
type Unplaced = Omit<Sighting, "fragment"> & { fragment: number };

function sightingOf(view: PacketView, record: FrameInput, ref: FrameRef): Unplaced {
  const { fragments } = view;
  return {
    time: fragments?.[0]?.time ?? record.time,
    nanos: record.nanos,
    frames: fragments === null ? [ref] : fragments.map(({ frame }) => frame),
    source: { address: sourceOf(view), port: view.sourcePort },
    destination: { address: destinationOf(view), port: view.destinationPort },
    bytes: view.payloadLength,
    ipFragments: fragments?.length ?? 1,
    missingFragments: null,
    fragment: 0,
    ttl: view.ttl,
    identification: view.identification,
    hostSide: hostSideOf(view, record),
    transport: "udp",
  };
}

function tcpSighting(way: TcpWay, { time, nanos, frames, length }: TcpRecord): Unplaced {
  return {
    time,
    nanos,
    frames: [...frames],
    source: way.source,
    destination: way.destination,
    bytes: length,
    ipFragments: 1,
    missingFragments: null,
    fragment: 0,
    ttl: way.ttl,
    identification: way.identification,
    hostSide: way.hostSide,
    transport: "tcp",
  };
}

function hostSideOf(view: PacketView, record: FrameInput): HostSide {
  if (view.hostSide === HOST_SIDE.sent || record.direction === 2) return "sent";
  if (view.hostSide === HOST_SIDE.received || record.direction === 1) return "received";
  return "unknown";
}

function sourceOf(view: PacketView): Address {
  return addressAt(view, view.sourceAt);
}

function destinationOf(view: PacketView): Address {
  return addressAt(view, view.destinationAt);
}

function addressAt({ ipVersion, addressBytes }: PacketView, at: number): Address {
  return ipVersion === 4 ? ipv4At(addressBytes, at) : ipv6At(addressBytes, at);
}

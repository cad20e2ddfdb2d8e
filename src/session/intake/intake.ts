import { frameRef, type FrameRef } from "../../bytes/frame.js";
import { u16At } from "../../bytes/reader.js";
import type { Micros } from "../../bytes/time.js";
import type { EspKernel } from "../../esp/kernel.js";
import { ENCAPSULATION } from "../../esp/stream.js";
import { IKE_PORT, NAT_T_PORT } from "../../ike/ports.js";
import type { TcpRecord } from "../../ike/tcp-record.js";
import { classifyUdpPayload, UDP_PAYLOAD, udpPayloadOffset } from "../../ike/udp.js";
import { Dissector } from "../../packet/dissector.js";
import { type IncompleteDatagram, PACKET, type PacketView, type QuotedPacket } from "../../packet/packet.js";
import type { StreamTable } from "../../esp/stream-table.js";
import type { CaptureObservations, ClearFlow, SessionModel } from "../model.js";
import { SessionBuilder, type SessionOptions } from "../session-builder.js";
import { ClearFlows } from "./clear-flows.js";
import { CaptureCounters } from "./counters.js";
import { EspIntake } from "./esp-intake.js";
import { MessageIntake, type MessageTap } from "./message-intake.js";
import {
  destinationOf,
  type FrameInput,
  hostSideOf,
  partialSighting,
  sourceOf,
  tcpSighting,
  udpSighting,
} from "./sightings.js";
import type { ReadySource } from "./skimmer.js";
import type { TcpWay } from "./tcp-direction.js";
import { isTcpEncapsulationPort, TcpIntake } from "./tcp-intake.js";

const UDP_HEADER_LENGTH = 8;
const PROTOCOL_UDP = 17;
const PROTOCOL_ESP = 50;
const PROTOCOL_AH = 51;

/** How frames are taken; nothing of it is needed for a capture that is read to its end. */
export interface IntakeOptions {
  /** Takes the messages in place of the session model: then no model is kept. */
  readonly tap?: MessageTap;
  /** Makes the ESP of captures that are read into its memory fast. */
  readonly kernel?: EspKernel;
  /** For a program that watches: what is filed where, as it is filed. Packets are to come in order of time. */
  readonly session?: SessionOptions;
  /** How long a fragmented datagram is waited for, capture time. */
  readonly reassembly?: Micros;
}

/**
 * Takes frames and keeps the session model up to date. ESP and skipped frames cost counters only; IKE messages, ICMP
 * errors and broken datagrams become events that reach the model in order of time.
 */
export class Intake {
  readonly #dissector: Dissector;
  readonly #counters = new CaptureCounters();
  readonly #esp: EspIntake;
  readonly #clear = new ClearFlows();
  readonly #builder: SessionBuilder;
  readonly #messages: MessageIntake;
  readonly #tcp: TcpIntake;
  readonly #isWatched: boolean;
  readonly #reassembly: Micros | null;

  constructor({ tap, kernel, session, reassembly }: IntakeOptions = {}) {
    this.#isWatched = session?.watch !== undefined;
    this.#reassembly = reassembly ?? null;
    this.#builder = new SessionBuilder(session);
    this.#esp = new EspIntake(kernel ?? null);
    this.#messages = new MessageIntake(this.#builder, tap ?? null, this.#isWatched);
    this.#dissector = new Dissector({
      onIncomplete: (datagram) => this.#incomplete(datagram),
      ...(reassembly === undefined ? {} : { limits: { timeout: reassembly } }),
    });
    this.#tcp = new TcpIntake({
      record: (way, record) => this.#tcpRecord(way, record),
      malformed: (way, reason, frame, time) =>
        this.#messages.malformed({ ...way, frames: [frame], time }, reason, false),
    });
  }

  /**
   * Takes what is nothing but ESP in order from the front of a source's records that lie ready; the next record is for
   * {@link frame}.
   */
  skim(source: ReadySource): void {
    const records = source.ready;
    if (records === null) return;
    const { skimmer } = this.#esp;
    if (skimmer === null) return;
    const from = records.position;
    const packets = skimmer.skim(records, source, this.#dissector);
    if (packets === 0) return;
    this.#clear.skimmed(records, from, skimmer.lastTime);
    this.#dissector.countSkimmed(packets);
    const last = frameRef(records.capture, records.nextFrame - 1);
    this.#counters.skimmed(packets, skimmer.inUdp, last, skimmer.lastTime);
  }

  /** Takes one frame. Never throws, whatever the bytes. */
  frame(record: FrameInput): void {
    const ref = this.#counters.frame(record);
    const dissected = this.#dissector.counters;
    const { fragments: fragmentsBefore, otherProtocol: othersBefore } = dissected;
    const kind = this.#dissector.dissect(record, ref);
    const { view } = this.#dissector;
    switch (kind) {
      case PACKET.udp:
        this.#udp(view, record, ref);
        return;
      case PACKET.esp:
        this.#counters.espPackets++;
        this.#esp.esp(view, ENCAPSULATION.esp, 0, record, ref);
        this.#clear.esp(view, record);
        return;
      case PACKET.ah:
        this.#counters.ahPackets++;
        this.#esp.ah(view, record, ref);
        return;
      case PACKET.icmpError:
        this.#icmp(view, record.time, ref);
        return;
      case PACKET.tcp:
        if (!this.#isIpsecInTcp(view, record, ref)) this.#other(view, record, ref);
        return;
      case PACKET.skipped:
        // A fragment that was put aside may belong to an IKE message: it proves nothing about a filter.
        if (dissected.otherProtocol !== othersBefore) this.#other(view, record, ref);
        else if (dissected.fragments === fragmentsBefore) this.#counters.otherPackets++;
        return;
    }
  }

  /** The model of everything taken so far. Ends the intake: pending fragments are given up. */
  finish(): SessionModel {
    this.#dissector.finish();
    const connections = this.#tcp.finish();
    this.#messages.flush();
    if (this.#isWatched) this.#builder.tcpConnections(connections);
    else {
      for (const stream of this.#esp.streams()) this.#builder.stream(stream);
      for (const connection of connections) this.#builder.tcpConnection(connection);
    }
    return {
      tunnels: this.#builder.build(),
      clearFlows: this.#clear.flows(),
      observations: this.observations(),
    };
  }

  /** What the capture as a whole showed up to now. */
  observations(): CaptureObservations {
    const { evicted } = this.#esp;
    return this.#counters.observations({
      tunnels: this.#builder.tunnelsNotKept,
      espPackets: evicted.packets,
      espStreams: evicted.streams,
    });
  }

  /** The session as it grows; for a program that watches. */
  get session(): SessionBuilder {
    return this.#builder;
  }

  get streams(): StreamTable {
    return this.#esp.table;
  }

  clearFlows(): readonly ClearFlow[] {
    return this.#clear.flows();
  }

  /** Says how late it is where no frame does: fragments that waited too long are given up. */
  advance(now: Micros): void {
    this.#dissector.expire(now);
    if (this.#reassembly !== null) this.#messages.giveUpBefore(now - this.#reassembly);
  }

  /** Tells the session of the TCP connections as they stand; those that ended before `since` are forgotten. */
  refreshTcp(since: Micros): void {
    if (!this.#tcp.isIdle) this.#builder.tcpConnections(this.#tcp.current(since));
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
      this.#other(view, record, ref);
      return;
    }
    this.#counters.port(sourcePort, destinationPort);
    const offset = udpPayloadOffset(kind);
    switch (kind) {
      case UDP_PAYLOAD.esp:
      case UDP_PAYLOAD.espWithMarker:
        this.#counters.espPackets++;
        this.#esp.esp(view, ENCAPSULATION.espInUdp, offset, record, ref);
        this.#clear.esp(view, record);
        return;
      case UDP_PAYLOAD.keepalive:
        this.#counters.keepalives++;
        this.#builder.keepalive(sourceOf(view), destinationOf(view), record.time);
        return;
      case UDP_PAYLOAD.ike:
      case UDP_PAYLOAD.ikeWithMarker: {
        this.#counters.ikeMessages++;
        this.#clear.ike(view, record);
        if (isCut(view)) this.#counters.cutMessage(ref, record.time);
        const message = bytes.subarray(payloadStart + offset, payloadEnd);
        this.#messages.message(message, udpSighting(view, record, ref), isCut(view));
        return;
      }
      case UDP_PAYLOAD.malformed:
        this.#messages.malformed(udpSighting(view, record, ref), "too short for IKE or ESP", isCut(view));
    }
  }

  /** A packet that is no IPsec; the view shows its IP header. */
  #other(view: PacketView, record: FrameInput, ref: FrameRef): void {
    this.#counters.otherPackets++;
    this.#clear.packet(view, record, ref);
  }

  #isIpsecInTcp(view: PacketView, record: FrameInput, ref: FrameRef): boolean {
    return (
      isTcpEncapsulationPort(view.sourcePort, view.destinationPort) &&
      this.#tcp.segment(view, ref, record.time, record.nanos, hostSideOf(view, record))
    );
  }

  /** What a record in a TCP stream holds is what a UDP packet on port 4500 holds (RFC 9329 section 3). */
  #tcpRecord(way: TcpWay, record: TcpRecord): void {
    const { bytes, start, end, frames, time, missing } = record;
    switch (record.kind) {
      case UDP_PAYLOAD.esp:
      case UDP_PAYLOAD.espWithMarker:
        this.#counters.espPackets++;
        this.#esp.tcp(way, record);
        return;
      case UDP_PAYLOAD.keepalive:
        this.#counters.keepalives++;
        this.#builder.keepalive(way.source.address, way.destination.address, time);
        return;
      case UDP_PAYLOAD.ike:
      case UDP_PAYLOAD.ikeWithMarker:
        this.#counters.ikeMessages++;
        if (missing === "cut") this.#counters.cutMessage(frames[0] ?? 0, time);
        this.#messages.message(bytes.subarray(start, end), tcpSighting(way, record), missing !== null);
        return;
      case UDP_PAYLOAD.malformed:
      case UDP_PAYLOAD.notIpsec:
        if (missing !== null) return;
        this.#messages.malformed(tcpSighting(way, record), "too short for IKE or ESP", false);
    }
  }

  #icmp(view: PacketView, time: Micros, frame: FrameRef): void {
    const error = view.icmp;
    if (error === null || !isAboutIpsec(error.quoted)) {
      this.#counters.otherPackets++;
      return;
    }
    const [source, destination] = [sourceOf(view), destinationOf(view)];
    this.#messages.icmp({ time, frame, source, destination, ttl: view.ttl, error });
  }

  /** A datagram that never became whole: with its head it still names its message, without it only its peers. */
  #incomplete(datagram: IncompleteDatagram): void {
    const { head } = datagram;
    const first = datagram.fragments[0];
    if (first === undefined || datagram.protocol !== PROTOCOL_UDP) return;
    if (head.length < UDP_HEADER_LENGTH) {
      this.#builder.strayFragments(datagram);
      return;
    }
    const ports = { source: u16At(head, 0), destination: u16At(head, 2) };
    const length = u16At(head, 4) - UDP_HEADER_LENGTH;
    const kind = classifyUdpPayload(
      head,
      UDP_HEADER_LENGTH,
      head.length,
      length,
      ports.source,
      ports.destination,
    );
    if (kind !== UDP_PAYLOAD.ike && kind !== UDP_PAYLOAD.ikeWithMarker) return;
    this.#counters.ikeMessages++;
    const message = head.subarray(UDP_HEADER_LENGTH + udpPayloadOffset(kind));
    const sighting = partialSighting(datagram, first.time, ports, length);
    this.#messages.message(message, sighting, datagram.reason === "snap-length");
  }
}

function isAboutIpsec({ protocol, sourcePort, destinationPort }: QuotedPacket): boolean {
  if (protocol === PROTOCOL_ESP || protocol === PROTOCOL_AH) return true;
  const isOurs = (port: number): boolean => port === IKE_PORT || port === NAT_T_PORT;
  return protocol === PROTOCOL_UDP && (isOurs(sourcePort) || isOurs(destinationPort));
}

function isCut(view: PacketView): boolean {
  return view.payloadEnd - view.payloadStart < view.payloadLength;
}

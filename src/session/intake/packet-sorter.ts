import type { FrameRef } from "../../bytes/frame.js";
import { u16At } from "../../bytes/reader.js";
import type { Micros } from "../../bytes/time.js";
import { ENCAPSULATION } from "../../esp/stream.js";
import { IKE_PORT, NAT_T_PORT } from "../../ike/ports.js";
import { whyNotIke } from "../../ike/credible-header.js";
import type { TcpRecord } from "../../ike/tcp-record.js";
import { classifyUdpPayload, UDP_PAYLOAD, udpPayloadOffset } from "../../ike/udp.js";
import {
  type IncompleteDatagram,
  PACKET,
  type PacketKind,
  type PacketView,
  type QuotedPacket,
} from "../../packet/packet.js";
import type { SessionBuilder } from "../session-builder.js";
import type { ClearFlows } from "./clear-flows.js";
import type { CaptureCounters } from "./counters.js";
import type { EspIntake } from "./esp-intake.js";
import type { MessageIntake } from "./message-intake.js";
import {
  destinationOf,
  type FrameInput,
  hostSideOf,
  partialSighting,
  sourceOf,
  tcpSighting,
  udpSighting,
} from "./sightings.js";
import type { TcpSender } from "./tcp-direction.js";
import { isTcpEncapsulationPort, TcpIntake } from "./tcp-intake.js";

const BROKEN_FRAGMENT = "an IP fragment with more behind it, of a length that is no multiple of 8";
const TOO_SHORT = "too short for IKE or ESP";
const UDP_HEADER_LENGTH = 8;
const PROTOCOL_UDP = 17;
const PROTOCOL_ESP = 50;
const PROTOCOL_AH = 51;

/** The takers of packets by their kind. */
interface Takers {
  readonly counters: CaptureCounters;
  readonly esp: EspIntake;
  readonly clear: ClearFlows;
  readonly messages: MessageIntake;
  readonly session: SessionBuilder;
}

/** Finds out what a packet is, IKE, ESP or neither, and hands it to whom it concerns. */
export class PacketSorter {
  readonly tcp: TcpIntake;
  readonly #counters: CaptureCounters;
  readonly #esp: EspIntake;
  readonly #clear: ClearFlows;
  readonly #messages: MessageIntake;
  readonly #session: SessionBuilder;

  constructor({ counters, esp, clear, messages, session }: Takers) {
    this.#counters = counters;
    this.#esp = esp;
    this.#clear = clear;
    this.#messages = messages;
    this.#session = session;
    this.tcp = new TcpIntake({
      record: (way, record) => this.#tcpRecord(way, record),
      malformed: (way, reason, frame, time) =>
        messages.malformed({ ...way, frames: [frame], time }, reason, false),
    });
  }

  /** A packet that was dissected. */
  packet(
    kind: Exclude<PacketKind, typeof PACKET.skipped>,
    view: PacketView,
    record: FrameInput,
    ref: FrameRef,
  ): void {
    switch (kind) {
      case PACKET.udp:
        this.#udp(view, record, ref);
        return;
      case PACKET.esp:
        this.#counters.espPackets++;
        this.#counters.nativeEsp++;
        this.#esp.esp(view, ENCAPSULATION.esp, 0, record, ref);
        this.#clear.esp(view, record);
        return;
      case PACKET.ah:
        this.#counters.ahPackets++;
        this.#esp.ah(view, record, ref);
        this.#clear.esp(view, record);
        return;
      case PACKET.icmpError:
        this.#icmp(view, record.time, ref);
        return;
      case PACKET.tcp:
        if (!this.#isIpsecInTcp(view, record, ref)) this.other(view, record, ref);
        return;
    }
  }

  /** A packet that is no IPsec; the view shows its IP header. */
  other(view: PacketView, record: FrameInput, ref: FrameRef): void {
    this.#counters.otherPackets++;
    this.#clear.packet(view, record, ref);
  }

  /** The first fragment of a datagram that cannot be put together. The model has no use for it. */
  brokenFragment(view: PacketView, record: FrameInput, ref: FrameRef): void {
    const { sourcePort, destinationPort } = view;
    if (!this.#messages.isTapped || !isIpsecPort(sourcePort, destinationPort)) return;
    this.#messages.malformed(udpSighting(view, record, ref), BROKEN_FRAGMENT, isCut(view));
  }

  /** A datagram that never became whole: with its head it still names its message, without it only its peers. */
  incomplete(datagram: IncompleteDatagram): void {
    const { head } = datagram;
    const first = datagram.fragments[0];
    if (datagram.protocol === PROTOCOL_ESP) this.#session.brokenEsp(datagram);
    if (first === undefined || datagram.protocol !== PROTOCOL_UDP) return;
    if (head.length < UDP_HEADER_LENGTH) {
      this.#session.strayFragments(datagram);
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
    if (kind === UDP_PAYLOAD.esp || kind === UDP_PAYLOAD.espWithMarker) this.#session.brokenEsp(datagram);
    const isCutShort = datagram.reason === "snap-length";
    const sighting = partialSighting(datagram, first.time, ports, length);
    if (kind === UDP_PAYLOAD.ike || kind === UDP_PAYLOAD.ikeWithMarker) {
      this.#counters.ikeMessages++;
      const message = head.subarray(UDP_HEADER_LENGTH + udpPayloadOffset(kind));
      this.#messages.message(message, sighting, isCutShort);
    } else if (kind === UDP_PAYLOAD.notIpsec && this.#showsDoubtful(ports.source, ports.destination)) {
      const reason = whyNotIke(head, UDP_HEADER_LENGTH, head.length, length);
      this.#messages.malformed(sighting, reason, isCutShort);
    } else if (kind === UDP_PAYLOAD.malformed && this.#messages.isTapped) {
      this.#messages.malformed(sighting, TOO_SHORT, isCutShort);
    }
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
      if (this.#showsDoubtful(sourcePort, destinationPort)) {
        const reason = whyNotIke(bytes, payloadStart, payloadEnd, payloadLength);
        this.#messages.malformed(udpSighting(view, record, ref), reason, isCut(view));
      }
      this.other(view, record, ref);
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
        this.#session.keepalive(sourceOf(view), destinationOf(view), record.time);
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
        this.#messages.malformed(udpSighting(view, record, ref), TOO_SHORT, isCut(view));
    }
  }

  /** Anything on the port of IKE may be meant as IKE: who asks for every message sees what is wrong with it. */
  #showsDoubtful(source: number, destination: number): boolean {
    return this.#messages.isTapped && (source === IKE_PORT || destination === IKE_PORT);
  }

  #isIpsecInTcp(view: PacketView, record: FrameInput, ref: FrameRef): boolean {
    return (
      isTcpEncapsulationPort(view.sourcePort, view.destinationPort) &&
      this.tcp.segment(view, ref, record.time, record.nanos, hostSideOf(view, record))
    );
  }

  /** A record in a TCP stream holds the same as a UDP packet on port 4500 (RFC 9329 section 3). */
  #tcpRecord(way: TcpSender, record: TcpRecord): void {
    const { bytes, start, end, frames, time, missing } = record;
    switch (record.kind) {
      case UDP_PAYLOAD.esp:
      case UDP_PAYLOAD.espWithMarker:
        this.#counters.espPackets++;
        this.#esp.tcp(way, record);
        return;
      case UDP_PAYLOAD.keepalive:
        this.#counters.keepalives++;
        this.#session.keepalive(way.source.address, way.destination.address, time);
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
        this.#messages.malformed(tcpSighting(way, record), TOO_SHORT, false);
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
}

function isAboutIpsec({ protocol, sourcePort, destinationPort }: QuotedPacket): boolean {
  if (protocol === PROTOCOL_ESP || protocol === PROTOCOL_AH) return true;
  return protocol === PROTOCOL_UDP && isIpsecPort(sourcePort, destinationPort);
}

function isIpsecPort(source: number, destination: number): boolean {
  const isOurs = (port: number): boolean => port === IKE_PORT || port === NAT_T_PORT;
  return isOurs(source) || isOurs(destination);
}

function isCut(view: PacketView): boolean {
  return view.payloadEnd - view.payloadStart < view.payloadLength;
}

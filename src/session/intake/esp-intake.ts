import type { FrameRef } from "../../bytes/frame.js";
import { u32At } from "../../bytes/reader.js";
import type { Micros } from "../../bytes/time.js";
import type { ClearContent } from "../../esp/content-account.js";
import { ENCAPSULATION, type EspStream } from "../../esp/stream.js";
import type { EspKernel } from "../../esp/kernel.js";
import { MOST_STREAMS, StreamTable } from "../../esp/stream-table.js";
import type { TcpRecord } from "../../ike/tcp-record.js";
import type { PacketView } from "../../packet/packet.js";
import { readablePacket } from "../../packet/ip/readable.js";
import { readableTransport } from "../../packet/transport/readable.js";
import type { EspTap } from "./esp-tap.js";
import type { EspOpener } from "./openers.js";
import { destinationOf, sourceOf } from "./sightings.js";
import { Skimmer } from "./skimmer.js";
import type { TcpSender } from "./tcp-direction.js";

const ESP_HEADER_LENGTH = 8;
const AH_HEADER_LENGTH = 12;

/** An object with a time; a time as an argument would be boxed for each packet. */
interface Timed {
  readonly time: Micros;
}

/** Counts ESP and AH packets into their streams, wherever they come from. */
export class EspIntake {
  readonly #streams: StreamTable;
  readonly #skimmer: Skimmer | null;
  readonly #opener: EspOpener | null;
  readonly #tap: EspTap | null;

  /** With a kernel, packets in order can be skimmed from records in its memory, and as many streams are kept as fit there. */
  constructor(kernel: EspKernel | null, opener: EspOpener | null = null, tap: EspTap | null = null) {
    this.#opener = opener;
    this.#tap = tap;
    this.#streams = new StreamTable(MOST_STREAMS, kernel);
    this.#skimmer = kernel === null ? null : new Skimmer(kernel, this.#streams);
  }

  get table(): StreamTable {
    return this.#streams;
  }

  get skimmer(): Skimmer | null {
    return this.#skimmer;
  }

  /** The ESP packet in the view, `offset` bytes behind the start of its payload. */
  esp(view: PacketView, encapsulation: number, offset: number, at: Timed, frame: FrameRef): void {
    const start = view.payloadStart + offset;
    if (view.payloadEnd - start < ESP_HEADER_LENGTH) return;
    const isInUdp = encapsulation === ENCAPSULATION.espInUdp;
    const { sourcePort, destinationPort } = view;
    this.#addresses(view);
    const { packet } = this.#streams;
    packet.stream(encapsulation, isInUdp ? sourcePort : 0, isInUdp ? destinationPort : 0, view.bytes, start);
    const record = this.#count(view, start + 4, view.payloadLength - offset, at, frame);
    if (this.#opener !== null) this.#open(this.#opener, view, start, at.time, frame);
    if (record < 0) return;
    if (view.fragments !== null) this.#streams.countFragmented(record);
    if (this.#streams.wantsSample(record)) {
      const { bytes, payloadEnd, payloadStart, payloadLength } = view;
      this.#streams.sample(record, contentOf(bytes, start, payloadEnd, payloadStart + payloadLength));
    }
  }

  /** AH: next header, length, reserved, SPI, sequence number (RFC 4302 2). */
  ah(view: PacketView, at: Timed, frame: FrameRef): void {
    const { bytes, payloadStart: start } = view;
    if (view.payloadEnd - start < AH_HEADER_LENGTH) return;
    this.#addresses(view);
    this.#streams.packet.stream(ENCAPSULATION.ah, 0, 0, bytes, start + 4);
    this.#count(view, start + 8, view.payloadLength, at, frame);
  }

  /** An ESP packet that lay in a TCP stream. */
  tcp(way: TcpSender, { bytes, start, end, length, frames, time }: TcpRecord): void {
    if (end - start < ESP_HEADER_LENGTH) return;
    const { packet } = this.#streams;
    if (way.ipVersion === 4) packet.ipv4(way.addressBytes, way.sourceAt, way.destinationAt);
    else packet.ipv6(way.addressBytes, way.sourceAt, way.destinationAt);
    packet.stream(ENCAPSULATION.espInTcp, way.source.port, way.destination.port, bytes, start);
    packet.sequence = u32At(bytes, start + 4);
    packet.length = length;
    packet.outer = way.ttl;
    packet.time = time;
    packet.frame = frames[0] ?? 0;
    this.#tap?.packet(packet);
    const record = this.#streams.count();
    if (end - start === length) {
      this.#opener?.packet(bytes, start, end, {
        source: () => way.source.address,
        destination: () => way.destination.address,
        frame: frames[0] ?? 0,
        time,
      });
    }
    if (record >= 0 && this.#streams.wantsSample(record)) {
      this.#streams.sample(record, contentOf(bytes, start, end, start + length));
    }
  }

  streams(): EspStream[] {
    return this.#streams.streams();
  }

  get evicted(): { readonly streams: number; readonly packets: number } {
    return { streams: this.#streams.evictedStreams, packets: this.#streams.evictedPackets };
  }

  #open(opener: EspOpener, view: PacketView, start: number, time: Micros, frame: FrameRef): void {
    // A packet that the snap length cut lacks its ICV.
    if (view.payloadEnd - view.payloadStart < view.payloadLength) return;
    opener.packet(view.bytes, start, view.payloadEnd, {
      source: () => sourceOf(view),
      destination: () => destinationOf(view),
      frame,
      time,
    });
  }

  #addresses({ ipVersion, addressBytes, sourceAt, destinationAt }: PacketView): void {
    const { packet } = this.#streams;
    if (ipVersion === 4) packet.ipv4(addressBytes, sourceAt, destinationAt);
    else packet.ipv6(addressBytes, sourceAt, destinationAt);
  }

  #count(view: PacketView, sequenceAt: number, length: number, at: Timed, frame: FrameRef): number {
    const { packet } = this.#streams;
    packet.sequence = u32At(view.bytes, sequenceAt);
    packet.length = length;
    packet.outer = (view.trafficClass << 8) | view.ttl;
    packet.time = at.time;
    packet.frame = frame;
    this.#tap?.packet(packet);
    return this.#streams.count();
  }
}

/** The clear content of the ESP packet in [start, end) of `bytes`, which ended at `wireEnd`. */
function contentOf(bytes: Uint8Array, start: number, end: number, wireEnd: number): ClearContent | null {
  const body = start + ESP_HEADER_LENGTH;
  if (readablePacket(bytes, body, end, wireEnd) !== null) return "ip";
  return end === wireEnd && readableTransport(bytes, body, end) !== null ? "transport" : null;
}

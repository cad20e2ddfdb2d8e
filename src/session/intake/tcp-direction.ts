import type { Address } from "../../bytes/address.js";
import type { DecodeProblem } from "../../bytes/problem.js";
import type { FrameRef } from "../../bytes/frame.js";
import type { Micros } from "../../bytes/time.js";
import { RecordReader } from "../../ike/tcp-encapsulation.js";
import { STREAM_PREFIX, type RecordSink, type TcpRecord } from "../../ike/tcp-record.js";
import type { PacketView } from "../../packet/packet.js";
import type { TcpMemory } from "../../packet/tcp/held-segments.js";
import type { TcpLimits } from "../../packet/tcp/limits.js";
import { TcpStream, type TcpReceiver } from "../../packet/tcp/stream.js";
import type { Endpoint, HostSide, Moment, TcpSide } from "../model.js";

/** One direction of a TCP connection: its endpoints, and the IP header of its last segment. */
export interface TcpSender {
  readonly source: Endpoint;
  readonly destination: Endpoint;
  /** Both addresses as the segments have them. */
  readonly addressBytes: Uint8Array;
  readonly sourceAt: number;
  readonly destinationAt: number;
  readonly ipVersion: 4 | 6;
  readonly ttl: number;
  readonly identification: number;
  readonly hostSide: HostSide;
}

/** The connection of a direction, which is told what comes in it. */
export interface TcpOwner {
  recognised(): void;
  unrecognised(certain: boolean): void;
  broken(sender: TcpSender, problem: DecodeProblem, frame: FrameRef, time: Micros): void;
  record(sender: TcpSender, record: TcpRecord): void;
}

/** Limits and listeners that the directions of all connections share. */
export interface TcpShared {
  readonly limits: TcpLimits;
  readonly memory: TcpMemory;
}

const ADDRESS_LENGTH = { 4: 4, 6: 16 } as const;

/** One direction of a connection: segments in, records out. Bytes are followed from the first payload on. */
export class TcpDirection implements TcpSender, TcpReceiver, RecordSink {
  readonly source: Endpoint;
  readonly destination: Endpoint;
  readonly addressBytes: Uint8Array;
  readonly sourceAt: number;
  readonly destinationAt: number;
  readonly ipVersion: 4 | 6;
  ttl = 0;
  identification = 0;
  hostSide: HostSide = "unknown";
  /** Sequence number of the first byte, where a SYN told it. */
  firstSequence: number | null = null;
  readonly #owner: TcpOwner;
  readonly #shared: TcpShared;
  readonly #lax: boolean;
  #stream: TcpStream | null = null;
  #reader: RecordReader | null = null;
  #records = 0;
  #firstData: Moment | null = null;
  #lastFrame: FrameRef = 0;
  #lastTime: Micros = 0;
  #lastHeard: Micros | null = null;

  /** `source` and `destination` are the addresses' texts; `lax`: the stream prefix is not asked for. */
  constructor(
    owner: TcpOwner,
    shared: TcpShared,
    view: PacketView,
    reversed: boolean,
    source: Address,
    destination: Address,
    lax: boolean,
  ) {
    this.#owner = owner;
    this.#shared = shared;
    this.#lax = lax;
    const length = ADDRESS_LENGTH[view.ipVersion];
    this.ipVersion = view.ipVersion;
    this.source = { address: source, port: reversed ? view.destinationPort : view.sourcePort };
    this.destination = { address: destination, port: reversed ? view.sourcePort : view.destinationPort };
    this.addressBytes = new Uint8Array(2 * length);
    const [sourceAt, destinationAt] = [view.sourceAt, view.destinationAt];
    this.addressBytes.set(view.addressBytes.subarray(sourceAt, sourceAt + length), 0);
    this.addressBytes.set(view.addressBytes.subarray(destinationAt, destinationAt + length), length);
    this.sourceAt = reversed ? length : 0;
    this.destinationAt = reversed ? 0 : length;
  }

  /** Segments that wait for bytes before them, or for a decision. */
  get waiting(): number {
    return this.#stream?.waiting ?? 0;
  }

  get side(): TcpSide {
    return {
      endpoint: this.source,
      records: this.#records,
      firstData: this.#firstData,
      lastData: this.#firstData === null ? null : { frame: this.#lastFrame, time: this.#lastTime },
      lastHeard: this.#lastHeard,
    };
  }

  /** Notes that a segment came. */
  heard(view: PacketView, time: Micros, hostSide: HostSide): void {
    this.ttl = view.ttl;
    this.identification = view.identification;
    this.hostSide = hostSide;
    this.#lastHeard = time;
  }

  /**
   * Takes the payload of a segment. `decided`: the connection is known to be one of IKE and ESP. Until then what comes
   * from the end that sends no prefix is kept back, unless it can speak for itself.
   */
  take(
    view: PacketView,
    frame: FrameRef,
    time: Micros,
    nanos: number,
    isClient: boolean,
    decided: boolean,
  ): void {
    this.#firstData ??= { frame, time };
    this.#lastFrame = frame;
    this.#lastTime = time;
    const stream = this.#stream ?? this.#begin(view, isClient, decided);
    stream.segment(
      view.tcpSequence,
      view.bytes,
      view.payloadStart,
      view.payloadEnd,
      view.payloadLength,
      frame,
      time,
      nanos,
    );
  }

  /** The connection proved to be one of IKE and ESP: what was kept back is read. */
  release(): void {
    if (this.#stream === null || this.#reader !== null) return;
    this.#read(this.firstSequence === null ? "lost" : "records");
    this.#stream.uncork();
  }

  /** Hands on all that waits, with what is missing given up. */
  flush(): void {
    if (this.#stream === null) return;
    if (this.#reader === null) this.#read("lost");
    this.#stream.flush();
  }

  /** The connection is over. */
  finish(): void {
    this.flush();
    const reader = this.#reader;
    if (reader !== null) this.#accounting(reader, () => reader.finish());
    this.drop();
  }

  /** Forgets what waits; nothing more is to be taken. */
  drop(): void {
    const reader = this.#reader;
    this.#stream?.discard();
    if (reader !== null) this.#shared.memory.bytes -= reader.kept;
    this.#stream = null;
    this.#reader = null;
  }

  data(
    bytes: Uint8Array,
    start: number,
    end: number,
    length: number,
    frame: FrameRef,
    time: Micros,
    nanos: number,
  ): void {
    const reader = this.#reader;
    if (reader === null) return;
    const before = reader.kept;
    reader.data(bytes, start, end, length, frame, time, nanos);
    this.#shared.memory.bytes += reader.kept - before;
  }

  hole(length: number): void {
    const reader = this.#reader;
    if (reader !== null) this.#accounting(reader, () => reader.hole(length));
  }

  record(record: TcpRecord): void {
    this.#records++;
    this.#owner.record(this, record);
  }

  recognised(): void {
    this.#owner.recognised();
  }

  unrecognised(certain: boolean): void {
    this.#owner.unrecognised(certain);
  }

  broken(problem: DecodeProblem, frame: FrameRef, time: Micros): void {
    this.#owner.broken(this, problem, frame, time);
  }

  #begin(view: PacketView, isClient: boolean, decided: boolean): TcpStream {
    const stream = new TcpStream(this, this.#shared.limits, this.#shared.memory);
    this.#stream = stream;
    if (this.firstSequence !== null) stream.open(this.firstSequence);
    if (isClient && (this.firstSequence !== null || beginsWithPrefix(view))) this.#read("prefix");
    else if (decided) this.#read(this.firstSequence === null ? "lost" : "records");
    else if (this.#lax && this.firstSequence === null) this.#read("lost");
    else stream.cork();
    return stream;
  }

  #read(mode: "prefix" | "records" | "lost"): void {
    this.#reader = new RecordReader(this, mode, this.#lax);
  }

  #accounting(reader: RecordReader, step: () => void): void {
    const before = reader.kept;
    step();
    this.#shared.memory.bytes += reader.kept - before;
  }
}

/** Whether the payload begins with the whole stream prefix (RFC 9329 section 4). */
export function beginsWithPrefix({ bytes, payloadStart, payloadEnd }: PacketView): boolean {
  if (payloadEnd - payloadStart < STREAM_PREFIX.length) return false;
  for (let at = 0; at < STREAM_PREFIX.length; at++) {
    if (bytes[payloadStart + at] !== STREAM_PREFIX[at]) return false;
  }
  return true;
}

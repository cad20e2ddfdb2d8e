import type { ReadyRecords } from "../bytes/ready-records.js";
import { OPTION, OptionWalk, optionText, padded } from "./pcapng-options.js";
import { PcapngFaults } from "./pcapng-faults.js";
import {
  BLOCK,
  type BlockBody,
  BYTE_ORDER_MAGIC,
  LARGEST_BLOCK,
  MOST_INTERFACES,
  SMALLEST_BLOCK,
} from "./pcapng-blocks.js";
import {
  type InterfaceDescription,
  type PcapngInterface,
  readInterface,
  readSectionComments,
  readStatistics,
} from "./pcapng-section.js";
import { ReadyWindow } from "./ready-window.js";
import { type CaptureRecord, DIRECTION } from "./source.js";
import type { SummaryBuilder } from "./summary.js";
import { DEFAULT_RESOLUTION, TickClock } from "./tick-clock.js";
import type { ByteWindow } from "./window.js";
import { ZeroTail } from "./zero-tail.js";
import { say } from "../texts/message.js";

/** Bytes of a packet block before its frame: type, length, interface, time and both lengths of the frame. */
const PACKET_HEADER = 28;
const DEFAULT_CLOCK = new TickClock(DEFAULT_RESOLUTION, 0);

/**
 * Steps through a pcapng file (draft-ietf-opsawg-pcapng): sections, each with its own byte order and interfaces, of
 * blocks; packets are blocks of three kinds, all other blocks are read on the way to the next packet, or skipped.
 */
export class PcapngParser {
  readonly #faults: PcapngFaults;
  readonly #window: ByteWindow;
  readonly #record: CaptureRecord;
  readonly #summary: SummaryBuilder;
  readonly #walk: OptionWalk;
  readonly #zeros: ZeroTail;
  #little = false;
  #interfaces: PcapngInterface[] = [];
  #ready: ReadyRecords | null = null;

  constructor(file: string, window: ByteWindow, record: CaptureRecord, summary: SummaryBuilder) {
    this.#faults = new PcapngFaults(file, window);
    this.#window = window;
    this.#record = record;
    this.#summary = summary;
    this.#walk = new OptionWalk(window.view);
    this.#zeros = new ZeroTail(file, window, summary);
    summary.format = "pcapng";
  }

  /** The blocks of the interface that the last packet came from. */
  get ready(): ReadyRecords | null {
    return this.#ready;
  }

  /** Reads up to the next packet; false where the window holds too little. Throws a CaptureError. */
  step(): boolean {
    const window = this.#window;
    for (;;) {
      const { view, position: at } = window;
      if (this.#zeros.isReached) return this.#zeros.pass();
      const available = window.end - at;
      if (available < SMALLEST_BLOCK) return window.want(SMALLEST_BLOCK, "block");
      const type = view.getUint32(at, this.#little);
      if (type === BLOCK.section) this.#readByteOrder(at);
      const total = view.getUint32(at + 4, this.#little);
      if (type === 0 && total === 0) return this.#zeros.pass();
      if (total < SMALLEST_BLOCK || total > LARGEST_BLOCK || total % 4 !== 0)
        throw this.#faults.blockLength(at, total);
      if (available < total) return window.want(total, "block");
      const trailer = view.getUint32(at + total - 4, this.#little);
      if (trailer !== total) throw this.#faults.trailer(at, total, trailer);
      window.position = at + total;
      if (this.#readBlock(type, at, at + total - 4)) return true;
    }
  }

  /** Reads a block whose closing length is at `end`; true where it was a packet, which is then in the record. */
  #readBlock(type: number, at: number, end: number): boolean {
    switch (type) {
      case BLOCK.enhancedPacket:
        this.#requireBody(at, end, 20);
        this.#readPacket(at, end, this.#window.view.getUint32(at + 8, this.#little));
        return true;
      case BLOCK.simplePacket:
        this.#requireBody(at, end, 4);
        this.#readSimplePacket(at, end);
        return true;
      case BLOCK.obsoletePacket:
        this.#requireBody(at, end, 20);
        this.#readPacket(at, end, this.#window.view.getUint16(at + 8, this.#little));
        return true;
      case BLOCK.section:
        this.#beginSection(at, end);
        return false;
      case BLOCK.interface:
        this.#addInterface(at, end);
        return false;
      case BLOCK.interfaceStatistics:
        this.#readStatistics(at, end);
        return false;
      case BLOCK.systemdJournal:
      case BLOCK.custom:
      case BLOCK.customNotCopied:
        // No packets, but Wireshark gives each a frame number.
        this.#record.frame++;
        return false;
      case BLOCK.nameResolution:
      case BLOCK.decryptionSecrets:
        return false;
      default:
        if (this.#summary.unknownBlocks++ === 0) this.#summary.firstUnknownBlock = type;
        return false;
    }
  }

  /** The enhanced and the obsolete packet block differ in how they number the interface, and in nothing else here. */
  #readPacket(at: number, end: number, id: number): void {
    const { view, bytes } = this.#window;
    const little = this.#little;
    const from = this.#interfaceAt(at, id);
    const captured = view.getUint32(at + 20, little);
    const start = at + PACKET_HEADER;
    if (captured > end - start)
      throw this.#faults.frameLength(at + 20, this.#record.frame + 1, captured, end - start);
    const record = this.#record;
    const original = view.getUint32(at + 24, little);
    from.clock.stamp(record, view.getUint32(at + 12, little), view.getUint32(at + 16, little));
    record.bytes = bytes;
    record.start = start;
    record.end = start + captured;
    record.originalLength = original < captured ? captured : original;
    record.linkType = from.linkType;
    record.direction = DIRECTION.unknown;
    record.frame++;
    this.#ready = from.ready;
    const options = start + padded(captured);
    if (options < end) this.#readPacketOptions(options, end);
  }

  #readSimplePacket(at: number, end: number): void {
    const { view, bytes } = this.#window;
    const from = this.#interfaceAt(at, 0);
    const original = view.getUint32(at + 8, this.#little);
    const captured = from.snapLength === 0 ? original : Math.min(original, from.snapLength);
    const start = at + 12;
    if (captured > end - start)
      throw this.#faults.frameLength(at + 8, this.#record.frame + 1, captured, end - start);
    const record = this.#record;
    // This block has no time: it is given that of the packet before, which the kernel may have passed without a record.
    record.time = Math.max(0, this.#summary.previousTime);
    record.nanos = 0;
    record.bytes = bytes;
    record.start = start;
    record.end = start + captured;
    record.originalLength = original;
    record.linkType = from.linkType;
    record.direction = DIRECTION.unknown;
    record.frame++;
    this.#summary.untimed++;
  }

  #readPacketOptions(at: number, end: number): void {
    const { view, bytes } = this.#window;
    const walk = this.#walk;
    walk.begin(view, this.#little, at, end);
    while (walk.next()) {
      if (walk.code === OPTION.epbFlags && walk.end - walk.start >= 4) {
        const direction = view.getUint32(walk.start, this.#little) & 3;
        if (direction !== 3) this.#record.direction = direction;
      } else if (walk.code === OPTION.comment) {
        this.#summary.addComment(`frame ${this.#record.frame}`, optionText(bytes, walk.start, walk.end));
      }
    }
  }

  /** A section header's byte order must be known before its length can be read. */
  #readByteOrder(at: number): void {
    const { view } = this.#window;
    if (view.getUint32(at + 8, true) === BYTE_ORDER_MAGIC) this.#little = true;
    else if (view.getUint32(at + 8, false) === BYTE_ORDER_MAGIC) this.#little = false;
    else throw this.#faults.byteOrder(at, view.getUint32(at + 8, false));
  }

  #beginSection(at: number, end: number): void {
    this.#requireBody(at, end, 16);
    const major = this.#window.view.getUint16(at + 12, this.#little);
    if (major !== 1)
      throw this.#faults.field(at + 12, say`the section is of format version ${major}; only 1 can be read`);
    this.#interfaces = [];
    this.#summary.recorded.section(this.#interfaces);
    this.#ready = null;
    readSectionComments(this.#blockBody(at, end), this.#walk, this.#summary);
  }

  #addInterface(at: number, end: number): void {
    this.#requireBody(at, end, 8);
    const index = this.#interfaces.length;
    if (index >= MOST_INTERFACES) {
      throw this.#faults.field(at, say`the section declares more than ${MOST_INTERFACES} interfaces`);
    }
    const added = readInterface(this.#blockBody(at, end), this.#walk, index, this.#summary);
    this.#interfaces.push({ ...added, statistics: null, ready: this.#readyBlocks(added, index) });
  }

  /** Null where the clock is an unusual one. */
  #readyBlocks({ linkType, clock }: InterfaceDescription, interfaceId: number): ReadyRecords | null {
    const { plainTicks: ticksPerMicrosecond } = clock;
    if (ticksPerMicrosecond === null) return null;
    const writing = {
      framing: "blocks",
      headerLength: PACKET_HEADER,
      longestRecord: LARGEST_BLOCK,
      littleEndian: this.#little,
      interfaceId,
      linkType,
      ticksPerMicrosecond,
    } as const;
    return new ReadyWindow(writing, this.#window, this.#record, this.#summary);
  }

  /** Counters run from the start of the capture, so the latest block of an interface replaces the one before. */
  #readStatistics(at: number, end: number): void {
    this.#requireBody(at, end, 12);
    const id = this.#window.view.getUint32(at + 8, this.#little);
    const block = this.#blockBody(at, end);
    const declared = id < this.#interfaces.length ? this.#interfaces[id] : undefined;
    // A block that tells of no drops is not worth a fault.
    if (declared === undefined && readStatistics(block, this.#walk, DEFAULT_CLOCK).dropped === null) return;
    const from = this.#interfaceAt(at, id);
    const before = from.statistics?.dropped ?? null;
    from.statistics = readStatistics(block, this.#walk, from.clock);
    const { dropped } = from.statistics;
    if (dropped === null && before === null) return;
    this.#summary.dropped = (this.#summary.dropped ?? 0) - (before ?? 0) + (dropped ?? 0);
  }

  #interfaceAt(at: number, id: number): PcapngInterface {
    const from = id < this.#interfaces.length ? this.#interfaces[id] : undefined;
    if (from === undefined) throw this.#faults.undeclared(at, id, this.#interfaces.length);
    return from;
  }

  #blockBody(at: number, end: number): BlockBody {
    const { bytes, view } = this.#window;
    return { bytes, view, little: this.#little, body: at + 8, end };
  }

  #requireBody(at: number, end: number, length: number): void {
    const there = end - (at + 8);
    if (there < length) throw this.#faults.shortBody(at, there, length);
  }
}

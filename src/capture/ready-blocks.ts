import type { ReadyRecords } from "../bytes/ready-records.js";
import type { Micros } from "../bytes/time.js";
import { LARGEST_BLOCK } from "./pcapng-blocks.js";
import type { CaptureRecord } from "./source.js";
import type { SummaryBuilder } from "./summary.js";
import type { ByteWindow } from "./window.js";

/** Type, both lengths, interface and time of an enhanced packet block. */
const BLOCK_HEADER = 28;

/** Properties of an interface that decide how its blocks are written. */
interface WrittenBlocks {
  readonly littleEndian: boolean;
  readonly interfaceId: number;
  readonly linkType: number;
  /** 1 or 1000. */
  readonly ticksPerMicrosecond: number;
}

/** The enhanced packet blocks of one interface that lie in the window: one object for each interface of each section. */
export class ReadyBlocks implements ReadyRecords {
  readonly framing = "blocks";
  readonly headerLength = BLOCK_HEADER;
  readonly longestRecord = LARGEST_BLOCK;
  readonly littleEndian: boolean;
  readonly interfaceId: number;
  readonly linkType: number;
  readonly ticksPerMicrosecond: number;
  readonly #window: ByteWindow;
  readonly #record: CaptureRecord;
  readonly #summary: SummaryBuilder;

  constructor(written: WrittenBlocks, window: ByteWindow, record: CaptureRecord, summary: SummaryBuilder) {
    this.littleEndian = written.littleEndian;
    this.interfaceId = written.interfaceId;
    this.linkType = written.linkType;
    this.ticksPerMicrosecond = written.ticksPerMicrosecond;
    this.#window = window;
    this.#record = record;
    this.#summary = summary;
  }

  get bytes(): Uint8Array {
    return this.#window.bytes;
  }

  get position(): number {
    return this.#window.position;
  }

  get end(): number {
    return this.#window.end;
  }

  get nextFrame(): number {
    return this.#record.frame + 1;
  }

  get capture(): number {
    return this.#record.capture;
  }

  get timeBefore(): Micros {
    return this.#summary.previousTime;
  }

  passed(position: number, packets: number, bytes: number, cut: number, lastTime: Micros): void {
    this.#window.position = position;
    this.#record.frame += packets;
    this.#summary.countPassed(packets, bytes, cut, lastTime);
  }
}

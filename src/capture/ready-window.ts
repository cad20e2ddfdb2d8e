import type { ReadyRecords } from "../bytes/ready-records.js";
import type { Micros } from "../bytes/time.js";
import type { CaptureRecord } from "./source.js";
import type { SummaryBuilder } from "./summary.js";
import type { ByteWindow } from "./window.js";

/** How records are written: the properties of a pcap file, or of one interface of a pcapng section. */
type Writing = Pick<
  ReadyRecords,
  | "framing"
  | "headerLength"
  | "longestRecord"
  | "littleEndian"
  | "interfaceId"
  | "linkType"
  | "ticksPerMicrosecond"
>;

/** The records of one file or interface that lie in the window: one object for as long as they are written the same. */
export class ReadyWindow implements ReadyRecords {
  readonly framing: ReadyRecords["framing"];
  readonly headerLength: number;
  readonly longestRecord: number;
  readonly littleEndian: boolean;
  readonly interfaceId: number;
  readonly linkType: number;
  readonly ticksPerMicrosecond: number;
  readonly #window: ByteWindow;
  readonly #record: CaptureRecord;
  readonly #summary: SummaryBuilder;

  constructor(writing: Writing, window: ByteWindow, record: CaptureRecord, summary: SummaryBuilder) {
    this.framing = writing.framing;
    this.headerLength = writing.headerLength;
    this.longestRecord = writing.longestRecord;
    this.littleEndian = writing.littleEndian;
    this.interfaceId = writing.interfaceId;
    this.linkType = writing.linkType;
    this.ticksPerMicrosecond = writing.ticksPerMicrosecond;
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

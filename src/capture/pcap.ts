import type { ReadyRecords } from "../bytes/ready-records.js";
import { ReadyWindow } from "./ready-window.js";
import { CaptureError, type CaptureRecord } from "./source.js";
import type { SummaryBuilder } from "./summary.js";
import type { ByteWindow } from "./window.js";
import { ZeroTail } from "./zero-tail.js";
import { say } from "../texts/message.js";

export const FILE_HEADER = 24;
const RECORD_HEADER = 16;
/** Interface index, protocol and packet type follow the usual record header in Kuznetzov's modified format. */
const MODIFIED_RECORD_HEADER = 24;

/** tcpdump's MAXIMUM_SNAPLEN: what a record may hold even where the file declares less. */
const USUAL_SNAP_LENGTH = 262_144;
/** No record is larger than this, whatever the file declares. */
export const LARGEST_RECORD = 16 * 1024 * 1024;

/** Upper bits of the network field: an FCS of so many 16-bit words ends each frame. */
const FCS_PRESENT = 0x04000000;
const FCS_SHIFT = 28;

export interface PcapVariant {
  readonly littleEndian: boolean;
  readonly nanoseconds: boolean;
  readonly recordHeader: number;
}

/** The variant that the four bytes at the start of a file (read big-endian) announce; null where it is no pcap. */
export function pcapVariant(magic: number): PcapVariant | null {
  switch (magic) {
    case 0xa1b2c3d4:
      return { littleEndian: false, nanoseconds: false, recordHeader: RECORD_HEADER };
    case 0xd4c3b2a1:
      return { littleEndian: true, nanoseconds: false, recordHeader: RECORD_HEADER };
    case 0xa1b23c4d:
      return { littleEndian: false, nanoseconds: true, recordHeader: RECORD_HEADER };
    case 0x4d3cb2a1:
      return { littleEndian: true, nanoseconds: true, recordHeader: RECORD_HEADER };
    case 0xa1b2cd34:
      return { littleEndian: false, nanoseconds: false, recordHeader: MODIFIED_RECORD_HEADER };
    case 0x34cdb2a1:
      return { littleEndian: true, nanoseconds: false, recordHeader: MODIFIED_RECORD_HEADER };
    default:
      return null;
  }
}

/**
 * Steps through a pcap file (draft-ietf-opsawg-pcap): a file header of 24 bytes, then records of seconds, fraction,
 * captured length, original length and the bytes.
 */
export class PcapParser {
  readonly #file: string;
  readonly #window: ByteWindow;
  readonly #record: CaptureRecord;
  readonly #summary: SummaryBuilder;
  readonly #little: boolean;
  readonly #nanoseconds: boolean;
  readonly #recordHeader: number;
  readonly #zeros: ZeroTail;
  #headerRead = false;
  /** Largest captured length that is believed. */
  #limit = USUAL_SNAP_LENGTH;
  #fcs = 0;
  /** Null until the file header was read. */
  #ready: ReadyRecords | null = null;

  constructor(
    file: string,
    variant: PcapVariant,
    window: ByteWindow,
    record: CaptureRecord,
    summary: SummaryBuilder,
  ) {
    this.#file = file;
    this.#window = window;
    this.#record = record;
    this.#summary = summary;
    this.#little = variant.littleEndian;
    this.#nanoseconds = variant.nanoseconds;
    this.#recordHeader = variant.recordHeader;
    this.#zeros = new ZeroTail(file, window, summary);
    summary.format = "pcap";
    summary.nanosecondTimes = variant.nanoseconds;
  }

  /** The records, if nothing is to be taken off them and their headers are the usual ones. */
  get ready(): ReadyRecords | null {
    return this.#ready;
  }

  /** Reads the next record; false where the window holds too little of it. Throws {@link CaptureError}. */
  step(): boolean {
    const window = this.#window;
    if (!this.#headerRead && !this.#readFileHeader()) return false;
    const { view, position: at } = window;
    if (this.#zeros.isReached) return this.#zeros.pass();
    const header = this.#recordHeader;
    if (window.end - at < header) return window.want(header, "record");
    const little = this.#little;
    const captured = view.getUint32(at + 8, little);
    if (captured > this.#limit) throw this.#lyingLength(at, captured);
    // A frame of no bytes at the beginning of 1970.
    if (captured === 0 && isZero(view, at)) return this.#zeros.pass();
    const start = at + header;
    const end = start + captured;
    if (end > window.end) return window.want(header + captured, "record");

    const record = this.#record;
    const original = view.getUint32(at + 12, little);
    const fraction = view.getUint32(at + 4, little);
    const micros = this.#nanoseconds ? Math.floor(fraction / 1000) : fraction;
    record.time = view.getUint32(at, little) * 1e6 + micros;
    record.nanos = this.#nanoseconds ? fraction - micros * 1000 : 0;
    record.bytes = window.bytes;
    record.start = start;
    record.end = end;
    // Some tools write 0 or the length before an edit: the frame was at least as long as what was captured.
    record.originalLength = original < captured ? captured : original;
    record.frame++;
    if (this.#fcs > 0) this.#stripFcs();
    window.position = end;
    return true;
  }

  #readFileHeader(): boolean {
    const window = this.#window;
    const { view, position: at } = window;
    if (window.end - at < FILE_HEADER) return window.want(FILE_HEADER, "file header");
    const snapLength = view.getUint32(at + 16, this.#little);
    const network = view.getUint32(at + 20, this.#little);
    this.#limit = Math.min(Math.max(snapLength, USUAL_SNAP_LENGTH), LARGEST_RECORD);
    if ((network & FCS_PRESENT) !== 0) this.#fcs = (network >>> FCS_SHIFT) * 2;
    this.#record.linkType = network & 0xffff;
    this.#summary.addLinkType(this.#record.linkType);
    window.position = at + FILE_HEADER;
    this.#headerRead = true;
    if (this.#fcs === 0 && this.#recordHeader === RECORD_HEADER) this.#ready = this.#readyWindow();
    return true;
  }

  #readyWindow(): ReadyRecords {
    const writing = {
      framing: "records",
      headerLength: RECORD_HEADER,
      longestRecord: this.#limit,
      littleEndian: this.#little,
      interfaceId: 0,
      linkType: this.#record.linkType,
      ticksPerMicrosecond: this.#nanoseconds ? 1000 : 1,
    } as const;
    return new ReadyWindow(writing, this.#window, this.#record, this.#summary);
  }

  /** Takes the frame check sequence off, or what the snap length left of it: it is no part of the packet. */
  #stripFcs(): void {
    const record = this.#record;
    const frameLength = record.originalLength - this.#fcs;
    if (frameLength < 0) return;
    record.originalLength = frameLength;
    record.end = Math.min(record.end, record.start + frameLength);
  }

  #lyingLength(at: number, captured: number): CaptureError {
    return new CaptureError(
      this.#file,
      this.#window.offsetOf(at + 8),
      say`frame ${this.#record.frame + 1} says that it holds ${captured} bytes; ${this.#limit} is the most that this file can have`,
    );
  }
}

/** Whether a record header holds nothing but zeros. */
function isZero(view: DataView, at: number): boolean {
  return [0, 4, 8, 12].every((field) => view.getUint32(at + field) === 0);
}

import { LARGEST_RECORD } from "./pcap.js";
import { CaptureError, type CaptureRecord } from "./source.js";
import type { SummaryBuilder } from "./summary.js";
import type { ByteWindow } from "./window.js";
import { type Message, say } from "../texts/message.js";

/** "snoop" and three zero bytes begin the file; these are the first four of them, read big-endian. */
export const SNOOP_MAGIC = 0x736e6f6f;
const MAGIC_REST = 0x70000000;
const FILE_HEADER = 16;
const RECORD_HEADER = 24;
const VERSION = 2;

/** LINKTYPE_ numbers of the data links of RFC 1761 section 4 that a frame of IP may come over. */
const LINK_TYPES: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [2, 6],
  [4, 1],
  [8, 10],
]);

/** Steps through a snoop file of version 2 (RFC 1761): Solaris, Check Point's fw monitor and others write it. */
export class SnoopParser {
  readonly ready = null;
  readonly #file: string;
  readonly #window: ByteWindow;
  readonly #record: CaptureRecord;
  readonly #summary: SummaryBuilder;
  #headerRead = false;

  constructor(file: string, window: ByteWindow, record: CaptureRecord, summary: SummaryBuilder) {
    this.#file = file;
    this.#window = window;
    this.#record = record;
    this.#summary = summary;
    summary.format = "snoop";
  }

  /** Reads the next record; false where the window holds too little of it. Throws {@link CaptureError}. */
  step(): boolean {
    const window = this.#window;
    if (!this.#headerRead && !this.#readFileHeader()) return false;
    const { view, position: at } = window;
    if (window.end - at < RECORD_HEADER) return window.want(RECORD_HEADER, "record");
    const captured = view.getUint32(at + 4, false);
    const total = view.getUint32(at + 8, false);
    if (total > LARGEST_RECORD || total < RECORD_HEADER || captured > total - RECORD_HEADER) {
      throw this.#fault(
        at + 4,
        say`frame ${this.#record.frame + 1} says that it holds ${captured} bytes in a record of ${total}`,
      );
    }
    if (window.end - at < total) return window.want(total, "record");
    const record = this.#record;
    record.bytes = window.bytes;
    record.start = at + RECORD_HEADER;
    record.end = record.start + captured;
    record.originalLength = Math.max(view.getUint32(at, false), captured);
    record.time = view.getUint32(at + 16, false) * 1e6 + view.getUint32(at + 20, false);
    record.nanos = 0;
    record.frame++;
    // Drops run from the start of the capture.
    this.#summary.dropped = view.getUint32(at + 12, false);
    window.position = at + total;
    return true;
  }

  #readFileHeader(): boolean {
    const window = this.#window;
    const { view, position: at } = window;
    if (window.end - at < FILE_HEADER) return window.want(FILE_HEADER, "file header");
    if (view.getUint32(at + 4, false) !== MAGIC_REST) throw this.#fault(at, "not a snoop capture");
    const version = view.getUint32(at + 8, false);
    if (version !== VERSION)
      throw this.#fault(at + 8, say`the snoop file is of version ${version}; only 2 can be read`);
    const dataLink = view.getUint32(at + 12, false);
    const linkType = LINK_TYPES.get(dataLink);
    if (linkType === undefined) {
      throw this.#fault(
        at + 12,
        say`the snoop file is of data link type ${dataLink}, whose frames cannot be read`,
      );
    }
    this.#record.linkType = linkType;
    this.#summary.addLinkType(linkType);
    window.position = at + FILE_HEADER;
    this.#headerRead = true;
    return true;
  }

  #fault(at: number, reason: Message): CaptureError {
    return new CaptureError(this.#file, this.#window.offsetOf(at), reason);
  }
}

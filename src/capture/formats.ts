import type { ReadyRecords } from "../bytes/ready-records.js";
import { describeFirstBytes } from "./first-bytes.js";
import { PcapParser, pcapVariant } from "./pcap.js";
import { PCAPNG_MAGIC } from "./pcapng-blocks.js";
import { PcapngParser } from "./pcapng.js";
import { SNOOP_MAGIC, SnoopParser } from "./snoop.js";
import { CaptureError, type CaptureRecord } from "./source.js";
import type { SummaryBuilder } from "./summary.js";
import { TextParser } from "./text/text-parser.js";
import type { ByteWindow } from "./window.js";

/** One format's way through the window: each step is a record. */
export interface RecordParser {
  /** Reads the next record; false where the window holds too little of it. Throws {@link CaptureError}. */
  step(): boolean;
  readonly ready: ReadyRecords | null;
  /** Says that no more bytes will come; absent where a record's length is known from its beginning. */
  finish?(): void;
}

/** The input of a parser. */
export interface Reading {
  readonly file: string;
  readonly window: ByteWindow;
  readonly record: CaptureRecord;
  readonly summary: SummaryBuilder;
}

interface Format {
  /** First bytes that must be there to tell the format. */
  readonly head: number;
  /** The parser, where the first four bytes (read big-endian) or the first bytes say that it is this format. */
  readonly parser: (magic: number, reading: Reading, head: Uint8Array) => RecordParser | null;
}

export const MAGIC_LENGTH = 4;
/** Whether bytes are text, and of what, is told by so many: more than any signature needs. */
const TEXT_HEAD = 512;

/** All formats that can be read, those of a few bytes first: a live capture must not wait for more. */
const FORMATS: readonly Format[] = [
  {
    head: MAGIC_LENGTH,
    parser: (magic, { file, window, record, summary }) => {
      const variant = pcapVariant(magic);
      return variant === null ? null : new PcapParser(file, variant, window, record, summary);
    },
  },
  {
    head: MAGIC_LENGTH,
    parser: (magic, { file, window, record, summary }) =>
      magic === PCAPNG_MAGIC ? new PcapngParser(file, window, record, summary) : null,
  },
  {
    head: MAGIC_LENGTH,
    parser: (magic, { file, window, record, summary }) =>
      magic === SNOOP_MAGIC ? new SnoopParser(file, window, record, summary) : null,
  },
  {
    head: TEXT_HEAD,
    parser: (_magic, { file, window, record, summary }, head) => {
      const other = describeFirstBytes(head, file);
      if (other !== null) throw new CaptureError(file, 0, other);
      return new TextParser(file, window, record, summary);
    },
  },
];

/** Whether a file with these first bytes is a capture of packets, not text. */
export function beginsAsCapture(head: Uint8Array): boolean {
  if (head.length < MAGIC_LENGTH) return false;
  const magic = new DataView(head.buffer, head.byteOffset).getUint32(0, false);
  return pcapVariant(magic) !== null || magic === PCAPNG_MAGIC || magic === SNOOP_MAGIC;
}

/**
 * The parser for what the window begins with; null where more bytes are needed, which the window is then asked for.
 * `isAll`: no more will come. Throws {@link CaptureError} for what cannot be read, saying what it is.
 */
export function parserFor(reading: Reading, isAll: boolean): RecordParser | null {
  const { window } = reading;
  const there = window.end - window.position;
  if (there < MAGIC_LENGTH) return null;
  const magic = window.view.getUint32(window.position, false);
  for (const { head, parser } of FORMATS) {
    if (there < head && !isAll) {
      window.want(head, "file header");
      return null;
    }
    const found = parser(
      magic,
      reading,
      window.bytes.subarray(window.position, Math.min(window.position + head, window.end)),
    );
    if (found !== null) return found;
  }
  return null;
}

import type { ReadyRecords } from "../bytes/ready-records.js";
import type { Micros } from "../bytes/time.js";
import { type Message, say, verbatim } from "../texts/message.js";
import { inEnglish } from "../texts/texts.js";

/** Which way a frame crossed the capturing interface, where the capture file says so (pcapng packet flags). */
export const DIRECTION = { unknown: 0, inbound: 1, outbound: 2 } as const;

/**
 * One captured frame, as a window into the reader's buffer. The reader reuses one object for all records, and its
 * buffer too: whoever wants to keep bytes beyond the next step copies them.
 */
export interface CaptureRecord {
  bytes: Uint8Array;
  /** Window of the captured bytes in `bytes`: [start, end). */
  start: number;
  end: number;
  /** Length of the frame on the wire; end - start is smaller where the snap length cut it. */
  originalLength: number;
  time: Micros;
  /** 0 to 999, the part of the time below a microsecond. */
  nanos: number;
  /** LINKTYPE_ number of https://www.tcpdump.org/linktypes.html */
  linkType: number;
  /** Frame number within its file as Wireshark counts, from 1 (some blocks of pcapng that are no packets count). */
  frame: number;
  /** Index of the file, in the order in which the files were given. */
  capture: number;
  /** One of DIRECTION. */
  direction: number;
}

/** Facts about one capture file; complete once the source has ended. */
export interface CaptureSummary {
  /** Name as given by the user; "-" is standard input. */
  readonly file: string;
  readonly format: "pcap" | "pcapng" | "snoop" | "text" | "unknown";
  /** True where the file was compressed with gzip. */
  readonly compressed: boolean;
  readonly linkTypes: readonly number[];
  readonly packets: number;
  /** Bytes of all frames as captured. */
  readonly bytes: number;
  readonly firstTime: Micros | null;
  readonly lastTime: Micros | null;
  /** How long was captured, by the file's own statistics; null where it does not say. */
  readonly recorded: RecordedSpan | null;
  /** The capture's clock counts in nanoseconds. */
  readonly nanosecondTimes: boolean;
  /** Frames whose snap length cut them. */
  readonly cutBySnapLength: number;
  /** Drops that the capture file itself reports (pcapng interface statistics); null where it says nothing. */
  readonly dropped: number | null;
  /** The largest step back of the time from one packet to the next; null where it never goes back. */
  readonly stepBack: StepBack | null;
  /** Capture filters that the file names (pcapng if_filter). */
  readonly filters: readonly string[];
  readonly notes: readonly CaptureNote[];
}

/** The sniffer ran from one time to another, whenever packets came: not after the first one, nor before the last. */
export interface RecordedSpan {
  readonly from: Micros;
  readonly until: Micros;
}

/** The clock of the capture went back. */
interface StepBack {
  readonly by: Micros;
  /** The packet behind the step: its number within the file, and its time. */
  readonly frame: number;
  readonly time: Micros;
}

/** Something about the file that a reader of the report should know. */
export interface CaptureNote {
  readonly kind:
    | "cut-short"
    | "interrupted"
    | "file-missing"
    | "unknown-block"
    | "no-timestamps"
    | "time-goes-back"
    | "clock-corrected"
    | "time-window"
    | "comment"
    | "drops"
    | "recorded-on"
    | "empty-file"
    | "text-times"
    | "text-unread"
    | "unknown-link-type";
  /** A sentence. May hold text from the file: escape it when printing. */
  readonly text: string;
  /** The same for other languages than English; not there for text from the file, such as a comment. */
  readonly message?: Message;
}

/**
 * A stream of frames. `next()` steps to the next frame that is wholly in memory, without allocation; where it says
 * false, `await fill()` brings more bytes or says that the source is at its end. So the inner loop is synchronous:
 *
 *     do { while (source.next()) use(source.record); } while (await source.fill());
 *
 * Both throw {@link CaptureError} where a file cannot be read on, once, after all records before the fault were
 * delivered. That file then counts as ended, so a caller who goes on with the loop gets what the other files hold.
 */
export interface CaptureSource {
  readonly record: CaptureRecord;
  next(): boolean;
  /** The records that `next()` would step through, where they can be taken in one go; null where they cannot. */
  readonly ready: ReadyRecords | null;
  /** Records before this time alone come next of these. */
  readonly readyUntil: Micros;
  fill(): Promise<boolean>;
  summaries(): readonly CaptureSummary[];
  /** Releases what the source holds; may be called at any time, more than once. */
  close(): Promise<void>;
}

/** The platform's part of a capture file: where bytes come from. */
export interface ByteSource {
  readonly name: string;
  /** True where the bytes handed out are unpacked ones (gzip); known once the first bytes were read. */
  readonly compressed?: boolean;
  /** After the end: why the bytes stop before their time (compressed data cut short), as a sentence; else null. */
  readonly cutShort?: Message | null;
  /** The next bytes, valid until the next call; null at the end. Throws CaptureError where reading fails. */
  read(): Promise<Uint8Array | null>;
  close(): Promise<void>;
}

/** A capture that cannot be read, or not any further: names the file, the byte offset and the reason. */
export class CaptureError extends Error {
  readonly file: string;
  readonly offset: number;
  /** In English. */
  readonly reason: string;
  /** The same for the language of the reader. */
  readonly why: Message;
  /** The whole sentence, for the language of the reader. */
  readonly said: Message;

  constructor(file: string, offset: number, reason: Message) {
    const name = verbatim(file);
    const said = offset === 0 ? say`${name}: ${reason}` : say`${name}: at byte ${offset}: ${reason}`;
    super(inEnglish(said));
    this.name = "CaptureError";
    this.file = file;
    this.offset = offset;
    this.reason = inEnglish(reason);
    this.why = reason;
    this.said = said;
  }
}

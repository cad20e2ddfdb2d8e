import type { Micros } from "../../bytes/time.js";
import { CaptureError, type CaptureRecord, DIRECTION } from "../source.js";
import type { SummaryBuilder } from "../summary.js";
import type { ByteWindow } from "../window.js";
import { DumpedPacket } from "./dumped-packet.js";
import { frameKind } from "./frame-kind.js";
import { type HexLine, hexStream } from "./hex-line.js";
import { LineReader } from "./line-reader.js";
import { withoutMargin } from "./margin.js";
import { describeTextLines, isPacketLine } from "./packet-lines.js";
import { type LineTime, lineTime, onDayOf, type TimeForm } from "./text-time.js";

/** So much text without the bytes of one packet is a log of something else, bytes. */
const MOST_PROSE = 16 * 1024 * 1024;
/** Wireshark dumps what it put together or decrypted like packets, below a title such as this. */
const DUMP_TITLE = /^\s*(\S.{0,80}) \(\d+ bytes\):$/;
/** The first line of a packet in all its fields. */
const DETAILS = /^\s*Frame \d+: /;
const PACKET_TITLE = /^(?:frame|packet)\b/i;
const SIDE = /\s(in|out)\s+(?:IP6?\b|\S+ -> )/i;

const TIME_NOTES: Readonly<Record<TimeForm, string>> = {
  date: "the text names no time zone: its times are taken for UTC",
  epoch: "",
  clock: "the text gives times of day only: 1970-01-01 stands for its first day",
  seconds: "the text gives seconds since its own start: no date is known",
};

/**
 * Steps through a text that shows packets as hex dumps, each below a line with its time: FortiGate's `diagnose sniffer
 * packet` (levels 2, 3, 5 and 6), `tcpdump -x`, ASA's `show capture dump`, what Wireshark and text2pcap write. An offset of
 * 0 begins a packet; a line that does not go on where the one before ended closes it, and that is told.
 */
export class TextParser {
  readonly ready = null;
  readonly #file: string;
  readonly #window: ByteWindow;
  readonly #record: CaptureRecord;
  readonly #summary: SummaryBuilder;
  readonly #lines: LineReader;
  readonly #packet = new DumpedPacket();
  /** The line at hand, where it goes on with the packet. */
  #seen: HexLine | null = null;
  #skipsDump = false;
  /** The line with the next packet's time. */
  #heading: LineTime | null = null;
  #side: number = DIRECTION.unknown;
  #before: Micros | null = null;
  #startsAtZero: boolean | null = null;
  #headingsWithoutBytes = 0;
  #broken = 0;
  /** A few lines that look like packets. */
  readonly #packetLines: string[] = [];
  #headingIsPacket = false;

  constructor(file: string, window: ByteWindow, record: CaptureRecord, summary: SummaryBuilder) {
    this.#file = file;
    this.#window = window;
    this.#record = record;
    this.#summary = summary;
    this.#lines = new LineReader(window);
  }

  /** Says that no more bytes will come: what is left can be read now. */
  finish(): void {
    this.#lines.finish();
  }

  /** Reads up to the next packet; false where more text is needed. Throws {@link CaptureError}. */
  step(): boolean {
    for (;;) {
      const line = this.#lines.peek();
      if (line === null) return this.#lines.isAtEnd && this.#end();
      if (this.#endsPacket(line)) {
        this.#seen = null;
        return this.#deliver();
      }
      this.#lines.take();
      this.#read(line);
      if (this.#record.frame === 0 && this.#window.offsetOf(this.#window.position) > MOST_PROSE)
        throw this.#refusal();
    }
  }

  /** A packet ends where another begins. Other lines in it are prompts, or the ends of lines that were wrapped. */
  #endsPacket(line: string): boolean {
    if (!this.#packet.isBegun || line.trim() === "" || line.trim() === "*") return false;
    const { text, stamp } = withoutMargin(line);
    const hex = this.#packet.line(text, this.#heading !== null);
    if (hex !== null) {
      this.#seen = hex;
      return hex.offset === 0;
    }
    return (
      hexStream(text) !== null ||
      this.#timeOf(text, stamp) !== null ||
      DUMP_TITLE.test(text) ||
      DETAILS.test(text)
    );
  }

  #read(line: string): void {
    const { text, stamp } = withoutMargin(line);
    const hex = this.#seen ?? this.#packet.line(text, this.#heading !== null);
    this.#seen = null;
    const packet = this.#packet;
    if (hex !== null) {
      if (hex.offset === 0 && !this.#skipsDump) packet.begin(hex.bytes, text);
      else if (packet.isBegun && !packet.isBroken && !packet.goOn(hex, text)) this.#broken++;
      return;
    }
    const whole = hexStream(text);
    if (whole !== null) packet.begin(whole, text);
    else if (text.trim() === "*") packet.repeatsLine();
    else if (!packet.isBegun || this.#skipsDump) this.#readHeading(text, stamp);
    else packet.unwrap(text);
  }

  /** The time of a line; that with which it was logged where it is the first that tells of a packet. */
  #timeOf(text: string, stamp: string | null): LineTime | null {
    const isLogged = stamp !== null && this.#heading === null && isPacketLine(text);
    return lineTime(text) ?? (isLogged ? lineTime(stamp) : null);
  }

  #readHeading(line: string, stamp: string | null): void {
    const title = DUMP_TITLE.exec(line)?.[1];
    if (title !== undefined) {
      this.#skipsDump = !PACKET_TITLE.test(title);
      return;
    }
    if (DETAILS.test(line)) this.#skipsDump = false;
    const time = this.#timeOf(line, stamp);
    const isPacket = time !== null && isPacketLine(line);
    if (isPacket && this.#packetLines.length < 5) this.#packetLines.push(line);
    if (time === null) return;
    if (this.#headingIsPacket) this.#headingsWithoutBytes++;
    this.#heading = time;
    this.#headingIsPacket = isPacket;
    this.#skipsDump = false;
    const side = SIDE.exec(line)?.[1]?.toLowerCase();
    this.#side =
      side === undefined ? DIRECTION.unknown : side === "in" ? DIRECTION.inbound : DIRECTION.outbound;
  }

  /** Puts the packet that was read into the record. */
  #deliver(): boolean {
    const record = this.#record;
    const { isBroken, bytes } = this.#packet;
    const { length } = bytes;
    const { linkType, originalLength } = frameKind(bytes);
    this.#setTime();
    record.bytes = bytes;
    record.start = 0;
    record.end = length;
    record.originalLength = isBroken ? Math.max(originalLength, length + 1) : originalLength;
    record.linkType = linkType;
    record.direction = this.#side;
    record.frame++;
    this.#summary.addLinkType(linkType);
    this.#summary.format = "text";
    this.#packet.end();
    this.#skipsDump = false;
    this.#heading = null;
    this.#headingIsPacket = false;
    this.#side = DIRECTION.unknown;
    return true;
  }

  #setTime(): void {
    const heading = this.#heading;
    const record = this.#record;
    if (heading === null) {
      this.#summary.untimed++;
      return;
    }
    const { form, time, nanos, hasZone } = heading;
    this.#startsAtZero ??= time === 0;
    // A second capture behind the first one begins at 0 again.
    if (this.#startsAtZero && this.#before !== null && time < this.#before && time !== 0)
      throw this.#differences();
    record.time = form === "clock" && this.#before !== null ? onDayOf(time, this.#before) : time;
    record.nanos = nanos;
    this.#before = record.time;
    if (nanos !== 0) this.#summary.nanosecondTimes = true;
    if (!hasZone) this.#summary.addNote("text-times", TIME_NOTES[form]);
  }

  /** At the end of the text: the last packet, then what could not be read. */
  #end(): boolean {
    if (this.#packet.isBegun) return this.#deliver();
    if (this.#record.frame === 0) throw this.#refusal();
    const without = this.#headingsWithoutBytes + (this.#headingIsPacket ? 1 : 0);
    this.#headingIsPacket = false;
    this.#headingsWithoutBytes = 0;
    if (without > 0) {
      this.#summary.addNote("text-unread", `${packets(without)} shown without bytes, and not read`);
    }
    if (this.#broken > 0) {
      this.#summary.addNote(
        "text-unread",
        `lines are missing in the dump of ${packets(this.#broken)}: read up to there`,
      );
      this.#broken = 0;
    }
    return false;
  }

  #differences(): CaptureError {
    return new CaptureError(
      this.#file,
      this.#window.offsetOf(this.#window.position),
      "the times are differences from packet to packet: print them with dates, as tcpdump -tttt does",
    );
  }

  #refusal(): CaptureError {
    return new CaptureError(this.#file, 0, describeTextLines(this.#packetLines));
  }
}

function packets(count: number): string {
  return `${count} packet${count === 1 ? "" : "s"}`;
}

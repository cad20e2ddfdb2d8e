import type { Micros } from "../bytes/time.js";
import { BLOCK, BYTE_ORDER_MAGIC } from "./pcapng-blocks.js";
import { OPTION, padded } from "./pcapng-options.js";
import type { RecordedSpan } from "./source.js";

/** One frame to be written. */
export interface WrittenFrame {
  /** Number of the interface, in the order of their blocks. */
  readonly interface: number;
  readonly time: Micros;
  readonly nanos: number;
  readonly bytes: Uint8Array;
  /** Length on the wire; larger than `bytes` where the frame is cut. */
  readonly originalLength: number;
  /** One of DIRECTION. */
  readonly direction: number;
  readonly comments: readonly string[];
}

export interface WrittenInterface {
  /** LINKTYPE_ number, below 2^16. */
  readonly linkType: number;
  /** Description of the interface (if_description). */
  readonly description: string;
  /** Its times count nanoseconds, else microseconds. */
  readonly nanoseconds: boolean;
}

/** Option codes that are only written: the reader has no use for them. */
const DESCRIPTION = 3;
const APPLICATION = 4;
/** An option's length has 16 bits; Wireshark shows a few thousand characters at most. */
const LONGEST_TEXT = 4096;
const MOST_TICKS = 2n ** 64n - 1n;
const ENCODER = new TextEncoder();

type Option = readonly [code: number, value: Uint8Array];

/**
 * Writes a pcapng file of one section (draft-ietf-opsawg-pcapng), little-endian, block by block: each method returns the
 * bytes of its block, in the order in which they are to stand in the file. The section comes first, and an interface
 * before its frames.
 */
export class PcapngWriter {
  readonly #nanoseconds: boolean[] = [];

  /** The section header. Texts are made safe by the caller; what is longer than 4096 bytes is cut. */
  section(application: string, comments: readonly string[]): Uint8Array {
    const fields = new DataView(new ArrayBuffer(16));
    fields.setUint32(0, BYTE_ORDER_MAGIC, true);
    fields.setUint16(4, 1, true);
    // Length of the section: not known, as it is written piece by piece.
    fields.setBigInt64(8, -1n, true);
    return block(BLOCK.section, fields, null, [
      ...comments.map((comment) => textOption(OPTION.comment, comment)),
      textOption(APPLICATION, application),
    ]);
  }

  /** An interface description; the first one has number 0. */
  interface({ linkType, description, nanoseconds }: WrittenInterface): Uint8Array {
    this.#nanoseconds.push(nanoseconds);
    const fields = new DataView(new ArrayBuffer(8));
    fields.setUint16(0, linkType, true);
    return block(BLOCK.interface, fields, null, [
      textOption(DESCRIPTION, description),
      [OPTION.ifTsresol, Uint8Array.of(nanoseconds ? 9 : 6)],
    ]);
  }

  /** An enhanced packet. Throws RangeError where its interface was not written. */
  frame({
    interface: number,
    time,
    nanos,
    bytes,
    originalLength,
    direction,
    comments,
  }: WrittenFrame): Uint8Array {
    const ticks = this.#ticks(number, time, nanos);
    const fields = new DataView(new ArrayBuffer(20));
    fields.setUint32(0, number, true);
    fields.setUint32(4, Number(ticks >> 32n), true);
    fields.setUint32(8, Number(ticks & 0xffff_ffffn), true);
    fields.setUint32(12, bytes.length, true);
    fields.setUint32(16, Math.max(originalLength, bytes.length), true);
    const options = comments.map((comment) => textOption(OPTION.comment, comment));
    if (direction !== 0) options.push([OPTION.epbFlags, u32(direction)]);
    return block(BLOCK.enhancedPacket, fields, bytes, options);
  }

  /** Interface statistics as of `time`; `recorded`: how long was captured, and how many packets of that are written. */
  statistics(
    number: number,
    dropped: number | null,
    time: Micros,
    recorded: (RecordedSpan & { readonly packets: number }) | null = null,
  ): Uint8Array {
    const ticks = this.#ticks(number, time, 0);
    const fields = new DataView(new ArrayBuffer(12));
    fields.setUint32(0, number, true);
    fields.setUint32(4, Number(ticks >> 32n), true);
    fields.setUint32(8, Number(ticks & 0xffff_ffffn), true);
    const options: Option[] = [];
    if (recorded !== null) {
      options.push([OPTION.isbStartTime, stamp(this.#ticks(number, recorded.from, 0))]);
      options.push([OPTION.isbEndTime, stamp(this.#ticks(number, recorded.until, 0))]);
      options.push([OPTION.isbIfRecv, u64(recorded.packets)]);
    }
    if (dropped !== null) options.push([OPTION.isbIfDrop, u64(dropped)]);
    return block(BLOCK.interfaceStatistics, fields, null, options);
  }

  /** Decryption secrets of a kind, text: they stand before the packets that they open. */
  secrets(type: number, text: string): Uint8Array {
    const data = ENCODER.encode(text);
    const fields = new DataView(new ArrayBuffer(8));
    fields.setUint32(0, type, true);
    fields.setUint32(4, data.length, true);
    return block(BLOCK.decryptionSecrets, fields, data, []);
  }

  /** Times before 1970 and beyond 64 bits do not fit the format: the nearest that does is written. */
  #ticks(number: number, time: Micros, nanos: number): bigint {
    const nanoseconds = this.#nanoseconds[number];
    if (nanoseconds === undefined) throw new RangeError(`no interface ${number}`);
    const micros = Number.isFinite(time) && time > 0 ? BigInt(Math.floor(time)) : 0n;
    const ticks = nanoseconds ? micros * 1000n + BigInt(nanos) : micros;
    return ticks < MOST_TICKS ? ticks : MOST_TICKS;
  }
}

function block(
  type: number,
  fields: DataView,
  data: Uint8Array | null,
  options: readonly Option[],
): Uint8Array {
  const dataLength = data === null ? 0 : padded(data.length);
  const optionsLength =
    options.length === 0 ? 0 : 4 + options.reduce((sum, [, value]) => sum + 4 + padded(value.length), 0);
  const total = 12 + fields.byteLength + dataLength + optionsLength;
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, type, true);
  view.setUint32(4, total, true);
  bytes.set(bytesOf(fields), 8);
  let at = 8 + fields.byteLength;
  if (data !== null) bytes.set(data, at);
  at += dataLength;
  for (const [code, value] of options) {
    view.setUint16(at, code, true);
    view.setUint16(at + 2, value.length, true);
    bytes.set(value, at + 4);
    at += 4 + padded(value.length);
  }
  view.setUint32(total - 4, total, true);
  return bytes;
}

function textOption(code: number, text: string): Option {
  const bytes = ENCODER.encode(text);
  if (bytes.length <= LONGEST_TEXT) return [code, bytes];
  // Not in the middle of a character: its continuation bytes begin with 10.
  let end = LONGEST_TEXT;
  while (((bytes[end] as number) & 0xc0) === 0x80) end--;
  return [code, bytes.subarray(0, end)];
}

function u32(value: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, value, true);
  return bytesOf(view);
}

function u64(value: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(Math.floor(value)), true);
  return bytesOf(view);
}

/** A time as packets have it: the upper half first. */
function stamp(ticks: bigint): Uint8Array {
  const view = new DataView(new ArrayBuffer(8));
  view.setUint32(0, Number(ticks >> 32n), true);
  view.setUint32(4, Number(ticks & 0xffff_ffffn), true);
  return bytesOf(view);
}

function bytesOf(view: DataView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

import { concatenated, ETHERNET, type WrittenPacket } from "./pcap-writer.js";

/** One option of a block: its code and value. */
export type WrittenOption = readonly [code: number, value: Uint8Array];

export interface WrittenInterface {
  readonly linkType?: number;
  readonly snapLength?: number;
  /** if_tsresol; no option is written where it is not given, and the clock then counts microseconds. */
  readonly resolution?: number;
  /** if_tsoffset in seconds. */
  readonly offsetSeconds?: number;
  readonly options?: readonly WrittenOption[];
}

interface InterfaceClock {
  readonly ticksPerSecond: bigint;
  readonly offsetSeconds: number;
}

export interface WrittenStatistics {
  readonly interface?: number;
  /** Times in microseconds; on the clock of the interface in the file. */
  readonly start?: number;
  readonly end?: number;
  readonly received?: number;
  readonly ifDrop?: number;
  readonly osDrop?: number;
}

export interface PacketPlace {
  /** Interface within the section; 0 where not given. */
  readonly interface?: number;
  readonly options?: readonly WrittenOption[];
  /** Written in place of the true captured length, for files that lie. */
  readonly captured?: number;
}

/** Builds a pcapng file block by block; a section must come first. */
export class PcapngWriter {
  readonly #blocks: Uint8Array[] = [];
  #little = true;
  #clocks: InterfaceClock[] = [];

  /** Begins a section, which forgets the interfaces of the one before. */
  section(
    options: { littleEndian?: boolean; major?: number; options?: readonly WrittenOption[] } = {},
  ): this {
    this.#little = options.littleEndian ?? true;
    this.#clocks = [];
    const fields = new DataView(new ArrayBuffer(16));
    fields.setUint32(0, 0x1a2b3c4d, this.#little);
    fields.setUint16(4, options.major ?? 1, this.#little);
    fields.setBigInt64(8, -1n, this.#little);
    return this.block(0x0a0d0d0a, bytesOf(fields), this.options(options.options));
  }

  interface(from: WrittenInterface = {}): this {
    const { resolution, offsetSeconds } = from;
    const exponent = BigInt((resolution ?? 6) & 0x7f);
    this.#clocks.push({
      ticksPerSecond: ((resolution ?? 6) & 0x80) === 0 ? 10n ** exponent : 2n ** exponent,
      offsetSeconds: offsetSeconds ?? 0,
    });
    const fields = new DataView(new ArrayBuffer(8));
    fields.setUint16(0, from.linkType ?? ETHERNET, this.#little);
    fields.setUint32(4, from.snapLength ?? 0, this.#little);
    const options: WrittenOption[] = [...(from.options ?? [])];
    if (resolution !== undefined) options.push([9, Uint8Array.of(resolution)]);
    if (offsetSeconds !== undefined) options.push([14, this.u64(BigInt(offsetSeconds))]);
    return this.block(1, bytesOf(fields), this.options(options));
  }

  /** An enhanced packet block. */
  packet(packet: WrittenPacket, place: PacketPlace = {}): this {
    const id = new DataView(new ArrayBuffer(4));
    id.setUint32(0, place.interface ?? 0, this.#little);
    return this.#timed(6, id, packet, place);
  }

  /** A block of the obsolete kind that packets had before. */
  obsoletePacket(packet: WrittenPacket, place: PacketPlace = {}): this {
    const id = new DataView(new ArrayBuffer(4));
    id.setUint16(0, place.interface ?? 0, this.#little);
    id.setUint16(2, 0xffff, this.#little);
    return this.#timed(2, id, packet, place);
  }

  /** A simple packet block: no time, no interface, no captured length. */
  simplePacket(packet: WrittenPacket): this {
    return this.block(3, this.u32(packet.originalLength ?? packet.bytes.length), padTo4(packet.bytes));
  }

  /** An interface statistics block. */
  statistics(counters: WrittenStatistics): this {
    const options: WrittenOption[] = [];
    const clock = this.#clocks[counters.interface ?? 0];
    if (counters.start !== undefined) options.push([2, this.#halves(stampOf(counters.start, 0, clock))]);
    if (counters.end !== undefined) options.push([3, this.#halves(stampOf(counters.end, 0, clock))]);
    if (counters.received !== undefined) options.push([4, this.u64(BigInt(counters.received))]);
    if (counters.ifDrop !== undefined) options.push([5, this.u64(BigInt(counters.ifDrop))]);
    if (counters.osDrop !== undefined) options.push([7, this.u64(BigInt(counters.osDrop))]);
    return this.block(5, this.u32(counters.interface ?? 0), this.u64(0n), this.options(options));
  }

  /** Any block, of parts whose lengths are multiples of four. */
  block(type: number, ...parts: readonly Uint8Array[]): this {
    const body = concatenated(parts);
    const total = this.u32(body.length + 12);
    return this.raw(concatenated([this.u32(type), total, body, total]));
  }

  /** Bytes as they are. */
  raw(bytes: Uint8Array): this {
    this.#blocks.push(bytes);
    return this;
  }

  build(): Uint8Array {
    return concatenated(this.#blocks);
  }

  /** Length of what was written so far. */
  get length(): number {
    return this.#blocks.reduce((sum, block) => sum + block.length, 0);
  }

  u32(value: number): Uint8Array {
    const view = new DataView(new ArrayBuffer(4));
    view.setUint32(0, value, this.#little);
    return bytesOf(view);
  }

  u64(value: bigint): Uint8Array {
    const view = new DataView(new ArrayBuffer(8));
    view.setBigInt64(0, value, this.#little);
    return bytesOf(view);
  }

  /** Options with their end mark; nothing where there are none. */
  options(options: readonly WrittenOption[] = []): Uint8Array {
    if (options.length === 0) return new Uint8Array(0);
    const parts = options.flatMap(([code, value]) => {
      const head = new DataView(new ArrayBuffer(4));
      head.setUint16(0, code, this.#little);
      head.setUint16(2, value.length, this.#little);
      return [bytesOf(head), padTo4(value)];
    });
    return concatenated([...parts, new Uint8Array(4)]);
  }

  /** A time as packets have it: its upper half first. */
  #halves(stamp: bigint): Uint8Array {
    return concatenated([this.u32(Number(stamp >> 32n)), this.u32(Number(stamp & 0xffff_ffffn))]);
  }

  #timed(type: number, id: DataView, packet: WrittenPacket, place: PacketPlace): this {
    const stamp = stampOf(packet.time, packet.nanos ?? 0, this.#clocks[place.interface ?? 0]);
    return this.block(
      type,
      bytesOf(id),
      this.u32(Number(stamp >> 32n)),
      this.u32(Number(stamp & 0xffff_ffffn)),
      this.u32(place.captured ?? packet.bytes.length),
      this.u32(packet.originalLength ?? packet.bytes.length),
      padTo4(packet.bytes),
      this.options(place.options),
    );
  }
}

/** The time in ticks, rounded up: so a reader that rounds down finds the microsecond again on a finer clock. */
function stampOf(time: number, below: number, clock: InterfaceClock | undefined): bigint {
  const { ticksPerSecond, offsetSeconds } = clock ?? { ticksPerSecond: 1_000_000n, offsetSeconds: 0 };
  const nanos = (BigInt(time) - BigInt(offsetSeconds) * 1_000_000n) * 1000n + BigInt(below);
  const stamp = (nanos * ticksPerSecond + 999_999_999n) / 1_000_000_000n;
  if (stamp < 0n || stamp >= 2n ** 64n) throw new RangeError(`${time} does not fit the interface's clock`);
  return stamp;
}

/** UTF-8 bytes of a text, for options. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function bytesOf(view: DataView): Uint8Array {
  return new Uint8Array(view.buffer as ArrayBuffer);
}

function padTo4(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(Math.ceil(bytes.length / 4) * 4);
  whole.set(bytes);
  return whole;
}

import { frameRef } from "../../bytes/frame.js";
import type { ReadyRecords } from "../../bytes/ready-records.js";
import type { Micros } from "../../bytes/time.js";
import type { EspKernel } from "../../esp/kernel.js";
import { STATE } from "../../esp/layout.js";
import type { StreamTable } from "../../esp/stream-table.js";

/** A source of records that lie in memory; those before the time `readyUntil` come next. */
export interface ReadySource {
  readonly ready: ReadyRecords | null;
  readonly readyUntil: Micros;
}

/** Link types whose frames have an EtherType and then IP: offsets of both. Others are no matter of speed. */
const LINK_TYPES: ReadonlyMap<number, { readonly etherTypeAt: number; readonly ipAt: number }> = new Map([
  [1, { etherTypeAt: 12, ipAt: 14 }],
  [113, { etherTypeAt: 14, ipAt: 16 }],
  [276, { etherTypeAt: 0, ipAt: 20 }],
]);

/** Lets the kernel walk over records that are nothing but the next packets of known ESP streams. */
export class Skimmer {
  readonly #kernel: EspKernel;
  readonly #streams: StreamTable;
  #format: ReadyRecords | null = null;
  #isKnown = false;

  constructor(kernel: EspKernel, streams: StreamTable) {
    this.#kernel = kernel;
    this.#streams = streams;
  }

  /** Packets of the last {@link skim} that were in UDP, and the time of the last one. */
  get inUdp(): number {
    return this.#kernel.state[STATE.inUdp] as number;
  }

  get lastTime(): Micros {
    return this.#kernel.state[STATE.time] as number;
  }

  /** Time of the first one. */
  get firstTime(): Micros {
    return this.#kernel.state[STATE.firstTime] as number;
  }

  /** Offset of the last frame in the kernel's memory. */
  get lastStart(): number {
    return this.#kernel.state[STATE.lastStart] as number;
  }

  get lastEnd(): number {
    return this.#kernel.state[STATE.lastEnd] as number;
  }

  get lastIp(): number {
    return this.#kernel.state[STATE.lastIp] as number;
  }

  /** Takes what it can from the front of a source's records, up to when `due` is; returns how many packets. */
  skim(records: ReadyRecords, source: ReadySource, due: { readonly nextExpiry: Micros }): number {
    const kernel = this.#kernel;
    const { bytes } = records;
    if (bytes.buffer !== kernel.place.buffer || !this.#knows(records)) return 0;
    const { state } = kernel;
    const { grid } = this.#streams;
    state[STATE.frame] = frameRef(records.capture, records.nextFrame);
    state[STATE.time] = records.timeBefore;
    state[STATE.until] = Math.min(source.readyUntil, due.nextExpiry);
    state[STATE.from] = grid.from;
    state[STATE.width] = grid.width;
    const offset = bytes.byteOffset;
    const position = kernel.skim(offset + records.position, offset + records.end);
    const packets = state[STATE.packets] as number;
    if (packets === 0) return 0;
    this.#streams.packets += packets;
    const [taken, cut] = [state[STATE.bytes] as number, state[STATE.cut] as number];
    records.passed(position - offset, packets, taken, cut, this.lastTime);
    return packets;
  }

  /** Whether the kernel can read such frames; tells it how these records are written. */
  #knows(records: ReadyRecords): boolean {
    if (records === this.#format) return this.#isKnown;
    this.#format = records;
    const place = LINK_TYPES.get(records.linkType);
    this.#isKnown = place !== undefined;
    if (place !== undefined) {
      const { littleEndian, framing, interfaceId, ticksPerMicrosecond, longestRecord } = records;
      this.#kernel.useFormat({
        littleEndian,
        framing,
        interfaceId,
        ticksPerMicrosecond,
        longestRecord,
        ...place,
      });
    }
    return this.#isKnown;
  }
}

import { BITMAP_BYTES } from "./bitmaps.js";
import { KERNEL_BINARY } from "./kernel-binary.js";
import { RECORD_BYTES, STATE } from "./layout.js";
import { PAIR_BYTES } from "./pairs.js";
import { HASH_WORDS } from "./stream-hash.js";
import { slotsFor } from "./stream-index.js";

/** Captured bytes that lie in the kernel's memory at a time: three pieces that are read and used in turn. */
const CHUNK_BYTES = 3 * 2 * 1024 * 1024;
const PAGE_BYTES = 65_536;
/** The words of the hash lie behind the state; the kernel is compiled with this offset. */
export const HASH_AT = STATE.size * 8;
const HASH_BYTES = Math.ceil((HASH_WORDS * 4) / 128) * 128;

/** How the records of a capture file are written, and where a frame has its IP header. */
export interface RecordFormat {
  readonly littleEndian: boolean;
  /** Records of pcap, or enhanced packet blocks of pcapng. */
  readonly framing: "records" | "blocks";
  /** 1 or 1000. */
  readonly ticksPerMicrosecond: number;
  /** The interface whose blocks they are; 0 for records. */
  readonly interfaceId: number;
  /** Largest captured length that is believed, bytes. */
  readonly longestRecord: number;
  /** Offset in a frame of the EtherType, and of the IP header where there is no VLAN tag. */
  readonly etherTypeAt: number;
  readonly ipAt: number;
}

/** Position of a stream table in the kernel's memory; `slots` are counted, the others are offsets in bytes. */
export interface TableLayout {
  readonly buffer: ArrayBuffer;
  readonly capacity: number;
  readonly slots: number;
  readonly hashAt: number;
  readonly slotsAt: number;
  readonly pairsAt: number;
  readonly bitmapsAt: number;
  readonly recordsAt: number;
}

interface Exports {
  place(slotsAt: number, slots: number, pairsAt: number, bitmapsAt: number, recordsAt: number): void;
  format(
    little: boolean,
    blocks: boolean,
    ticksPerMicrosecond: number,
    interfaceId: number,
    longest: number,
    etherTypeAt: number,
    ipAt: number,
  ): void;
  skim(position: number, end: number): number;
}

/**
 * The hot loop in WebAssembly (tools/kernel/skim.ts), its memory, and what lies there: the chunk that a source reads into, and
 * a stream table. The memory is as large as the table may become, but the system provides only what is used of it.
 */
export class EspKernel {
  /** A source reads into this; what lies elsewhere the kernel cannot see. */
  readonly chunk: Uint8Array<ArrayBuffer>;
  readonly place: TableLayout;
  /** See STATE in layout.ts. */
  readonly state: Float64Array<ArrayBuffer>;
  readonly #exports: Exports;

  constructor(capacity: number) {
    const slots = slotsFor(capacity);
    const chunkAt = HASH_AT + HASH_BYTES;
    const slotsAt = chunkAt + CHUNK_BYTES;
    const pairsAt = slotsAt + slots * 4;
    const bitmapsAt = pairsAt + capacity * PAIR_BYTES;
    const recordsAt = Math.ceil((bitmapsAt + capacity * BITMAP_BYTES) / 128) * 128;
    const end = recordsAt + capacity * RECORD_BYTES;
    const memory = new WebAssembly.Memory({ initial: Math.ceil(end / PAGE_BYTES) });
    const module = new WebAssembly.Module(Uint8Array.from(atob(KERNEL_BINARY), (byte) => byte.charCodeAt(0)));
    const exports: unknown = new WebAssembly.Instance(module, { env: { memory } }).exports;
    this.#exports = exports as Exports;
    this.chunk = new Uint8Array(memory.buffer, chunkAt, CHUNK_BYTES);
    this.state = new Float64Array(memory.buffer, 0, STATE.size);
    this.place = {
      buffer: memory.buffer,
      capacity,
      slots,
      hashAt: HASH_AT,
      slotsAt,
      pairsAt,
      bitmapsAt,
      recordsAt,
    };
  }

  /** Tells the kernel where the table lies. */
  useTable(): void {
    const { slotsAt, slots, pairsAt, bitmapsAt, recordsAt } = this.place;
    this.#exports.place(slotsAt, slots, pairsAt, bitmapsAt, recordsAt);
  }

  useFormat(format: RecordFormat): void {
    this.#exports.format(
      format.littleEndian,
      format.framing === "blocks",
      format.ticksPerMicrosecond,
      format.interfaceId,
      format.longestRecord,
      format.etherTypeAt,
      format.ipAt,
    );
  }

  /**
   * Counts the records in [position, end) of the kernel's memory up to the first that is not the next packet of a known
   * stream; returns its position. `state` says what of them, and what was taken.
   */
  skim(position: number, end: number): number {
    return this.#exports.skim(position, end);
  }
}

import { u32At } from "../../bytes/reader.js";
import type { Micros } from "../../bytes/time.js";
import type { ReadyRecords } from "./skimmer.js";
import type { FrameInput } from "./sightings.js";

/** Header of a pcap record: time in two words, captured length, length on the wire. */
const RECORD_HEADER = 16;

/** A frame where it lies. */
export type Place = Pick<FrameInput, "bytes" | "start" | "end" | "linkType">;

/** Records of ESP that were counted without a look at each, kept in mind until the next frame is looked at. */
export class SkimmedRun {
  #records: ReadyRecords | null = null;
  #from = 0;
  #to = 0;
  lastTime: Micros = -Infinity;

  /** The records from `from` to where they stand now. */
  set(records: ReadyRecords, from: number, lastTime: Micros): void {
    this.#records = records;
    this.#from = from;
    this.#to = records.position;
    this.lastTime = lastTime;
  }

  get isPending(): boolean {
    return this.#records !== null;
  }

  /** Forgets the run; returns its last frame where `next` lies right behind it, and null where it may be gone. */
  takeLast(next: FrameInput): Place | null {
    const records = this.#records;
    this.#records = null;
    if (records === null || records.bytes !== next.bytes || next.start - RECORD_HEADER !== this.#to)
      return null;
    const { bytes, linkType, littleEndian } = records;
    for (let at = this.#from; at + RECORD_HEADER <= this.#to;) {
      const start = at + RECORD_HEADER;
      const end = start + wordAt(bytes, at + 8, littleEndian);
      if (end === this.#to) return { bytes, start, end, linkType };
      at = end;
    }
    return null;
  }
}

/** Time of the record at `at`. */
export function recordTime({ bytes, littleEndian, nanoseconds }: ReadyRecords, at: number): Micros {
  const fraction = wordAt(bytes, at + 4, littleEndian);
  return wordAt(bytes, at, littleEndian) * 1_000_000 + (nanoseconds ? Math.floor(fraction / 1000) : fraction);
}

function wordAt(bytes: Uint8Array, at: number, littleEndian: boolean): number {
  const word = u32At(bytes, at);
  if (!littleEndian) return word;
  return (
    ((word >>> 24) | ((word >>> 8) & 0xff00) | ((word << 8) & 0xff_0000) | ((word << 24) & 0xff00_0000)) >>> 0
  );
}

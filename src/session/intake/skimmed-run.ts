import type { ReadyRecords } from "../../bytes/ready-records.js";
import type { Micros } from "../../bytes/time.js";
import type { FrameInput } from "./sightings.js";
import type { Skimmer } from "./skimmer.js";

/** A frame where it lies, and its IP header. */
interface Place extends Pick<FrameInput, "bytes" | "start" | "end" | "linkType"> {
  readonly ipAt: number;
}

/** Records of ESP that were counted without a look at each, kept in mind until the next frame is looked at. */
export class SkimmedRun {
  #records: ReadyRecords | null = null;
  #lastStart = 0;
  #lastEnd = 0;
  #lastIp = 0;
  /** Where the record behind it has its frame. */
  #nextStart = 0;
  lastTime: Micros = -Infinity;

  /** What was skimmed last, of these records. */
  set(records: ReadyRecords, { lastTime, lastStart, lastEnd, lastIp }: Skimmer): void {
    const offset = records.bytes.byteOffset;
    this.#records = records;
    this.#lastStart = lastStart - offset;
    this.#lastEnd = lastEnd - offset;
    this.#lastIp = lastIp - offset;
    this.#nextStart = records.position + records.headerLength;
    this.lastTime = lastTime;
  }

  get isPending(): boolean {
    return this.#records !== null;
  }

  /** Forgets the run; returns its last frame where `next` lies right behind it, and null where it may be gone. */
  takeLast(next: FrameInput): Place | null {
    const records = this.#records;
    this.#records = null;
    if (records === null || records.bytes !== next.bytes || next.start !== this.#nextStart) return null;
    const { bytes, linkType } = records;
    return { bytes, start: this.#lastStart, end: this.#lastEnd, ipAt: this.#lastIp, linkType };
  }
}

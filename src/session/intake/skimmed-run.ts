import type { ReadyRecords } from "../../bytes/ready-records.js";
import type { Micros } from "../../bytes/time.js";
import type { FrameInput } from "./sightings.js";
import type { Skimmer } from "./skimmer.js";

/** A frame up to the end of its addresses, and its IP header. */
interface Head extends Pick<FrameInput, "bytes" | "start" | "end" | "linkType"> {
  readonly ipAt: number;
}

/** An IPv6 header; what the kernel takes of IPv4 is longer in all. */
const IP_BYTES = 40;
/** Room for the longest link header that the kernel walks over, with its tags, and for {@link IP_BYTES}. */
const HEAD_BYTES = 128;

/**
 * Records of ESP that were counted without a look at each, kept in mind until the next frame is looked at. The head of the
 * last one is copied: its bytes may be gone by then, where a piece of the file ends behind it.
 */
export class SkimmedRun {
  readonly #bytes = new Uint8Array(HEAD_BYTES);
  #end = 0;
  #ipAt = 0;
  #linkType = 0;
  isPending = false;
  lastTime: Micros = -Infinity;

  /** Takes what was skimmed last of these records. */
  set({ bytes, linkType }: ReadyRecords, { lastTime, lastStart, lastEnd, lastIp }: Skimmer): void {
    const from = lastStart - bytes.byteOffset;
    this.#ipAt = lastIp - lastStart;
    this.#end = Math.min(lastEnd - lastStart, this.#ipAt + IP_BYTES, HEAD_BYTES);
    this.#linkType = linkType;
    for (let at = 0; at < this.#end; at++) this.#bytes[at] = bytes[from + at] as number;
    this.lastTime = lastTime;
    this.isPending = true;
  }

  forget(): void {
    this.isPending = false;
  }

  /** Forgets the run; returns the head of its last frame, whose bytes are reused. */
  takeLast(): Head {
    this.isPending = false;
    return { bytes: this.#bytes, start: 0, end: this.#end, ipAt: this.#ipAt, linkType: this.#linkType };
  }
}

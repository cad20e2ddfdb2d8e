import { RECORD_WORDS, W } from "./layout.js";
import type { EspPacket } from "./packet.js";
import type { StreamMemory } from "./stream-memory.js";

/** Summary of the outer IP headers of each stream: the lowest and highest TTL, and which DSCPs there were. */
export class OuterAccount {
  readonly #memory: StreamMemory;

  constructor(memory: StreamMemory) {
    this.#memory = memory;
  }

  /** Call it before the first packet of a stream is taken. */
  open(record: number, { outer }: EspPacket): void {
    const { words } = this.#memory;
    const w = record * RECORD_WORDS;
    // Other than that of the first packet.
    words[w + W.outer] = outer ^ 0xffff_ffff;
    words[w + W.lowestTtl] = 255;
  }

  /** Nearly all packets of a stream say what the one before said. */
  take(record: number, { outer }: EspPacket): void {
    if (this.#memory.words[record * RECORD_WORDS + W.outer] !== outer) this.#changed(record, outer);
  }

  #changed(record: number, outer: number): void {
    const { words } = this.#memory;
    const w = record * RECORD_WORDS;
    words[w + W.outer] = outer;
    const ttl = outer & 0xff;
    const dscp = outer >>> 10;
    const mask = w + (dscp < 32 ? W.dscpLow : W.dscpHigh);
    words[mask] = (words[mask] as number) | (1 << (dscp & 31));
    if (ttl < (words[w + W.lowestTtl] as number)) words[w + W.lowestTtl] = ttl;
    if (ttl > (words[w + W.highestTtl] as number)) words[w + W.highestTtl] = ttl;
  }
}

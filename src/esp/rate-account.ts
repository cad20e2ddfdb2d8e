import { RECORD_WORDS, W } from "./layout.js";
import type { EspPacket } from "./packet.js";
import { RateGrid } from "./rate-grid.js";
import type { StreamMemory } from "./stream-memory.js";
import { RATE_BINS } from "./stream.js";

/**
 * Packets of each stream by the bins of a grid that all share. The current bin is counted when the next one begins: up to
 * then it is the stream's packets less those at the bin's start.
 */
export class RateAccount {
  readonly grid = new RateGrid(() => this.#joinBins());
  readonly #memory: StreamMemory;

  constructor(memory: StreamMemory) {
    this.#memory = memory;
  }

  /** A packet of a stream that had `before` packets until then. */
  take(record: number, packet: EspPacket, before: number): void {
    const bin = this.grid.binOf(packet);
    const { words } = this.#memory;
    const w = record * RECORD_WORDS;
    if (words[w + W.rateBin] === bin) return;
    closeBin(words, w, before);
    words[w + W.rateBin] = bin;
  }

  /** The bins became twice as wide. */
  #joinBins(): void {
    const { words } = this.#memory;
    for (const record of this.#memory.inUse()) {
      const w = record * RECORD_WORDS;
      closeBin(words, w, words[w + W.packets] as number);
      words[w + W.rateBin] = (words[w + W.rateBin] as number) >>> 1;
      const rate = w + W.rate;
      for (let bin = 0; bin < RATE_BINS / 2; bin++) {
        words[rate + bin] = (words[rate + 2 * bin] as number) + (words[rate + 2 * bin + 1] as number);
      }
      words.fill(0, rate + RATE_BINS / 2, rate + RATE_BINS);
    }
  }
}

/** Counts the packets of the current bin, up to `packets` of the stream, into it. */
function closeBin(words: Uint32Array, w: number, packets: number): void {
  const bin = w + W.rate + (words[w + W.rateBin] as number);
  words[bin] = (words[bin] as number) + packets - (words[w + W.rateBase] as number);
  words[w + W.rateBase] = packets;
}

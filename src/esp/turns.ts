import type { FrameRef } from "../bytes/frame.js";
import type { Micros } from "../bytes/time.js";
import { D, PARTNERS, RECORD_DOUBLES, RECORD_WORDS, W } from "./layout.js";
import type { StreamMemory } from "./stream-memory.js";
import { Pairs } from "./pairs.js";
import { SIZE_BIN_WIDTH, SIZE_BINS } from "./stream.js";

/** A packet that comes later than this is no answer to the one before. */
const LATEST_ANSWER: Micros = 5_000_000;

/** Who follows whom: of every packet whether the peer's packet before came the other way, in which stream, and how large. */
export class Turns {
  readonly #memory: StreamMemory;
  readonly pairs = new Pairs();

  constructor(memory: StreamMemory) {
    this.#memory = memory;
  }

  /** Ties a record to its pair of peers. */
  open(record: number): void {
    const { words } = this.#memory;
    const w = record * RECORD_WORDS;
    words[w + W.pair] = this.pairs.of(words[w + W.source] as number, words[w + W.destination] as number);
  }

  /** Ties all of `records` anew, after others were given up. */
  reopen(records: Iterable<number>): void {
    this.pairs.clear();
    for (const record of records) this.open(record);
  }

  take(record: number, length: number, time: Micros, frame: FrameRef): void {
    const { pairs } = this;
    const { words, doubles } = this.#memory;
    const way = words[record * RECORD_WORDS + W.pair] as number;
    const pair = way >>> 1;
    const latest = pairs.latestRecord[pair] as number;
    if (latest !== record) {
      if (
        latest >= 0 &&
        words[latest * RECORD_WORDS + W.pair] !== way &&
        time - (doubles[latest * RECORD_DOUBLES + D.lastTime] as number) <= LATEST_ANSWER
      ) {
        this.#answered(latest, pairs.latestBytes[pair] as number);
        this.#answers(record, latest, time, frame);
      }
      pairs.latestRecord[pair] = record;
    }
    pairs.latestBytes[pair] = length;
  }

  #answered(record: number, length: number): void {
    const { words } = this.#memory;
    const w = record * RECORD_WORDS;
    const bin = w + W.answered + sizeBin(length);
    words[bin] = (words[bin] as number) + 1;
    if (length > (words[w + W.largestAnswered] as number)) words[w + W.largestAnswered] = length;
  }

  /** Counts a turn from the stream `asked` to this one; where there are too many partners, only for the first ones. */
  #answers(record: number, asked: number, time: Micros, frame: FrameRef): void {
    const { words, doubles } = this.#memory;
    const w = record * RECORD_WORDS;
    const d = record * RECORD_DOUBLES;
    const spi = words[asked * RECORD_WORDS + W.spi] as number;
    const flags = words[asked * RECORD_WORDS + W.flags] as number;
    for (let partner = 0; partner < PARTNERS; partner++) {
      const turns = words[w + W.partnerTurns + partner] as number;
      if (turns === 0) {
        words[w + W.partnerSpi + partner] = spi;
        words[w + W.partnerFlags + partner] = flags;
        doubles[d + D.partnerFirst + partner] = time;
      } else if (words[w + W.partnerSpi + partner] !== spi || words[w + W.partnerFlags + partner] !== flags) {
        continue;
      }
      words[w + W.partnerTurns + partner] = turns + 1;
      doubles[d + D.partnerLast + partner] = time;
      doubles[d + D.partnerFrame + partner] = frame;
      return;
    }
  }
}

/** The bin of the size distribution for a packet of `length` bytes. */
export function sizeBin(length: number): number {
  const bin = Math.trunc(length / SIZE_BIN_WIDTH);
  return bin < SIZE_BINS ? bin : SIZE_BINS - 1;
}

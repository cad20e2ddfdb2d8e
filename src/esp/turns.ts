import type { Micros } from "../bytes/time.js";
import {
  D,
  LARGE_ANSWER_SHIFT,
  LARGE_BURST,
  LARGE_KEPT,
  PARTNER_DOUBLES,
  PARTNER_WORDS,
  PARTNERS,
  RECORD_DOUBLES,
  RECORD_WORDS,
  W,
} from "./layout.js";
import type { StreamMemory } from "./stream-memory.js";
import type { EspPacket } from "./packet.js";
import type { Pairs } from "./pairs.js";
import { SIZE_BIN_WIDTH, SIZE_BINS } from "./stream.js";

/** Order of the two directions: of every packet whether the peer's packet before came the other way, in which stream, and how large. */
export class Turns {
  readonly #memory: StreamMemory;
  readonly pairs: Pairs;

  constructor(memory: StreamMemory, pairs: Pairs) {
    this.#memory = memory;
    this.pairs = pairs;
  }

  /** Ties a record to its pair of peers: clients behind one NAT device are peers of their own, by their ports. */
  open(record: number): void {
    const { words } = this.#memory;
    const w = record * RECORD_WORDS;
    const ports = words[w + W.ports] as number;
    words[w + W.pair] = this.pairs.of(
      words[w + W.source] as number,
      words[w + W.destination] as number,
      ports >>> 16,
      ports & 0xffff,
    );
  }

  /** Ties the records that are left to their pairs anew, after others were given up. */
  reopen(records: readonly number[]): void {
    const { words } = this.#memory;
    this.pairs.clear();
    for (const record of records) {
      this.open(record);
      for (let partner = 0; partner < PARTNERS; partner++) {
        const p = record * RECORD_WORDS + W.partners + partner * PARTNER_WORDS;
        const other = ((words[p + W.partnerRecord] as number) - 1) * RECORD_WORDS;
        if (other >= 0 && words[other + W.flags] === 0) words[p + W.partnerRecord] = 0;
      }
    }
  }

  /** Takes a packet of `record`. */
  take(record: number, packet: EspPacket): void {
    const { pairs } = this;
    const way = this.#memory.words[record * RECORD_WORDS + W.pair] as number;
    const pair = way >>> 1;
    const latest = pairs.latestRecord(pair);
    if (latest !== record) {
      if (latest >= 0 && pairs.latestWay(pair) !== way && pairs.isRecent(pair, packet)) {
        this.#answered(latest, pairs.latestBytes(pair), pairs.latestTime(pair), packet.time);
        this.#answers(record, latest, packet);
      }
    }
    pairs.setLatest(way, record, packet);
  }

  /** The packet of `length` and `sentAt`, the latest one of its stream, has the peer's next packet behind it. */
  #answered(record: number, length: number, sentAt: Micros, time: Micros): void {
    const { words, doubles } = this.#memory;
    const w = record * RECORD_WORDS;
    const bin = w + W.answered + sizeBin(length);
    words[bin] = (words[bin] as number) + 1;
    if (length > (words[w + W.largestAnswered] as number)) words[w + W.largestAnswered] = length;
    const askedAt = doubles[record * RECORD_DOUBLES + D.largeLast] as number;
    const since = sentAt - askedAt;
    if (time < askedAt || since < 0 || since > LARGE_BURST) return;
    const kept = w + W.largeBytes + (((words[w + W.largeCount] as number) - 1) % LARGE_KEPT);
    const bytes = (words[kept] as number) & (2 ** LARGE_ANSWER_SHIFT - 1);
    words[kept] = bytes | ((1 + Math.floor((time - askedAt) / 1000)) << LARGE_ANSWER_SHIFT);
  }

  /** Counts a turn from the stream `asked` to this one; where there are too many partners, only for the first ones. */
  #answers(record: number, asked: number, { time, frame }: EspPacket): void {
    const { words, doubles } = this.#memory;
    for (let partner = 0; partner < PARTNERS; partner++) {
      const p = record * RECORD_WORDS + W.partners + partner * PARTNER_WORDS;
      const turns = words[p + W.partnerTurns] as number;
      if (turns === 0) {
        words[p + W.partnerRecord] = asked + 1;
        words[p + W.partnerSpi] = words[asked * RECORD_WORDS + W.spi] as number;
        words[p + W.partnerFlags] = words[asked * RECORD_WORDS + W.flags] as number;
        doubles[record * RECORD_DOUBLES + D.partnerFirst + partner] = time;
      } else if (words[p + W.partnerRecord] !== asked + 1) continue;
      words[p + W.partnerTurns] = turns + 1;
      const d = record * RECORD_DOUBLES + D.partners + partner * PARTNER_DOUBLES;
      doubles[d + D.partnerTime] = time;
      doubles[d + D.partnerFrame] = frame;
      return;
    }
  }
}

/** The bin of the size distribution for a packet of `length` bytes. */
export function sizeBin(length: number): number {
  const bin = Math.trunc(length / SIZE_BIN_WIDTH);
  return bin < SIZE_BINS ? bin : SIZE_BINS - 1;
}

import type { Micros } from "../bytes/time.js";
import { Bitmaps } from "./bitmaps.js";
import { evictionOrder } from "./eviction.js";
import type { EspKernel } from "./kernel.js";
import {
  D,
  IN_USE,
  LARGE_APART,
  LARGE_KEPT,
  RECORD_DOUBLES,
  RECORD_WORDS,
  SAMPLED_PACKETS,
  W,
} from "./layout.js";
import { EspPacket } from "./packet.js";
import { Pairs } from "./pairs.js";
import { isReadable } from "./plain-content.js";
import { RateGrid } from "./rate-grid.js";
import { SequenceAccount } from "./sequence-account.js";
import { type EspStream, RATE_BINS } from "./stream.js";
import { StreamIndex } from "./stream-index.js";
import { StreamMemory } from "./stream-memory.js";
import { StreamView } from "./stream-view.js";
import { sizeBin, Turns } from "./turns.js";

const INITIAL_CAPACITY = 256;
/** A gateway with thousands of tunnels and a day of rekeys fits; a record is about a kilobyte. */
export const MOST_STREAMS = 100_000;

/** Who is told which records begin to stand for a stream, and which were given up for want of room. */
export interface StreamWatch {
  opened(record: number, stream: EspStream): void;
  evicted(records: readonly number[]): void;
}

/**
 * Counters per stream in typed arrays: a packet costs a hash, a probe and some stores, and no object. When the limit is
 * reached, the streams that were least recently used are given up, counted in `evictedStreams` and `evictedPackets`.
 */
export class StreamTable {
  /** Fill it, then call {@link count}. */
  readonly packet: EspPacket;
  readonly #limit: number;
  readonly #memory: StreamMemory;
  readonly #index: StreamIndex;
  readonly #order: SequenceAccount;
  readonly #turns: Turns;
  readonly #grid = new RateGrid(() => this.#joinBins());
  /** Records below this number are or were in use. */
  #used = 0;
  #free: number[] = [];
  /** Told of what happens to records; a capture that is read to its end needs nobody. */
  watch: StreamWatch | null = null;

  /** Packets of all streams, kept or not. */
  packets = 0;
  evictedStreams = 0;
  /** Packets whose streams were given up. */
  evictedPackets = 0;

  /** With a kernel the table lies in its memory, and `limit` is what fits there. */
  constructor(limit = MOST_STREAMS, kernel: EspKernel | null = null, seed = randomSeed()) {
    this.packet = new EspPacket(seed);
    if (kernel === null) {
      this.#limit = limit;
      this.#memory = new StreamMemory(Math.min(INITIAL_CAPACITY, limit));
      this.#index = new StreamIndex(this.#memory, seed);
      this.#turns = new Turns(this.#memory, new Pairs());
      this.#order = new SequenceAccount(this.#memory);
    } else {
      const { buffer, capacity, slotsAt, slots, pairsAt, bitmapsAt, recordsAt } = kernel.place;
      this.#limit = capacity;
      this.#memory = new StreamMemory(capacity, buffer, recordsAt);
      this.#index = new StreamIndex(this.#memory, seed, new Uint32Array(buffer, slotsAt, slots));
      this.#turns = new Turns(this.#memory, new Pairs(capacity, buffer, pairsAt));
      this.#order = new SequenceAccount(this.#memory, new Bitmaps(capacity, buffer, bitmapsAt));
      kernel.useTable(seed);
    }
  }

  /** The grid of rates that the kernel counts into. */
  get grid(): { readonly from: Micros; readonly width: Micros } {
    return this.#grid;
  }

  get size(): number {
    return this.#used - this.#free.length;
  }

  /**
   * Counts the packet that `packet` holds. Returns the number of its record, good until the next packet; -1 where no
   * room could be made for its stream.
   */
  count(): number {
    this.packets++;
    const { packet } = this;
    const known = this.#index.find(packet.key, packet.isIpv6 ? packet.addresses : null);
    const record = known < 0 ? this.#open() : known;
    if (record >= 0) this.#account(record);
    else this.evictedPackets++;
    return record;
  }

  /** Whether the record's packets are still looked into. */
  wantsSample(record: number): boolean {
    return (this.#memory.words[record * RECORD_WORDS + W.sampled] as number) < SAMPLED_PACKETS;
  }

  /** Looks into the ESP packet in [start, end) of `bytes` that was counted last. */
  sample(record: number, bytes: Uint8Array, start: number, end: number): void {
    const { words, doubles } = this.#memory;
    const w = record * RECORD_WORDS;
    words[w + W.sampled] = (words[w + W.sampled] as number) + 1;
    if (!isReadable(bytes, start, end, this.packet.length)) return;
    const readable = (words[w + W.readable] as number) + 1;
    words[w + W.readable] = readable;
    if (readable > 1) return;
    doubles[record * RECORD_DOUBLES + D.readableTime] = this.packet.time;
    doubles[record * RECORD_DOUBLES + D.readableFrame] = this.packet.frame;
  }

  /** Marks the packet that was counted last as one that came in IP fragments. */
  countFragmented(record: number): void {
    const { words, doubles } = this.#memory;
    const w = record * RECORD_WORDS;
    const before = words[w + W.fragmented] as number;
    words[w + W.fragmented] = before + 1;
    if (before > 0) return;
    doubles[record * RECORD_DOUBLES + D.fragmentedTime] = this.packet.time;
    doubles[record * RECORD_DOUBLES + D.fragmentedFrame] = this.packet.frame;
  }

  /** All streams, in order of first sight. */
  streams(): EspStream[] {
    return [...this.#records()]
      .map((record) => new StreamView(this.#memory, this.#grid, record))
      .toSorted((a, b) => a.firstTime - b.firstTime || a.firstFrame - b.firstFrame);
  }

  /** Numbers of records go up to this one, without it. */
  get used(): number {
    return this.#used;
  }

  /** The stream of a record, as it stands; null where the record is free. */
  stream(record: number): EspStream | null {
    return this.#isInUse(record) ? new StreamView(this.#memory, this.#grid, record) : null;
  }

  /** Gives streams up that are over; their records may be used by others from now on. */
  release(records: readonly number[]): void {
    if (records.length === 0) return;
    for (const record of records) this.#close(record);
    this.#reindex();
  }

  /**
   * Packets, bytes and lost packets of the records in use that had a packet since `time`: `take` is called for each. No object
   * is made.
   */
  sweep(
    time: Micros,
    take: (record: number, packets: number, bytes: number, lost: number, lastTime: Micros) => void,
  ): void {
    const { words, doubles } = this.#memory;
    for (let record = 0; record < this.#used; record++) {
      const lastTime = doubles[record * RECORD_DOUBLES + D.lastTime] as number;
      if (lastTime < time || !this.#isInUse(record)) continue;
      const w = record * RECORD_WORDS;
      const packets = words[w + W.packets] as number;
      const lost = words[w + W.missing] as number;
      take(record, packets, doubles[record * RECORD_DOUBLES + D.bytes] as number, lost, lastTime);
    }
  }

  *#records(): IterableIterator<number> {
    for (let record = 0; record < this.#used; record++) if (this.#isInUse(record)) yield record;
  }

  #isInUse(record: number): boolean {
    return ((this.#memory.words[record * RECORD_WORDS + W.flags] as number) & IN_USE) !== 0;
  }

  #open(): number {
    const { packet } = this;
    const record = this.#room();
    const { words, doubles } = this.#memory;
    const w = record * RECORD_WORDS;
    words.fill(0, w, w + RECORD_WORDS);
    words.set(packet.key, w);
    words.set(packet.addresses, w + W.sourceAddress);
    words[w + W.outer] = packet.outer ^ 0xffff_ffff;
    words[w + W.smallest] = 0xffff_ffff;
    words[w + W.lowestTtl] = 255;
    const d = record * RECORD_DOUBLES;
    doubles[d + D.firstTime] = packet.time;
    doubles[d + D.firstFrame] = packet.frame;
    doubles[d + D.lastTime] = packet.time;
    doubles[d + D.largeLast] = -Infinity;
    if (!this.#index.insert(record)) {
      words[w + W.flags] = 0;
      this.#free.push(record);
      return -1;
    }
    this.#turns.open(record);
    this.#order.open(record, packet.sequence);
    this.watch?.opened(record, new StreamView(this.#memory, this.#grid, record));
    return record;
  }

  /** The number of a record that is free. */
  #room(): number {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    if (this.#used < this.#memory.capacity) return this.#used++;
    if (this.#memory.capacity < this.#limit) {
      this.#memory.grow(Math.min(this.#limit, this.#memory.capacity * 2));
      this.#index.rebuild();
      return this.#used++;
    }
    this.#evict();
    return this.#free.pop() ?? this.#used++;
  }

  #evict(): void {
    const { words } = this.#memory;
    const records = evictionOrder(this.#memory);
    this.watch?.evicted(records);
    for (const record of records) {
      this.evictedStreams++;
      this.evictedPackets += words[record * RECORD_WORDS + W.packets] as number;
      this.#close(record);
    }
    this.#reindex();
  }

  #close(record: number): void {
    this.#order.close(record);
    this.#memory.words[record * RECORD_WORDS + W.flags] = 0;
    this.#free.push(record);
  }

  #reindex(): void {
    this.#index.rebuild();
    this.#turns.reopen([...this.#records()]);
  }

  #account(record: number): void {
    const { packet } = this;
    const { sequence, length, outer } = packet;
    const { words, doubles } = this.#memory;
    const w = record * RECORD_WORDS;
    const d = record * RECORD_DOUBLES;
    const packets = words[w + W.packets] as number;
    words[w + W.packets] = packets + 1;
    doubles[d + D.bytes] = (doubles[d + D.bytes] as number) + length;
    this.#turns.take(record, packet);
    if (packets > 0) {
      if (words[w + W.bitmap] === 0 && sequence === (words[w + W.highest] as number) + 1) {
        words[w + W.highest] = sequence;
      } else this.#order.take(record, packet);
    }
    words[w + W.last] = sequence;
    this.#times(record);
    this.#size(record);
    if (words[w + W.outer] !== outer) this.#outer(w, outer);
    const bin = this.#grid.binOf(packet);
    if (words[w + W.rateBin] === bin) return;
    closeRateBin(words, w, packets);
    words[w + W.rateBin] = bin;
  }

  #times(record: number): void {
    const { doubles } = this.#memory;
    const { time, frame } = this.packet;
    const d = record * RECORD_DOUBLES;
    const last = doubles[d + D.lastTime] as number;
    if (time >= last) {
      if (time - last > (doubles[d + D.gap] as number)) {
        doubles[d + D.gap] = time - last;
        doubles[d + D.gapFrom] = last;
        doubles[d + D.gapFromFrame] = doubles[d + D.lastFrame] as number;
        doubles[d + D.gapToFrame] = frame;
      }
      doubles[d + D.lastTime] = time;
      doubles[d + D.lastFrame] = frame;
    } else if (time < (doubles[d + D.firstTime] as number)) {
      doubles[d + D.firstTime] = time;
      doubles[d + D.firstFrame] = frame;
    }
  }

  #size(record: number): void {
    const { words, doubles } = this.#memory;
    const { length, time, frame } = this.packet;
    const w = record * RECORD_WORDS;
    const d = record * RECORD_DOUBLES;
    const bin = sizeBin(length);
    words[w + W.sizes + bin] = (words[w + W.sizes + bin] as number) + 1;
    words[w + W.residues] = (words[w + W.residues] as number) | (1 << (length & 15));
    if (length < (words[w + W.smallest] as number)) words[w + W.smallest] = length;
    const largest = words[w + W.largest] as number;
    const largestBin = sizeBin(largest);
    if (length > largest) words[w + W.largest] = length;
    if (bin < largestBin) return;
    const isLargerBin = bin > largestBin;
    if (!isLargerBin && time - (doubles[d + D.largeLast] as number) < LARGE_APART) return;
    const count = isLargerBin ? 0 : (words[w + W.largeCount] as number);
    const at = count % LARGE_KEPT;
    words[w + W.largeCount] = count + 1;
    words[w + W.largeBytes + at] = length;
    doubles[d + D.largeLast] = time;
    doubles[d + D.largeTime + at] = time;
    doubles[d + D.largeFrame + at] = frame;
  }

  #outer(w: number, outer: number): void {
    const { words } = this.#memory;
    words[w + W.outer] = outer;
    const ttl = outer & 0xff;
    const dscp = outer >>> 10;
    const mask = w + (dscp < 32 ? W.dscpLow : W.dscpHigh);
    words[mask] = (words[mask] as number) | (1 << (dscp & 31));
    if (ttl < (words[w + W.lowestTtl] as number)) words[w + W.lowestTtl] = ttl;
    if (ttl > (words[w + W.highestTtl] as number)) words[w + W.highestTtl] = ttl;
  }

  #joinBins(): void {
    const { words } = this.#memory;
    for (const record of this.#records()) {
      const w = record * RECORD_WORDS;
      closeRateBin(words, w, words[w + W.packets] as number);
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
function closeRateBin(words: Uint32Array, w: number, packets: number): void {
  const bin = w + W.rate + (words[w + W.rateBin] as number);
  words[bin] = (words[bin] as number) + packets - (words[w + W.rateBase] as number);
  words[w + W.rateBase] = packets;
}

function randomSeed(): number {
  return (Math.random() * 2 ** 32) >>> 0;
}

import type { Micros } from "../bytes/time.js";
import { Bitmaps } from "./bitmaps.js";
import { type ClearContent, ContentAccount } from "./content-account.js";
import { evictionOrder } from "./eviction.js";
import type { EspKernel } from "./kernel.js";
import { D, RECORD_DOUBLES, RECORD_WORDS, W } from "./layout.js";
import { OuterAccount } from "./outer-account.js";
import { EspPacket } from "./packet.js";
import { Pairs } from "./pairs.js";
import { RateAccount } from "./rate-account.js";
import { SequenceAccount } from "./sequence-account.js";
import { SizeAccount } from "./size-account.js";
import type { EspStream } from "./stream.js";
import { HASH_WORDS, StreamHash } from "./stream-hash.js";
import { StreamIndex } from "./stream-index.js";
import { StreamMemory } from "./stream-memory.js";
import { StreamView } from "./stream-view.js";
import { TimeAccount } from "./time-account.js";
import { Turns } from "./turns.js";

const INITIAL_CAPACITY = 32;
/** A gateway with thousands of tunnels and a day of rekeys fits; a record is about a kilobyte. */
export const MOST_STREAMS = 100_000;

/** Listener that is told which records begin to stand for a stream, and which were given up for want of room. */
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
  readonly #times: TimeAccount;
  readonly #sizes: SizeAccount;
  readonly #outer: OuterAccount;
  readonly #rates: RateAccount;
  readonly #content: ContentAccount;
  #free: number[] = [];
  /** Told of what happens to records; a capture that is read to its end needs nobody. */
  watch: StreamWatch | null = null;

  /** Packets of all streams, kept or not. */
  packets = 0;
  evictedStreams = 0;
  /** Packets whose streams were given up. */
  evictedPackets = 0;

  /** With a kernel the table lies in its memory, and `limit` is what fits there. */
  constructor(limit = MOST_STREAMS, kernel: EspKernel | null = null) {
    let hash: StreamHash;
    if (kernel === null) {
      hash = new StreamHash();
      this.#limit = limit;
      this.#memory = new StreamMemory(Math.min(INITIAL_CAPACITY, limit));
      this.#index = new StreamIndex(this.#memory, hash);
      this.#turns = new Turns(this.#memory, new Pairs(hash));
      this.#order = new SequenceAccount(this.#memory);
    } else {
      const { buffer, capacity, hashAt, slotsAt, slots, pairsAt, bitmapsAt, recordsAt } = kernel.place;
      hash = new StreamHash(new Int32Array(buffer, hashAt, HASH_WORDS));
      this.#limit = capacity;
      this.#memory = new StreamMemory(capacity, buffer, recordsAt);
      this.#index = new StreamIndex(this.#memory, hash, new Uint32Array(buffer, slotsAt, slots));
      this.#turns = new Turns(this.#memory, new Pairs(hash, capacity, buffer, pairsAt));
      this.#order = new SequenceAccount(this.#memory, new Bitmaps(capacity, buffer, bitmapsAt));
      kernel.useTable();
    }
    this.packet = new EspPacket(hash);
    this.#times = new TimeAccount(this.#memory);
    this.#sizes = new SizeAccount(this.#memory);
    this.#outer = new OuterAccount(this.#memory);
    this.#rates = new RateAccount(this.#memory);
    this.#content = new ContentAccount(this.#memory);
  }

  /** The grid of rates that the kernel counts into. */
  get grid(): { readonly from: Micros; readonly width: Micros } {
    return this.#rates.grid;
  }

  get size(): number {
    return this.#memory.used - this.#free.length;
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
    return this.#content.wants(record);
  }

  /** Says what stands in clear in the packet that was counted last. */
  sample(record: number, found: ClearContent | null): void {
    this.#content.sample(record, this.packet, found);
  }

  /** Marks the packet that was counted last as one that came in IP fragments. */
  countFragmented(record: number): void {
    this.#content.fragmented(record, this.packet);
  }

  /** All streams, in order of first sight. */
  streams(): EspStream[] {
    return [...this.#memory.inUse()]
      .map((record) => new StreamView(this.#memory, this.#rates.grid, record))
      .toSorted((a, b) => a.firstTime - b.firstTime || a.firstFrame - b.firstFrame);
  }

  /** Numbers of records go up to this one, without it. */
  get used(): number {
    return this.#memory.used;
  }

  /** The stream of a record, as it stands; null where the record is free. */
  stream(record: number): EspStream | null {
    return this.#memory.isInUse(record) ? new StreamView(this.#memory, this.#rates.grid, record) : null;
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
    for (let record = 0; record < this.#memory.used; record++) {
      const lastTime = doubles[record * RECORD_DOUBLES + D.lastTime] as number;
      if (lastTime < time || !this.#memory.isInUse(record)) continue;
      const w = record * RECORD_WORDS;
      const packets = words[w + W.packets] as number;
      const lost = words[w + W.missing] as number;
      take(record, packets, doubles[record * RECORD_DOUBLES + D.bytes] as number, lost, lastTime);
    }
  }

  #open(): number {
    const { packet } = this;
    const record = this.#room();
    const { words } = this.#memory;
    const w = record * RECORD_WORDS;
    words.fill(0, w, w + RECORD_WORDS);
    words.set(packet.key, w);
    words.set(packet.addresses, w + W.sourceAddress);
    this.#outer.open(record, packet);
    this.#sizes.open(record);
    this.#times.open(record, packet);
    if (!this.#index.insert(record)) {
      words[w + W.flags] = 0;
      this.#free.push(record);
      return -1;
    }
    this.#turns.open(record);
    this.#order.open(record, packet.sequence);
    this.watch?.opened(record, new StreamView(this.#memory, this.#rates.grid, record));
    return record;
  }

  /** The number of a record that is free. */
  #room(): number {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    if (this.#memory.used < this.#memory.capacity) return this.#memory.used++;
    if (this.#memory.capacity < this.#limit) {
      this.#memory.grow(Math.min(this.#limit, this.#memory.capacity * 2));
      this.#index.rebuild();
      return this.#memory.used++;
    }
    this.#evict();
    return this.#free.pop() ?? this.#memory.used++;
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
    this.#turns.reopen([...this.#memory.inUse()]);
  }

  #account(record: number): void {
    const { packet } = this;
    const { sequence, length } = packet;
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
    this.#times.take(record, packet);
    this.#sizes.take(record, packet);
    this.#outer.take(record, packet);
    this.#rates.take(record, packet, packets);
  }
}

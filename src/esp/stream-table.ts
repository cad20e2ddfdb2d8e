import { u32At } from "../bytes/reader.js";
import { type FrameRef } from "../bytes/frame.js";
import type { Micros } from "../bytes/time.js";
import { type Address, ipv4At, ipv6At } from "../bytes/address.js";
import { ARRIVAL, classifyArrival, shiftHigh, shiftLow } from "./window.js";

/** How the packets of a stream travel. */
export const ENCAPSULATION = { esp: 0, espInUdp: 1, ah: 2, espInTcp: 3 } as const;
type Encapsulation = "esp" | "udp" | "ah" | "tcp";
const ENCAPSULATION_NAMES: readonly Encapsulation[] = ["esp", "udp", "ah", "tcp"];

/** One direction of ESP or AH traffic, keyed by source, destination, encapsulation with ports, and SPI. */
export interface EspStream {
  readonly source: Address;
  readonly destination: Address;
  readonly encapsulation: Encapsulation;
  /** 0 unless encapsulated in UDP or TCP. */
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly spi: number;
  readonly packets: number;
  /** Bytes of the ESP or AH packets, without outer headers. */
  readonly bytes: number;
  readonly firstTime: Micros;
  readonly lastTime: Micros;
  readonly firstFrame: FrameRef;
  readonly lastFrame: FrameRef;
  readonly firstSequence: number;
  readonly lastSequence: number;
  readonly highestSequence: number;
  /** Sequence numbers between the first and the highest that were never seen. */
  readonly lost: number;
  /** Packets that came after one with a higher number, within 64. */
  readonly reordered: number;
  /** Packets whose number had been seen already, within 64. */
  readonly duplicates: number;
  /** Size of the largest ESP or AH packet, bytes. */
  readonly largest: number;
  /** Packets that came in IP fragments: they were fragmented after encryption. */
  readonly fragmented: number;
  /** The first of them; 0 where there is none. */
  readonly firstFragmentedTime: Micros;
  readonly firstFragmentedFrame: FrameRef;
  /** The longest time without a packet between two packets of the stream; 0 and 0 where it has one packet. */
  readonly gapFrom: Micros;
  readonly gapTo: Micros;
  readonly gapFromFrame: FrameRef;
  readonly gapToFrame: FrameRef;
}

/** Two addresses of four words, ports, SPI, and IP version with encapsulation. */
const KEY_WORDS = 11;

/**
 * Counters per stream in typed arrays: one open-addressing table over a key of eleven words, so that a packet costs a hash, a probe and a few stores, and no object. The hash is seeded,
 * so that a capture cannot be built to collide. When `limit` streams are held, packets of further streams are
 * counted in `untracked` and nothing else.
 */
export class StreamTable {
  readonly #limit: number;
  readonly #seed: number;
  #capacity = 256;
  #count = 0;
  #slots: Int32Array<ArrayBuffer>;
  #keys: Uint32Array<ArrayBuffer>;
  /** Columns D and W of every stream, at stream * width. */
  #doubles: Float64Array<ArrayBuffer>;
  #words: Uint32Array<ArrayBuffer>;
  readonly #key = new Uint32Array(KEY_WORDS);

  /** Packets that belong to streams beyond the limit. */
  untracked = 0;
  /** Packets of all streams, tracked or not. */
  packets = 0;

  constructor(limit = 200_000, seed = (Math.random() * 2 ** 32) >>> 0) {
    this.#limit = limit;
    this.#seed = seed;
    this.#slots = new Int32Array(this.#capacity * 2).fill(-1);
    this.#keys = new Uint32Array(this.#capacity * KEY_WORDS);
    this.#doubles = new Float64Array(this.#capacity * D.width);
    this.#words = new Uint32Array(this.#capacity * W.width);
  }

  get size(): number {
    return this.#count;
  }

  /**
   * Counts one packet. Addresses are read at `sourceAt` and `destinationAt` in `addresses` (4 or 16 bytes by
   * `ipVersion`); `length` is the declared length of the ESP or AH packet. Returns the stream's number, or -1 where
   * the table is full.
   */
  count(
    addresses: Uint8Array,
    sourceAt: number,
    destinationAt: number,
    ipVersion: 4 | 6,
    encapsulation: number,
    sourcePort: number,
    destinationPort: number,
    spi: number,
    sequence: number,
    length: number,
    time: Micros,
    frame: FrameRef,
  ): number {
    this.packets++;
    const key = this.#key;
    if (ipVersion === 4) {
      key.fill(0, 1, 8);
      key[0] = u32At(addresses, sourceAt);
      key[4] = u32At(addresses, destinationAt);
    } else {
      for (let word = 0; word < 4; word++) {
        key[word] = u32At(addresses, sourceAt + word * 4);
        key[word + 4] = u32At(addresses, destinationAt + word * 4);
      }
    }
    key[8] = ((sourcePort << 16) | destinationPort) >>> 0;
    key[9] = spi;
    key[10] = (ipVersion << 8) | encapsulation;
    const stream = this.#find();
    if (stream < 0) {
      this.untracked++;
      return -1;
    }
    this.#account(stream, sequence, length, time, frame);
    return stream;
  }

  /** Marks the packet that was counted last in `stream` as one that came in IP fragments; -1 is passed over. */
  countFragmented(stream: number, time: Micros, frame: FrameRef): void {
    if (stream < 0) return;
    const doubles = this.#doubles;
    const d = stream * D.width;
    const before = doubles[d + D.fragmented] as number;
    doubles[d + D.fragmented] = before + 1;
    if (before > 0) return;
    doubles[d + D.fragmentedTime] = time;
    doubles[d + D.fragmentedFrame] = frame;
  }

  /** All streams as objects, in order of first sight. */
  *streams(): IterableIterator<EspStream> {
    for (let stream = 0; stream < this.#count; stream++) yield this.stream(stream);
  }

  /** The stream of that number as an object. Throws RangeError for a number that the table does not hold. */
  stream(stream: number): EspStream {
    if (stream < 0 || stream >= this.#count) throw new RangeError(`no stream ${stream}`);
    const d = (column: number): number => this.#doubles[stream * D.width + column] as number;
    const w = (column: number): number => this.#words[stream * W.width + column] as number;
    const flags = this.#keys[stream * KEY_WORDS + 10] as number;
    const firstSequence = w(W.first);
    const highestSequence = w(W.highest);
    const duplicates = d(D.duplicates);
    const distinct = d(D.packets) - duplicates - d(D.tooOld);
    return {
      source: this.#address(stream, 0, flags),
      destination: this.#address(stream, 4, flags),
      encapsulation: ENCAPSULATION_NAMES[flags & 0xff] ?? "esp",
      sourcePort: (this.#keys[stream * KEY_WORDS + 8] as number) >>> 16,
      destinationPort: (this.#keys[stream * KEY_WORDS + 8] as number) & 0xffff,
      spi: this.#keys[stream * KEY_WORDS + 9] as number,
      packets: d(D.packets),
      bytes: d(D.bytes),
      firstTime: d(D.firstTime),
      lastTime: d(D.lastTime),
      firstFrame: d(D.firstFrame),
      lastFrame: d(D.lastFrame),
      firstSequence,
      lastSequence: w(W.last),
      highestSequence,
      lost: Math.max(0, highestSequence - firstSequence + 1 - distinct),
      reordered: d(D.reordered),
      duplicates,
      largest: w(W.largest),
      fragmented: d(D.fragmented),
      firstFragmentedTime: d(D.fragmentedTime),
      firstFragmentedFrame: d(D.fragmentedFrame),
      gapFrom: d(D.gapFrom),
      gapTo: d(D.gapTo),
      gapFromFrame: d(D.gapFromFrame),
      gapToFrame: d(D.gapToFrame),
    };
  }

  #address(stream: number, word: number, flags: number): Address {
    const bytes = new Uint8Array(16);
    const view = new DataView(bytes.buffer);
    for (let at = 0; at < 4; at++) {
      view.setUint32(at * 4, this.#keys[stream * KEY_WORDS + word + at] as number);
    }
    return flags >>> 8 === 4 ? ipv4At(bytes, 0) : ipv6At(bytes, 0);
  }

  #hash(): number {
    let hash = this.#seed;
    for (let word = 0; word < KEY_WORDS; word++) {
      hash = Math.imul(hash ^ (this.#key[word] as number), 0x9e3779b1);
      hash = (hash ^ (hash >>> 15)) >>> 0;
    }
    hash = Math.imul(hash, 0x85ebca6b);
    return (hash ^ (hash >>> 13)) >>> 0;
  }

  #find(): number {
    const mask = this.#slots.length - 1;
    let slot = this.#hash() & mask;
    for (;;) {
      const stream = this.#slots[slot] as number;
      if (stream < 0) break;
      if (this.#matches(stream)) return stream;
      slot = (slot + 1) & mask;
    }
    if (this.#count >= this.#limit) return -1;
    if (this.#count >= this.#capacity) {
      this.#grow();
      return this.#find();
    }
    const stream = this.#count++;
    this.#slots[slot] = stream;
    this.#keys.set(this.#key, stream * KEY_WORDS);
    return stream;
  }

  #matches(stream: number): boolean {
    const at = stream * KEY_WORDS;
    for (let word = KEY_WORDS - 1; word >= 0; word--) {
      if (this.#keys[at + word] !== this.#key[word]) return false;
    }
    return true;
  }

  #grow(): void {
    const capacity = this.#capacity * 2;
    const keys = new Uint32Array(capacity * KEY_WORDS);
    keys.set(this.#keys);
    const doubles = new Float64Array(capacity * D.width);
    doubles.set(this.#doubles);
    const words = new Uint32Array(capacity * W.width);
    words.set(this.#words);
    this.#keys = keys;
    this.#doubles = doubles;
    this.#words = words;
    this.#capacity = capacity;
    this.#slots = new Int32Array(capacity * 2).fill(-1);
    const mask = this.#slots.length - 1;
    const current = this.#key.slice();
    for (let stream = 0; stream < this.#count; stream++) {
      this.#key.set(keys.subarray(stream * KEY_WORDS, (stream + 1) * KEY_WORDS));
      let slot = this.#hash() & mask;
      while ((this.#slots[slot] as number) >= 0) slot = (slot + 1) & mask;
      this.#slots[slot] = stream;
    }
    this.#key.set(current);
  }

  #account(stream: number, sequence: number, length: number, time: Micros, frame: FrameRef): void {
    const doubles = this.#doubles;
    const words = this.#words;
    const d = stream * D.width;
    const w = stream * W.width;
    const before = doubles[d + D.packets] as number;
    doubles[d + D.packets] = before + 1;
    doubles[d + D.bytes] = (doubles[d + D.bytes] as number) + length;
    words[w + W.last] = sequence;
    if (length > (words[w + W.largest] as number)) words[w + W.largest] = length;
    if (before === 0) {
      doubles[d + D.firstTime] = time;
      doubles[d + D.lastTime] = time;
      doubles[d + D.firstFrame] = frame;
      doubles[d + D.lastFrame] = frame;
      words[w + W.first] = sequence;
      words[w + W.highest] = sequence;
      words[w + W.low] = 1;
      return;
    }
    const last = doubles[d + D.lastTime] as number;
    if (time >= last) {
      if (time - last > (doubles[d + D.gapTo] as number) - (doubles[d + D.gapFrom] as number)) {
        doubles[d + D.gapFrom] = last;
        doubles[d + D.gapTo] = time;
        doubles[d + D.gapFromFrame] = doubles[d + D.lastFrame] as number;
        doubles[d + D.gapToFrame] = frame;
      }
      doubles[d + D.lastTime] = time;
      doubles[d + D.lastFrame] = frame;
    } else if (time < (doubles[d + D.firstTime] as number)) {
      doubles[d + D.firstTime] = time;
      doubles[d + D.firstFrame] = frame;
    }
    this.#sequence(d, w, sequence);
  }

  #sequence(d: number, w: number, sequence: number): void {
    const doubles = this.#doubles;
    const words = this.#words;
    const highest = words[w + W.highest] as number;
    const low = words[w + W.low] as number;
    const high = words[w + W.high] as number;
    switch (classifyArrival(sequence, highest, low, high)) {
      case ARRIVAL.next:
      case ARRIVAL.gap: {
        const by = sequence - highest;
        words[w + W.high] = shiftHigh(low, high, by);
        words[w + W.low] = shiftLow(low, by);
        words[w + W.highest] = sequence;
        return;
      }
      case ARRIVAL.late: {
        const behind = highest - sequence;
        if (behind < 32) words[w + W.low] = low | (1 << behind);
        else words[w + W.high] = high | (1 << (behind - 32));
        doubles[d + D.reordered] = (doubles[d + D.reordered] as number) + 1;
        if (sequence < (words[w + W.first] as number)) words[w + W.first] = sequence;
        return;
      }
      case ARRIVAL.duplicate:
        doubles[d + D.duplicates] = (doubles[d + D.duplicates] as number) + 1;
        return;
      default:
        doubles[d + D.tooOld] = (doubles[d + D.tooOld] as number) + 1;
    }
  }
}

/** Columns of doubles. */
const D = {
  packets: 0,
  bytes: 1,
  firstTime: 2,
  lastTime: 3,
  firstFrame: 4,
  lastFrame: 5,
  reordered: 6,
  duplicates: 7,
  tooOld: 8,
  fragmented: 9,
  fragmentedTime: 10,
  fragmentedFrame: 11,
  gapFrom: 12,
  gapTo: 13,
  gapFromFrame: 14,
  gapToFrame: 15,
  width: 16,
} as const;

/** Columns of words. */
const W = { first: 0, last: 1, highest: 2, low: 3, high: 4, largest: 5, width: 6 } as const;

import type { Micros } from "../bytes/time.js";
import type { EspPacket } from "./packet.js";
import type { StreamHash } from "./stream-hash.js";

/** A packet that comes later than this is no answer to the one before. */
export const LATEST_ANSWER: Micros = 5_000_000;

/** A pair's structure: record + 1 of the latest packet's stream, its direction with the pair's number, its bytes; its time. */
export const PAIR_BYTES = 32;
const WORDS = PAIR_BYTES / 4;
const DOUBLES = PAIR_BYTES / 8;
/** In words. */
export const PAIR_RECORD = 0;
export const PAIR_WAY = 1;
export const PAIR_LENGTH = 2;
/** In doubles. */
export const PAIR_TIME = 2;

/**
 * Pairs of peers by the digests of their addresses and their ports, in either order, and what each pair sent last. A digest of 64 bits
 * stands for two addresses: two pairs that share one would only be taken for one conversation.
 */
export class Pairs {
  #words: Uint32Array<ArrayBuffer>;
  #doubles: Float64Array<ArrayBuffer>;
  readonly #hash: StreamHash;
  /** By scattered digests, for addresses could be chosen to have one place in a Map. */
  readonly #numbers = new Map<number, Map<number, number>>();
  #count = 0;

  /** With a buffer the structures lie there, from `offset` on. */
  constructor(hash: StreamHash, capacity = 64, buffer = new ArrayBuffer(capacity * PAIR_BYTES), offset = 0) {
    this.#hash = hash;
    this.#words = new Uint32Array(buffer, offset, capacity * WORDS);
    this.#doubles = new Float64Array(buffer, offset, capacity * DOUBLES);
  }

  /** The pair's number << 1, with bit 0 for the direction: a way. Ports are 0 where the packets have none. */
  of(source: number, destination: number, sourcePort: number, destinationPort: number): number {
    const [from, to] = [this.#end(source, sourcePort), this.#end(destination, destinationPort)];
    const direction = source < destination || (source === destination && from <= to) ? 0 : 1;
    const [low, high] = direction === 0 ? [from, to] : [to, from];
    let partners = this.#numbers.get(low);
    if (partners === undefined) {
      partners = new Map();
      this.#numbers.set(low, partners);
    }
    let pair = partners.get(high);
    if (pair === undefined) {
      pair = this.#count++;
      partners.set(high, pair);
      if ((pair + 1) * WORDS > this.#words.length) this.#grow();
      this.#words[pair * WORDS + PAIR_RECORD] = 0;
    }
    return (pair << 1) | direction;
  }

  /** Record of the stream of the pair's latest packet, or -1. */
  latestRecord(pair: number): number {
    return (this.#words[pair * WORDS + PAIR_RECORD] as number) - 1;
  }

  latestWay(pair: number): number {
    return this.#words[pair * WORDS + PAIR_WAY] as number;
  }

  latestBytes(pair: number): number {
    return this.#words[pair * WORDS + PAIR_LENGTH] as number;
  }

  latestTime(pair: number): Micros {
    return this.#doubles[pair * DOUBLES + PAIR_TIME] as number;
  }

  /** Whether the pair's latest packet is so recent that this one may answer it. */
  isRecent(pair: number, { time }: EspPacket): boolean {
    return time - this.latestTime(pair) <= LATEST_ANSWER;
  }

  setLatest(way: number, record: number, { length, time }: EspPacket): void {
    const pair = way >>> 1;
    this.#words[pair * WORDS + PAIR_RECORD] = record + 1;
    this.#words[pair * WORDS + PAIR_WAY] = way;
    this.#words[pair * WORDS + PAIR_LENGTH] = length;
    this.#doubles[pair * DOUBLES + PAIR_TIME] = time;
  }

  /** Forgets all pairs. */
  clear(): void {
    this.#numbers.clear();
    this.#count = 0;
  }

  #end(address: number, port: number): number {
    return this.#hash.scattered((this.#hash.scattered(address) ^ port) >>> 0);
  }

  #grow(): void {
    const words = new Uint32Array(this.#words.length * 2);
    words.set(this.#words);
    this.#words = words;
    this.#doubles = new Float64Array(words.buffer);
  }
}

import { type Address, ipv4At, ipv6At } from "../../bytes/address.js";
import type { FrameRef } from "../../bytes/frame.js";
import { u32At } from "../../bytes/reader.js";
import type { Micros } from "../../bytes/time.js";
import type { PacketView } from "../../packet/packet.js";

/** Flows that are kept; packets of further ones are not. */
const FLOWS = 4096;
const SLOTS = FLOWS * 4;
/** Two addresses of four words, link, and IP version with protocol. */
const KEY_WORDS = 10;

/** Counters of a flow. */
export const FLOW = {
  packets: 0,
  firstTime: 1,
  lastTime: 2,
  firstFrame: 3,
  lastFrame: 4,
  mirrored: 5,
  relayed: 6,
  encrypted: 7,
} as const;
const COUNTERS = 8;

/**
 * Flows of packets by addresses, protocol and link: one open-addressing table of numbers, nothing allocated per packet. The hash is
 * seeded, so that a capture cannot be built to collide: probes through all flows cost each packet thirty times as much.
 */
export class ClearFlowTable {
  size = 0;
  readonly #seed: number;
  readonly #slots = new Int32Array(SLOTS).fill(-1);
  readonly #keys = new Uint32Array(FLOWS * KEY_WORDS);
  readonly #counters = new Float64Array(FLOWS * COUNTERS);
  readonly #key = new Uint32Array(KEY_WORDS);

  constructor(seed = (Math.random() * 2 ** 32) >>> 0) {
    this.#seed = seed;
  }

  /** Counts a packet; returns the number of its flow, or -1 where the table is full. */
  take(view: PacketView, link: number, time: Micros, frame: FrameRef): number {
    const flow = this.#find(view, link);
    if (flow < 0) return -1;
    if (this.counter(flow, FLOW.packets) === 0) {
      this.#counters[flow * COUNTERS + FLOW.firstTime] = time;
      this.#counters[flow * COUNTERS + FLOW.firstFrame] = frame;
    }
    this.add(flow, FLOW.packets);
    this.#counters[flow * COUNTERS + FLOW.lastTime] = time;
    this.#counters[flow * COUNTERS + FLOW.lastFrame] = frame;
    return flow;
  }

  add(flow: number, counter: number): void {
    const at = flow * COUNTERS + counter;
    this.#counters[at] = (this.#counters[at] as number) + 1;
  }

  counter(flow: number, counter: number): number {
    return this.#counters[flow * COUNTERS + counter] as number;
  }

  source(flow: number): Address {
    return this.#address(flow, 0);
  }

  destination(flow: number): Address {
    return this.#address(flow, 4);
  }

  link(flow: number): number {
    return this.#word(flow, 8) | 0;
  }

  protocol(flow: number): number {
    return this.#word(flow, 9) & 0xff;
  }

  #find({ ipVersion, addressBytes: bytes, sourceAt, destinationAt }: PacketView, link: number): number {
    const key = this.#key;
    const words = ipVersion === 4 ? 1 : 4;
    key.fill(0);
    for (let word = 0; word < words; word++) {
      key[word] = u32At(bytes, sourceAt + word * 4);
      key[word + 4] = u32At(bytes, destinationAt + word * 4);
    }
    key[8] = link;
    key[9] = (ipVersion << 8) | protocolAt(bytes, sourceAt, ipVersion);
    let slot = hashOf(key, this.#seed) % SLOTS;
    for (;;) {
      const flow = this.#slots[slot] as number;
      if (flow < 0) break;
      if (this.#matches(flow)) return flow;
      slot = (slot + 1) % SLOTS;
    }
    if (this.size >= FLOWS) return -1;
    this.#slots[slot] = this.size;
    this.#keys.set(key, this.size * KEY_WORDS);
    return this.size++;
  }

  #matches(flow: number): boolean {
    for (let word = 0; word < KEY_WORDS; word++) {
      if (this.#word(flow, word) !== this.#key[word]) return false;
    }
    return true;
  }

  #word(flow: number, word: number): number {
    return this.#keys[flow * KEY_WORDS + word] as number;
  }

  #address(flow: number, word: number): Address {
    const bytes = new Uint8Array(16);
    const view = new DataView(bytes.buffer);
    for (let at = 0; at < 4; at++) view.setUint32(at * 4, this.#word(flow, word + at));
    return this.#word(flow, 9) >>> 8 === 4 ? ipv4At(bytes, 0) : ipv6At(bytes, 0);
  }
}

/** Protocol field of the IP header whose source address stands at `sourceAt`. */
function protocolAt(bytes: Uint8Array, sourceAt: number, version: 4 | 6): number {
  return bytes[version === 4 ? sourceAt - 3 : sourceAt - 2] as number;
}

function hashOf(key: Uint32Array, seed: number): number {
  let hash = seed;
  for (const word of key) {
    hash = Math.imul(hash ^ word, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}

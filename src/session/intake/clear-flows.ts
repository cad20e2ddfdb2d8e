import { type Address, ipv4At, ipv6At } from "../../bytes/address.js";
import type { FrameRef } from "../../bytes/frame.js";
import { u32At } from "../../bytes/reader.js";
import type { Micros } from "../../bytes/time.js";
import type { PacketView } from "../../packet/packet.js";
import type { ClearFlow, OuterPair } from "../model.js";
import { linkKeyOf } from "./link-key.js";
import { outerPairAt, PeersOfLinks } from "./link-peers.js";
import type { FrameInput } from "./sightings.js";

/** Flows that are kept; packets of further ones are not. */
const FLOWS = 4096;
const SLOTS = FLOWS * 4;
/** A packet shown before or after its own ESP comes within this time. */
const NEAR: Micros = 5_000;

/** Two addresses of four words, link, and IP version with protocol. */
const KEY_WORDS = 10;
/** Columns of the counters of a flow. */
const C = {
  packets: 0,
  firstTime: 1,
  lastTime: 2,
  firstFrame: 3,
  lastFrame: 4,
  mirrored: 5,
  relayed: 6,
  encrypted: 7,
  width: 8,
} as const;

/**
 * Packets in clear that have a private address (RFC 1918, RFC 4193), counted by addresses, protocol and link: what a
 * tunnel should hide, or what it shows of itself. A bounded table of numbers; a packet of a known flow allocates nothing.
 */
export class ClearFlows {
  #count = 0;
  readonly #slots = new Int32Array(SLOTS).fill(-1);
  readonly #keys = new Uint32Array(FLOWS * KEY_WORDS);
  readonly #counters = new Float64Array(FLOWS * C.width);
  readonly #key = new Uint32Array(KEY_WORDS);
  readonly #peers = new PeersOfLinks();
  /** Of the flows that mirror ESP, whose ESP the first packet followed. */
  readonly #mirroredFrom = new Map<number, OuterPair>();
  readonly #lastEsp = { time: -Infinity, link: 0, version: 4 as 4 | 6 };
  /** Source and destination of that packet. */
  readonly #lastAddresses = new Uint8Array(32);
  readonly #lastClear = { time: -Infinity, flow: -1 };

  /** Takes a packet that is neither IKE nor ESP. `view` shows its IP header. */
  packet(view: PacketView, record: FrameInput, frame: FrameRef): void {
    const { ipVersion, addressBytes: bytes, sourceAt, destinationAt } = view;
    if (view.mirrored) return;
    if (!isPrivateAt(bytes, sourceAt, ipVersion) && !isPrivateAt(bytes, destinationAt, ipVersion)) return;
    const link = linkKeyOf(record);
    if (link === 0) return;
    const flow = this.#find(view, link);
    if (flow < 0) return;
    const { time } = record;
    const at = flow * C.width;
    const counters = this.#counters;
    const before = counters[at + C.packets] as number;
    counters[at + C.packets] = before + 1;
    if (before === 0) {
      counters[at + C.firstTime] = time;
      counters[at + C.firstFrame] = frame;
    }
    counters[at + C.lastTime] = time;
    counters[at + C.lastFrame] = frame;
    const esp = this.#lastEsp;
    if (time - esp.time <= NEAR && time >= esp.time) {
      const column = esp.link === link ? C.mirrored : C.relayed;
      counters[at + column] = (counters[at + column] as number) + 1;
      if (esp.link === link && !this.#mirroredFrom.has(flow)) {
        this.#mirroredFrom.set(flow, outerPairAt(this.#lastAddresses, 0, 16, esp.version));
      }
    }
    this.#lastClear.time = time;
    this.#lastClear.flow = flow;
  }

  /** Takes an ESP packet. `view` shows its outer IP header. */
  esp(view: PacketView, record: FrameInput): void {
    if (view.mirrored) return;
    const link = linkKeyOf(record);
    const { time } = record;
    const clear = this.#lastClear;
    if (clear.flow >= 0) {
      const at = clear.flow * C.width + C.encrypted;
      if (time - clear.time <= NEAR) this.#counters[at] = (this.#counters[at] as number) + 1;
      clear.flow = -1;
    }
    const last = this.#lastEsp;
    last.time = time;
    last.link = link;
    last.version = view.ipVersion;
    const { addressBytes: bytes, sourceAt, destinationAt } = view;
    const length = view.ipVersion === 4 ? 4 : 16;
    for (let byte = 0; byte < length; byte++) {
      this.#lastAddresses[byte] = bytes[sourceAt + byte] as number;
      this.#lastAddresses[16 + byte] = bytes[destinationAt + byte] as number;
    }
    this.#peers.note(view, link);
  }

  /** Takes an IKE message: it tells between which peers the link carries a tunnel. */
  ike(view: PacketView, record: FrameInput): void {
    if (!view.mirrored) this.#peers.note(view, linkKeyOf(record));
  }

  /** All flows in order of first sight. */
  flows(): ClearFlow[] {
    return Array.from({ length: this.#count }, (_, flow) => this.#flow(flow));
  }

  #find(view: PacketView, link: number): number {
    const { ipVersion, addressBytes: bytes, sourceAt, destinationAt } = view;
    const key = this.#key;
    const words = ipVersion === 4 ? 1 : 4;
    key.fill(0);
    for (let word = 0; word < words; word++) {
      key[word] = u32At(bytes, sourceAt + word * 4);
      key[word + 4] = u32At(bytes, destinationAt + word * 4);
    }
    key[8] = link;
    key[9] = (ipVersion << 8) | protocolAt(bytes, sourceAt, ipVersion);
    let slot = hashOf(key) % SLOTS;
    for (;;) {
      const flow = this.#slots[slot] as number;
      if (flow < 0) break;
      if (this.#matches(flow)) return flow;
      slot = (slot + 1) % SLOTS;
    }
    if (this.#count >= FLOWS) return -1;
    this.#slots[slot] = this.#count;
    this.#keys.set(key, this.#count * KEY_WORDS);
    return this.#count++;
  }

  #matches(flow: number): boolean {
    const at = flow * KEY_WORDS;
    for (let word = 0; word < KEY_WORDS; word++) {
      if (this.#keys[at + word] !== this.#key[word]) return false;
    }
    return true;
  }

  #flow(flow: number): ClearFlow {
    const counter = (column: number): number => this.#counters[flow * C.width + column] as number;
    const word = (index: number): number => this.#keys[flow * KEY_WORDS + index] as number;
    return {
      source: this.#address(flow, 0),
      destination: this.#address(flow, 4),
      protocol: word(9) & 0xff,
      packets: counter(C.packets),
      firstTime: counter(C.firstTime),
      lastTime: counter(C.lastTime),
      firstFrame: counter(C.firstFrame),
      lastFrame: counter(C.lastFrame),
      mirrored: counter(C.mirrored),
      mirroredFrom: this.#mirroredFrom.get(flow) ?? null,
      relayed: counter(C.relayed),
      encrypted: counter(C.encrypted),
      beside: this.#peers.on(word(8)),
    };
  }

  #address(flow: number, word: number): Address {
    const bytes = new Uint8Array(16);
    const view = new DataView(bytes.buffer);
    for (let at = 0; at < 4; at++) view.setUint32(at * 4, this.#keys[flow * KEY_WORDS + word + at] as number);
    return (this.#keys[flow * KEY_WORDS + 9] as number) >>> 8 === 4 ? ipv4At(bytes, 0) : ipv6At(bytes, 0);
  }
}

/** The address is one of a private network: RFC 1918, RFC 4193. */
function isPrivateAt(bytes: Uint8Array, at: number, version: 4 | 6): boolean {
  const [first, second] = [bytes[at] as number, bytes[at + 1] as number];
  if (version === 6) return (first & 0xfe) === 0xfc;
  return first === 10 || (first === 172 && (second & 0xf0) === 16) || (first === 192 && second === 168);
}

/** Protocol field of the IP header whose source address stands at `sourceAt`. */
function protocolAt(bytes: Uint8Array, sourceAt: number, version: 4 | 6): number {
  return bytes[version === 4 ? sourceAt - 3 : sourceAt - 2] as number;
}

function hashOf(key: Uint32Array): number {
  let hash = 0x811c9dc5;
  for (const word of key) {
    hash = Math.imul(hash ^ word, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}

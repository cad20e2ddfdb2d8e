import { D, RECORD_DOUBLES, RECORD_WORDS, SAMPLED_PACKETS, W } from "./layout.js";
import type { EspPacket } from "./packet.js";
import type { StreamMemory } from "./stream-memory.js";

/** Content in clear behind an ESP header: an IP packet, or what transport mode carries. */
export type ClearContent = "ip" | "transport";

/** Counters of few packets: those that can be read, among the first ones, and those that came in fragments. */
export class ContentAccount {
  readonly #memory: StreamMemory;

  constructor(memory: StreamMemory) {
    this.#memory = memory;
  }

  /** Whether the stream's packets are still looked into. */
  wants(record: number): boolean {
    return (this.#memory.words[record * RECORD_WORDS + W.sampled] as number) < SAMPLED_PACKETS;
  }

  /** Counts a packet that was looked into, with what was found. */
  sample(record: number, packet: EspPacket, found: ClearContent | null): void {
    const { words } = this.#memory;
    const w = record * RECORD_WORDS;
    words[w + W.sampled] = (words[w + W.sampled] as number) + 1;
    if (found === null) return;
    this.#count(record, W.readable, D.readableTime, packet);
    if (found === "transport") words[w + W.inTransport] = (words[w + W.inTransport] as number) + 1;
  }

  /** Counts a packet that came in IP fragments. */
  fragmented(record: number, packet: EspPacket): void {
    this.#count(record, W.fragmented, D.fragmentedTime, packet);
  }

  /** Counts the packet, and keeps time and frame of the first one. */
  #count(record: number, counter: number, column: number, { time, frame }: EspPacket): void {
    const { words, doubles } = this.#memory;
    const at = record * RECORD_WORDS + counter;
    const count = (words[at] as number) + 1;
    words[at] = count;
    if (count > 1) return;
    doubles[record * RECORD_DOUBLES + column] = time;
    doubles[record * RECORD_DOUBLES + column + 1] = frame;
  }
}

import { D, LARGE_APART, LARGE_KEPT, RECORD_DOUBLES, RECORD_WORDS, W } from "./layout.js";
import type { EspPacket } from "./packet.js";
import type { StreamMemory } from "./stream-memory.js";
import { sizeBin } from "./turns.js";

/** How large the packets of each stream are, and when the large ones went: some of these are kept. */
export class SizeAccount {
  readonly #memory: StreamMemory;

  constructor(memory: StreamMemory) {
    this.#memory = memory;
  }

  /** Call it before the first packet of a stream is taken. */
  open(record: number): void {
    const { words, doubles } = this.#memory;
    words[record * RECORD_WORDS + W.smallest] = 0xffff_ffff;
    doubles[record * RECORD_DOUBLES + D.largeLast] = -Infinity;
  }

  take(record: number, packet: EspPacket): void {
    const { words, doubles } = this.#memory;
    const { length, time } = packet;
    const w = record * RECORD_WORDS;
    const bin = sizeBin(length);
    words[w + W.sizes + bin] = (words[w + W.sizes + bin] as number) + 1;
    words[w + W.residues] = (words[w + W.residues] as number) | (1 << (length & 15));
    if (length < (words[w + W.smallest] as number)) words[w + W.smallest] = length;
    const largest = words[w + W.largest] as number;
    const largestBin = sizeBin(largest);
    if (length > largest) words[w + W.largest] = length;
    if (bin < largestBin) return;
    const isLargerBin = bin > largestBin;
    const last = doubles[record * RECORD_DOUBLES + D.largeLast] as number;
    if (isLargerBin || time - last >= LARGE_APART) this.#keep(record, isLargerBin, packet);
  }

  /** Keeps a packet of the largest bin, the first one or one more. */
  #keep(record: number, isFirst: boolean, { length, time, frame }: EspPacket): void {
    const { words, doubles } = this.#memory;
    const w = record * RECORD_WORDS;
    const d = record * RECORD_DOUBLES;
    const count = isFirst ? 0 : (words[w + W.largeCount] as number);
    const at = count % LARGE_KEPT;
    words[w + W.largeCount] = count + 1;
    words[w + W.largeBytes + at] = length;
    doubles[d + D.largeLast] = time;
    doubles[d + D.largeTime + at] = time;
    doubles[d + D.largeFrame + at] = frame;
  }
}

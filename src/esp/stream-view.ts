import { type Address, ipv4At, ipv6At } from "../bytes/address.js";
import type { FrameRef } from "../bytes/frame.js";
import type { Micros } from "../bytes/time.js";
import { D, PARTNER_DOUBLES, PARTNER_WORDS, PARTNERS, W } from "./layout.js";
import type { RateGrid } from "./rate-grid.js";
import { RecordView } from "./record-view.js";
import { SizesView } from "./sizes-view.js";
import type { StreamMemory } from "./stream-memory.js";
import {
  type AnswerCount,
  ENCAPSULATION_NAMES,
  type Encapsulation,
  type EspStream,
  type OuterHeader,
  type PlainContent,
  RATE_BINS,
  type Rate,
  REPLAY_WINDOWS,
  type SequenceOrder,
  type SizeDistribution,
} from "./stream.js";

/**
 * A stream as its record stands: nothing is copied until it is asked for. Good for as long as the table takes no
 * further packets.
 */
export class StreamView extends RecordView implements EspStream {
  readonly #memory: StreamMemory;
  readonly #grid: RateGrid;
  #source: Address | null = null;
  #destination: Address | null = null;
  #sizes: SizesView | null = null;
  readonly #record: number;
  readonly #notLost: number;

  /** `notLost` of the numbers that were never seen are known not to be lost. */
  constructor(memory: StreamMemory, grid: RateGrid, record: number, notLost = 0) {
    super(memory, record);
    this.#memory = memory;
    this.#grid = grid;
    this.#record = record;
    this.#notLost = notLost;
  }

  get source(): Address {
    this.#source ??= this.#address(W.sourceAddress);
    return this.#source;
  }

  get destination(): Address {
    this.#destination ??= this.#address(W.destinationAddress);
    return this.#destination;
  }

  get encapsulation(): Encapsulation {
    return encapsulationOf(this.word(W.flags));
  }

  get sourcePort(): number {
    return this.word(W.ports) >>> 16;
  }

  get destinationPort(): number {
    return this.word(W.ports) & 0xffff;
  }

  get spi(): number {
    return this.word(W.spi);
  }

  get packets(): number {
    return this.word(W.packets);
  }

  get bytes(): number {
    return this.double(D.bytes);
  }

  get firstTime(): Micros {
    return this.double(D.firstTime);
  }

  get lastTime(): Micros {
    return this.double(D.lastTime);
  }

  get firstFrame(): FrameRef {
    return this.double(D.firstFrame);
  }

  get lastFrame(): FrameRef {
    return this.double(D.lastFrame);
  }

  get firstSequence(): number {
    return this.word(W.first);
  }

  get lastSequence(): number {
    return this.word(W.last);
  }

  get highestSequence(): number {
    return this.word(W.highest);
  }

  get lost(): number {
    return Math.max(0, this.word(W.missing) - this.#notLost);
  }

  /** The stream with so many fewer lost packets: they were sent when nothing was recorded. */
  withoutLoss(numbers: number): StreamView {
    return new StreamView(this.#memory, this.#grid, this.#record, this.#notLost + numbers);
  }

  get reordered(): number {
    return this.word(W.reordered);
  }

  get duplicates(): number {
    return this.word(W.duplicates);
  }

  get largest(): number {
    return this.word(W.largest);
  }

  get fragmented(): number {
    return this.word(W.fragmented);
  }

  get firstFragmentedTime(): Micros {
    return this.double(D.fragmentedTime);
  }

  get firstFragmentedFrame(): FrameRef {
    return this.double(D.fragmentedFrame);
  }

  get gapFrom(): Micros {
    return this.double(D.gapFrom);
  }

  get gapTo(): Micros {
    return this.double(D.gapFrom) + this.double(D.gap);
  }

  get gapFromFrame(): FrameRef {
    return this.double(D.gapFromFrame);
  }

  get gapToFrame(): FrameRef {
    return this.double(D.gapToFrame);
  }

  get order(): SequenceOrder {
    const tooOld = this.word(W.tooOld);
    return {
      gaps: this.word(W.gaps),
      gapTimes: this.#gapTimes(),
      largestGap: this.word(W.largestGap),
      afterLargestGap: this.moment(W.largestGap, D.largestGapTime),
      deepest: this.word(W.deepest),
      firstReordered: this.moment(W.reordered, D.reorderedTime),
      firstDuplicate: this.moment(W.duplicates, D.duplicateTime),
      tooOld,
      replayDrops: REPLAY_WINDOWS.map((_window, at) => this.word(W.replayDrops + at) + tooOld),
      restarts: this.word(W.restarts),
      restartedAt: this.moment(W.restarts, D.restartTime),
      restartedFrom: this.word(W.restartedFrom),
      wraps: this.word(W.wraps),
    };
  }

  get sizes(): SizeDistribution {
    this.#sizes ??= new SizesView(this.#memory, this.#record);
    return this.#sizes;
  }

  get outer(): OuterHeader {
    const masks = [this.word(W.dscpLow), this.word(W.dscpHigh)] as const;
    return {
      lowestTtl: this.word(W.lowestTtl),
      highestTtl: this.word(W.highestTtl),
      dscps: masks.flatMap((mask, half) => bitsOf(mask).map((bit) => half * 32 + bit)),
    };
  }

  get rate(): Rate {
    const packets = this.words(W.rate, RATE_BINS);
    const bin = this.word(W.rateBin);
    packets[bin] = (packets[bin] ?? 0) + this.packets - this.word(W.rateBase);
    return { from: this.#grid.from, binWidth: this.#grid.width, packets };
  }

  get answers(): readonly AnswerCount[] {
    const answers: AnswerCount[] = [];
    for (let partner = 0; partner < PARTNERS; partner++) {
      const p = W.partners + partner * PARTNER_WORDS;
      const d = D.partners + partner * PARTNER_DOUBLES;
      const turns = this.word(p + W.partnerTurns);
      if (turns === 0) break;
      answers.push({
        spi: this.word(p + W.partnerSpi),
        encapsulation: encapsulationOf(this.word(p + W.partnerFlags)),
        turns,
        firstTime: this.double(D.partnerFirst + partner),
        lastTime: this.double(d + D.partnerTime),
        lastFrame: this.double(d + D.partnerFrame),
      });
    }
    return answers;
  }

  get plain(): PlainContent {
    return {
      sampled: this.word(W.sampled),
      readable: this.word(W.readable),
      inTransport: this.word(W.inTransport),
      firstReadable: this.moment(W.readable, D.readableTime),
    };
  }

  #gapTimes(): SequenceOrder["gapTimes"] {
    if (this.word(W.gaps) === 0) return null;
    const at = (column: number): Micros => this.firstTime + this.word(column) * 1000;
    return { before: at(W.beforeFirstGap), first: at(W.firstGapAfter), last: at(W.lastGapAfter) };
  }

  #address(column: number): Address {
    const bytes = new Uint8Array(16);
    const view = new DataView(bytes.buffer);
    for (let word = 0; word < 4; word++) view.setUint32(word * 4, this.word(column + word));
    return ((this.word(W.flags) >>> 8) & 0xff) === 4 ? ipv4At(bytes, 0) : ipv6At(bytes, 0);
  }
}

function encapsulationOf(flags: number): Encapsulation {
  return ENCAPSULATION_NAMES[flags & 0xff] ?? "esp";
}

function bitsOf(mask: number): number[] {
  const bits: number[] = [];
  for (let rest = mask; rest !== 0; rest &= rest - 1) bits.push(31 - Math.clz32(rest & -rest));
  return bits;
}

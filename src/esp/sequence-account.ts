import { BITMAP_BITS, Bitmaps } from "./bitmaps.js";
import { D, RECORD_DOUBLES, RECORD_WORDS, W } from "./layout.js";
import type { EspPacket } from "./packet.js";
import type { StreamMemory } from "./stream-memory.js";
import { REPLAY_WINDOWS } from "./stream.js";

/** A number so small, so far behind the highest, may be the first of a counter that began anew. */
const FIRST_AFTER_RESTART = 64;
const FAR_BEHIND = 64;
/** The very first number, which was there before, needs to be this far behind: a fail-over may come soon after the setup. */
const FIRST_AGAIN_BEHIND = 8;
/** Packets in a row, from there on, that make it certain. */
const RESTART_PACKETS = 3;
/** A counter begins anew where another device takes over, which needs longer; copies of a burst come sooner behind it. */
const TAKES_OVER = 100_000;

/** The unit in which the times of gaps are kept, microseconds, and the largest one. */
const MILLISECOND = 1000;
const LARGEST_WORD = 0xffff_ffff;

/** Extended numbers run over 2^32 only from near the end to near the beginning (RFC 4303 2.2.1). */
const NEAR_END = 0xfff0_0000;
const NEAR_BEGINNING = 0x0010_0000;

/**
 * Sequence accounting by a window of 4096 numbers, as a receiver's anti-replay window sees them (RFC 4303 3.4.3):
 * loss, disorder, duplicates, counters that restart or run over. Takes what does not simply follow the highest number.
 */
export class SequenceAccount {
  readonly #memory: StreamMemory;
  readonly #bitmaps: Bitmaps;

  constructor(memory: StreamMemory, bitmaps = new Bitmaps()) {
    this.#memory = memory;
    this.#bitmaps = bitmaps;
  }

  /** The first packet of a stream. */
  open(record: number, sequence: number): void {
    const { words } = this.#memory;
    const w = record * RECORD_WORDS;
    words[w + W.first] = sequence;
    words[w + W.epochFirst] = sequence;
    words[w + W.highest] = sequence;
    words[w + W.runStart] = sequence;
  }

  /** A further packet. Call it before the record's `last` and times are those of this packet. */
  take(record: number, packet: EspPacket): void {
    const { words } = this.#memory;
    const w = record * RECORD_WORDS;
    const highest = words[w + W.highest] as number;
    if (isForward(packet.sequence, highest, words[w + W.wraps] as number)) this.#forward(record, packet);
    else this.#behind(record, packet);
  }

  /** The stream is given up. */
  close(record: number): void {
    const bitmap = (this.#memory.words[record * RECORD_WORDS + W.bitmap] as number) - 1;
    if (bitmap >= 0) this.#bitmaps.giveBack(bitmap);
  }

  #forward(record: number, { sequence, time, frame }: EspPacket): void {
    const { words, doubles } = this.#memory;
    const w = record * RECORD_WORDS;
    const highest = words[w + W.highest] as number;
    const skipped = ((sequence - highest) >>> 0) - 1;
    const runsOver = sequence < highest;
    if (skipped > 0 || runsOver) {
      this.#bitmaps.clear(this.#bitmapOf(w), highest + 1, skipped);
      words[w + W.lastHole] = sequence - 1;
    }
    if (runsOver) words[w + W.wraps] = (words[w + W.wraps] as number) + 1;
    if (skipped > 0) {
      this.#gapAt(record, time);
      words[w + W.gaps] = (words[w + W.gaps] as number) + 1;
      words[w + W.missing] = (words[w + W.missing] as number) + skipped;
      if (skipped > (words[w + W.largestGap] as number)) {
        words[w + W.largestGap] = skipped;
        const d = record * RECORD_DOUBLES;
        doubles[d + D.largestGapTime] = time;
        doubles[d + D.largestGapFrame] = frame;
      }
    }
    words[w + W.highest] = sequence;
    this.#markNewest(w, sequence);
  }

  /** Keeps the times of gaps. While nothing is missing, what was missing before has come after all: the first gap is this one. */
  #gapAt(record: number, time: number): void {
    const { words, doubles } = this.#memory;
    const w = record * RECORD_WORDS;
    const d = record * RECORD_DOUBLES;
    const began = doubles[d + D.firstTime] as number;
    const kept = wholeMilliseconds(time - began);
    if (words[w + W.missing] === 0) {
      words[w + W.beforeFirstGap] = wholeMilliseconds((doubles[d + D.lastTime] as number) - began);
      words[w + W.firstGapAfter] = kept;
    }
    words[w + W.lastGapAfter] = kept;
  }

  /** Marks the highest number; a bitmap whose holes have left the window is given back. */
  #markNewest(w: number, sequence: number): void {
    const { words } = this.#memory;
    const bitmap = (words[w + W.bitmap] as number) - 1;
    if (bitmap < 0) return;
    const lastHole = words[w + W.lastHole] as number;
    if ((sequence - lastHole) >>> 0 > BITMAP_BITS) {
      this.#bitmaps.giveBack(bitmap);
      words[w + W.bitmap] = 0;
      words[w + W.runStart] = lastHole + 1;
    } else this.#bitmaps.mark(bitmap, sequence);
  }

  #behind(record: number, packet: EspPacket): void {
    const { words } = this.#memory;
    const { sequence } = packet;
    const w = record * RECORD_WORDS;
    const behind = ((words[w + W.highest] as number) - sequence) >>> 0;
    const missing = words[w + W.missing] as number;
    const kind = this.#classify(w, sequence, behind);
    this.#followFall(record, behind, kind, packet);
    if (kind === W.reordered) this.#fillHole(w, sequence);
    const isCounted = kind !== W.reordered || !this.#isWrittenLate(record, packet);
    if (isCounted) words[w + kind] = (words[w + kind] as number) + 1;
    if (isCounted && kind === W.reordered) this.#reordered(record, behind, packet);
    if (kind === W.duplicates) this.#moment(record, w + W.duplicates, D.duplicateTime, packet);
    if ((words[w + W.fall] as number) === 0) return;
    const taken = FALL_COLUMN[kind];
    if (isCounted) words[w + taken] = (words[w + taken] as number) + 1;
    words[w + W.fallMissing] =
      (words[w + W.fallMissing] as number) + ((words[w + W.missing] as number) - missing);
    if ((words[w + W.fall] as number) >= RESTART_PACKETS) this.#restart(record, sequence);
  }

  /** Its time is before that of the packet in front of it: several queues of the sniffer did that, not the path. */
  #isWrittenLate(record: number, { time }: EspPacket): boolean {
    return time < (this.#memory.doubles[record * RECORD_DOUBLES + D.lastTime] as number);
  }

  #classify(w: number, sequence: number, behind: number): Kind {
    const { words } = this.#memory;
    if (behind >= BITMAP_BITS) return W.tooOld;
    const bitmap = (words[w + W.bitmap] as number) - 1;
    const seen =
      bitmap >= 0 ? this.#bitmaps.isMarked(bitmap, sequence) : sequence >= (words[w + W.runStart] as number);
    return seen ? W.duplicates : W.reordered;
  }

  /** A number that was passed over came after all. */
  #fillHole(w: number, sequence: number): void {
    const { words } = this.#memory;
    if ((words[w + W.bitmap] as number) === 0) {
      words[w + W.lastHole] = (words[w + W.runStart] as number) - 1;
    }
    this.#bitmaps.mark(this.#bitmapOf(w), sequence);
    const missing = words[w + W.missing] as number;
    if (sequence >= (words[w + W.epochFirst] as number) || (words[w + W.wraps] as number) > 0) {
      if (missing > 0) words[w + W.missing] = missing - 1;
    } else if ((words[w + W.restarts] as number) === 0 && sequence < (words[w + W.first] as number)) {
      // Numbers between it and the one that was seen first may have come before the capture: they are not counted as lost.
      words[w + W.first] = sequence;
    }
  }

  #reordered(record: number, behind: number, packet: EspPacket): void {
    const { words } = this.#memory;
    const w = record * RECORD_WORDS;
    if (behind > (words[w + W.deepest] as number)) words[w + W.deepest] = behind;
    this.#countReplay(w, behind, 1);
    this.#moment(record, w + W.reordered, D.reorderedTime, packet);
  }

  /** How each of the windows would have judged a packet so far behind. */
  #countReplay(w: number, behind: number, by: 1 | -1): void {
    const { words } = this.#memory;
    for (let at = 0; at < REPLAY_WINDOWS.length; at++) {
      if (behind < (REPLAY_WINDOWS[at] as number)) return;
      words[w + W.replayDrops + at] = (words[w + W.replayDrops + at] as number) + by;
    }
  }

  /** Keeps time and frame of the packet that made a counter 1. */
  #moment(record: number, counter: number, column: number, { time, frame }: EspPacket): void {
    const { words, doubles } = this.#memory;
    if (words[counter] !== 1) return;
    doubles[record * RECORD_DOUBLES + column] = time;
    doubles[record * RECORD_DOUBLES + column + 1] = frame;
  }

  /** Whether the packet goes on with, or begins, a fall to the beginning of the numbers. */
  #followFall(record: number, behind: number, kind: Kind, { sequence, time, frame }: EspPacket): void {
    const { words, doubles } = this.#memory;
    const w = record * RECORD_WORDS;
    const d = record * RECORD_DOUBLES;
    const fall = words[w + W.fall] as number;
    const isNext = sequence === (words[w + W.fallFirst] as number) + fall;
    if (fall > 0 && isNext && (words[w + W.last] as number) === sequence - 1) {
      words[w + W.fall] = fall + 1;
      return;
    }
    // Files put one behind the other repeat a stream with its old times: that is no restart.
    const isFirstAgain = sequence === 1 && kind === W.duplicates && behind >= FIRST_AGAIN_BEHIND;
    const begins =
      ((sequence <= FIRST_AFTER_RESTART && behind >= FAR_BEHIND) || isFirstAgain) &&
      time - (doubles[d + D.lastTime] as number) >= TAKES_OVER;
    words.fill(0, w + W.fall, w + W.fallMissing + 1);
    if (!begins) return;
    words[w + W.fall] = 1;
    words[w + W.fallFirst] = sequence;
    words[w + W.fallSavedFirst] = words[w + W.first] as number;
    words[w + W.fallSavedDeepest] = words[w + W.deepest] as number;
    doubles[d + D.fallTime] = time;
    doubles[d + D.fallFrame] = frame;
  }

  /** The fall is a restart: its packets were neither late nor seen before. */
  #restart(record: number, sequence: number): void {
    const { words, doubles } = this.#memory;
    const w = record * RECORD_WORDS;
    const d = record * RECORD_DOUBLES;
    const behind = ((words[w + W.highest] as number) - (words[w + W.fallFirst] as number)) >>> 0;
    for (let late = 0; late < (words[w + W.fallReordered] as number); late++) {
      this.#countReplay(w, behind - late, -1);
    }
    words[w + W.deepest] = words[w + W.fallSavedDeepest] as number;
    for (const kind of KINDS) {
      words[w + kind] = (words[w + kind] as number) - (words[w + FALL_COLUMN[kind]] as number);
    }
    words[w + W.missing] = (words[w + W.missing] as number) - (words[w + W.fallMissing] as number);
    words[w + W.restarts] = (words[w + W.restarts] as number) + 1;
    words[w + W.restartedFrom] = words[w + W.highest] as number;
    doubles[d + D.restartTime] = doubles[d + D.fallTime] as number;
    doubles[d + D.restartFrame] = doubles[d + D.fallFrame] as number;
    this.close(record);
    words[w + W.bitmap] = 0;
    words[w + W.first] = words[w + W.fallSavedFirst] as number;
    words[w + W.epochFirst] = words[w + W.fallFirst] as number;
    words[w + W.runStart] = words[w + W.fallFirst] as number;
    words[w + W.highest] = sequence;
    words[w + W.fall] = 0;
  }

  /** The stream's bitmap, lent now where it had none. */
  #bitmapOf(w: number): number {
    const { words } = this.#memory;
    const there = (words[w + W.bitmap] as number) - 1;
    if (there >= 0) return there;
    const lent = this.#bitmaps.lend(words[w + W.runStart] as number, words[w + W.highest] as number);
    words[w + W.bitmap] = lent + 1;
    return lent;
  }
}

type Kind = typeof W.reordered | typeof W.duplicates | typeof W.tooOld;
const KINDS: readonly Kind[] = [W.reordered, W.duplicates, W.tooOld];

/** Counters of the packets of a fall, by what they were taken for. */
const FALL_COLUMN = {
  [W.reordered]: W.fallReordered,
  [W.duplicates]: W.fallDuplicates,
  [W.tooOld]: W.fallTooOld,
} as const;

/** A span in the unit in which the times of gaps are kept, as far as it goes. */
function wholeMilliseconds(span: number): number {
  return Math.min(LARGEST_WORD, Math.max(0, Math.floor(span / MILLISECOND)));
}

function isForward(sequence: number, highest: number, wraps: number): boolean {
  // Behind a wrap a number from before it is late, not four billion ahead.
  if (sequence > highest) return wraps === 0 || sequence - highest < 2 ** 31;
  return highest >= NEAR_END && sequence < NEAR_BEGINNING;
}

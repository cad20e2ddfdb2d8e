import { type Message, say } from "../../texts/message.js";
import { CopiedBytes } from "../../capture/copied-bytes.js";
import type { LiveCapture } from "../../capture/node/live/live-capture.js";
import { CaptureReader } from "../../capture/reader.js";
import { CaptureError, type ByteSource } from "../../capture/source.js";
import type { LiveEngine } from "../../live/engine.js";

/** ms between two looks at the time; what is due is done then. */
const TICK = 200;
/** Packets of a quiet link come up to a second late: the time is told with so much delay, ms, where none comes. */
const LATENCY = 1500;
/** Losses are asked for so often, ms. */
const ASK_DROPS = 10_000;
/** A step of the clock by more than this, ms, is none of its small corrections. */
const CLOCK_STEP = 3000;
const MICROS = 1000;

export interface WatcherOptions {
  readonly engine: LiveEngine;
  /** Stands between the capture and its reader, to remember what passes; `framesBefore` were captured before. */
  readonly tee?: (bytes: ByteSource, framesBefore: number) => ByteSource;
  readonly say: (message: Message) => void;
}

/**
 * Reads one capture after the other into the engine, and tells it the time: that of the packets while they come, that of
 * this host where none does, for then nothing older is under way.
 */
export class Watcher {
  readonly #options: WatcherOptions;
  /** Since when a read has been waiting for packets, ms of the clock that only goes forward; null while one is at work. */
  #waitingSince: number | null = null;
  #drift = driftOf();
  #askedAt = 0;

  constructor(options: WatcherOptions) {
    this.#options = options;
  }

  /** Reads a capture to its end, which comes when it is stopped or lost. */
  async watch(capture: LiveCapture): Promise<void> {
    const { engine, tee } = this.#options;
    const before = engine.framesBefore;
    const bytes = tee === undefined ? capture : tee(capture, before);
    const source = new CaptureReader(new CopiedBytes(bytes, () => engine.chunk));
    source.record.frame = before;
    const timer = setInterval(() => this.#tick(capture), TICK);
    try {
      do {
        this.#waitingSince = null;
        engine.take(source);
        this.#waitingSince = performance.now();
      } while (await source.fill());
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error;
      this.#options.say(say`what came from the capture cannot be read: ${error.why}`);
    } finally {
      clearInterval(timer);
      this.#waitingSince = null;
      await source.close();
    }
  }

  #tick(capture: LiveCapture): void {
    const { engine } = this.#options;
    this.#watchClock();
    const isIdle = this.#waitingSince !== null && performance.now() - this.#waitingSince > LATENCY;
    engine.tick(isIdle ? (Date.now() - LATENCY) * MICROS : engine.now);
    const now = performance.now();
    if (now - this.#askedAt < ASK_DROPS) return;
    this.#askedAt = now;
    engine.dropped(capture.drops());
    capture.askDrops();
  }

  /** A clock that was set, or a machine that slept, makes silence where there was none: what follows is another capture. */
  #watchClock(): void {
    const drift = driftOf();
    const step = drift - this.#drift;
    this.#drift = drift;
    if (Math.abs(step) < CLOCK_STEP) return;
    const seconds = Math.round(Math.abs(step) / 1000);
    const what =
      step > 0
        ? say`the clock of this host went on by ${seconds} s`
        : say`the clock of this host was set back by ${seconds} s`;
    this.#options.engine.begin(Date.now() * MICROS, say`${what}: what was under way is not judged`);
  }
}

/** Milliseconds by which the clock of the day is ahead of the one that only goes forward. */
function driftOf(): number {
  return Date.now() - performance.now();
}

import { literal } from "../exit.js";
import { type Message, say } from "../../texts/message.js";
import { setImmediate } from "node:timers/promises";
import { humanDuration, type Micros } from "../../bytes/time.js";
import { CopiedBytes } from "../../capture/copied-bytes.js";
import { FileBytes } from "../../capture/node/file-bytes.js";
import { ReadBuffers } from "../../capture/node/read-buffers.js";
import { ToolSeats } from "../../capture/node/tool-bytes.js";
import { UnpackedBytes } from "../../capture/node/unpacked-bytes.js";
import { PacedSource } from "../../capture/paced.js";
import { CaptureReader } from "../../capture/reader.js";
import { type ByteSource, CaptureError } from "../../capture/source.js";
import type { LiveEngine } from "../../live/engine.js";
import type { CompleteFile } from "./directory.js";

/** Capture time that is taken at once: the engine is told the time so often, as on an interface. */
const STEP: Micros = 200_000;
/** A silence is passed through in so many steps at most: what time alone changes is seen in between. */
const MOST_STEPS = 2000;
/** A file that begins so long before what was taken last is no late piece: the clock was set back. */
const CLOCK_STEP: Micros = 10_000_000;
/** A pause between two files that is longer than this, and than twice the longest one of late, is none of the traffic. */
const BORDER_PAUSE: Micros = 1_000_000;
/** ms of work between two turns for keys, outputs and signals. */
const SLICE_MS = 20;

export interface FeederOptions {
  readonly engine: LiveEngine;
  /** Stands between a file and its reader, to remember what passes. */
  readonly tee?: (bytes: ByteSource, framesBefore: number) => ByteSource;
  readonly say: (message: Message) => void;
  readonly signal: AbortSignal;
}

/** Reads one file after the other into the engine, by the clock of the packets. */
export class Feeder {
  readonly #options: FeederOptions;
  #hasBegun = false;
  #gap: Message | null = null;
  /** The longest time without a packet in the last file, or half of what it was before. */
  #longestPause: Micros = 0;
  #turnAt = performance.now();

  constructor(options: FeederOptions) {
    this.#options = options;
  }

  /** Packets are missing before the next file, for this reason: what is under way then is not judged. */
  missed(reason: Message): void {
    this.#gap ??= reason;
  }

  /** Reads a file to its end, or until all is to end. What cannot be read is said. */
  async feed(file: CompleteFile): Promise<void> {
    const { signal } = this.#options;
    let source: CaptureReader | null = null;
    try {
      source = await this.#open(file);
      const passed = await skip(source, file.taken);
      const records = passed < file.taken ? 0 : await this.#take(source, file);
      if (!signal.aborted) file.done(passed + records);
      const cut = source.summaries()[0]?.notes.find(({ kind }) => kind === "cut-short");
      if (cut !== undefined && records > 0)
        this.#options.say(say`${literal(file.path)}: ${cut.message ?? literal(cut.text)}`);
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error;
      this.missed(say`${literal(file.path)} could not be read to its end`);
      this.#options.say(say`${error.said}; what comes after it is judged anew`);
    } finally {
      await source?.close();
    }
  }

  async #open({ path, taken }: CompleteFile): Promise<CaptureReader> {
    const { engine, tee } = this.#options;
    const raw = await FileBytes.open(path, new ReadBuffers());
    const bytes = new UnpackedBytes(raw, new ToolSeats());
    // Frames are counted from the start of the program on; those that were taken before have their numbers.
    const before = Math.max(0, engine.packets - taken);
    const source = new CaptureReader(
      new CopiedBytes(tee === undefined || taken > 0 ? bytes : tee(bytes, before), () => engine.chunk),
    );
    source.record.frame = before;
    return source;
  }

  /** Gives the records that were taken. */
  async #take(source: CaptureReader, { path }: CompleteFile): Promise<number> {
    const { engine, signal } = this.#options;
    const paced = new PacedSource(source);
    const before = engine.packets;
    let isFirst = true;
    for (;;) {
      const clock = engine.now;
      engine.take(paced);
      // The clock went back within the file: what follows is paced from there on.
      if (engine.now < clock) paced.until = engine.now + STEP;
      const held = paced.heldTime;
      if (held === null) {
        if (!(await paced.fill())) break;
      } else {
        if (isFirst) this.#begin(held, path);
        else this.#longestPause = Math.max(this.#longestPause, held - engine.now);
        isFirst = false;
        await this.#advance(held);
        paced.until = held + STEP;
      }
      if (signal.aborted) break;
      await this.#turn();
    }
    engine.tick(engine.now);
    return engine.packets - before;
  }

  /** Before the first packet of a file. */
  #begin(first: Micros, path: string): void {
    const { engine } = this.#options;
    if (!this.#hasBegun) engine.begin(first, say`reading ${literal(path)}`);
    else if (this.#gap !== null) engine.begin(first, say`${this.#gap}: what was under way is not judged`);
    else if (first < engine.now - CLOCK_STEP) {
      const early = say`${literal(path)} begins before what was read last`;
      engine.begin(first, say`${early}: what was under way is not judged`);
    } else this.#judgeBorder(first - engine.now, first, path);
    this.#hasBegun = true;
    this.#gap = null;
  }

  /**
   * Where the program that captures was begun again, sequence numbers and answers are missing that were never lost: a pause
   * that does not fit the traffic of late is taken for that.
   */
  #judgeBorder(pause: Micros, first: Micros, path: string): void {
    const usual = this.#longestPause;
    this.#longestPause = Math.max(usual / 2, pause);
    if (pause <= BORDER_PAUSE || pause <= 2 * usual) return;
    const text = say`no packet for ${humanDuration(pause)} before ${literal(path)}, more than the traffic of late explains`;
    this.#options.engine.begin(first, say`${text}: what was under way is not judged`);
  }

  /** Lets the time pass up to a moment. */
  async #advance(to: Micros): Promise<void> {
    const { engine, signal } = this.#options;
    engine.tick(engine.now);
    const step = Math.max(STEP, (to - engine.now) / MOST_STEPS);
    while (engine.now < to && !signal.aborted) {
      engine.tick(Math.min(to, engine.now + step));
      await this.#turn();
    }
  }

  async #turn(): Promise<void> {
    if (performance.now() - this.#turnAt < SLICE_MS) return;
    await setImmediate();
    this.#turnAt = performance.now();
  }
}

/** Steps over so many records, and gives how many there were. */
async function skip(source: CaptureReader, records: number): Promise<number> {
  let passed = 0;
  while (passed < records) {
    if (source.next()) passed++;
    else if (!(await source.fill())) break;
  }
  return passed;
}

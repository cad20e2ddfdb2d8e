import { type Message, say } from "../../../texts/message.js";
import { mkdir, open, readdir, readFile, rename, stat, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { UsageError, literal } from "../../exit.js";
import { LineQueue } from "../line-queue.js";
import { systemReason } from "../../../capture/node/system-error.js";

/** The files tell who talks to whom: for the operator and their group. */
const FILE_MODE = 0o640;
const FOLDER_MODE = 0o750;
/** A segment is the least that is given up, or that goes once all of it was taken. */
const SEGMENT_BYTES = 1024 * 1024;
/** Limits of the lines that wait in memory for the disk. */
const WAITING = { lines: 20_000, bytes: 16 * 1024 * 1024 } as const;
const SEGMENT_NAME = /^(\d{12})\.ndjson$/;
const POSITION_FILE = "position";
const NEWLINE = 0x0a;
/** Read at a time; a line is never longer than a message that a server takes. */
const READ_BYTES = 2 * 1024 * 1024;
/** Handed out at a time. */
const MOST_LINES = 64;

/** A place between two lines of the spool. */
export interface SpoolPosition {
  readonly segment: number;
  readonly offset: number;
}

/** Lines with the place behind them. */
export interface SpooledLines {
  readonly lines: readonly string[];
  readonly end: SpoolPosition;
}

/**
 * Lines on disk that wait to be taken elsewhere, the oldest first; those of an earlier run too, however it ended. Bounded: where
 * there is no room the oldest segment goes. `append` never waits. One program at a time uses a folder.
 */
export class Spool {
  readonly #folder: string;
  readonly #bytes: number;
  readonly #segmentBytes: number;
  readonly #waiting = new LineQueue(WAITING, null);
  /** Numbers and sizes of the segments, ascending. */
  readonly #segments = new Map<number, number>();
  #position: SpoolPosition;
  #writing: Promise<void> | null = null;
  #lost = 0;
  /** Why the last write failed; null where it did not. */
  #trouble: Message | null = null;

  private constructor(folder: string, { bytes, segmentBytes = SEGMENT_BYTES }: SpoolOptions) {
    this.#folder = folder;
    this.#bytes = bytes;
    this.#segmentBytes = Math.min(segmentBytes, bytes / 4);
    this.#position = { segment: 0, offset: 0 };
  }

  /** Makes the folder where it is not there, and finds what an earlier run left. Throws UsageError where it cannot be used. */
  static async open(folder: string, options: SpoolOptions): Promise<Spool> {
    const spool = new Spool(folder, options);
    try {
      await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
      await spool.#find();
    } catch (error) {
      throw new UsageError(say`--spool ${literal(folder)}: ${systemReason(error)}`);
    }
    return spool;
  }

  /** Lines that were given up for want of room since it was opened; of those in memory nothing is known here. */
  get lost(): number {
    return this.#lost;
  }

  get trouble(): Message | null {
    return this.#trouble;
  }

  append(line: string): void {
    this.#waiting.add(line, false);
    this.#write();
  }

  /** Resolves when all that was appended is on disk, or cannot be written. */
  async flush(): Promise<void> {
    await this.#writing;
  }

  /** The next lines that are not acknowledged; none where there are no more now. */
  async read(): Promise<SpooledLines> {
    for (;;) {
      const { segment, offset } = this.#position;
      const found = await this.#linesAt(segment, offset);
      if (found.lines.length > 0) return found;
      // A segment that nothing is written to any more: what has no end there was cut by a crash.
      const next = [...this.#segments.keys()].find((number) => number > segment);
      if (next === undefined) return found;
      await this.acknowledge({ segment: next, offset: 0 });
    }
  }

  /** Everything before that place was taken, and is not handed out again. */
  async acknowledge(position: SpoolPosition): Promise<void> {
    // The spool gave up its segment meanwhile.
    if (position.segment < this.#position.segment) return;
    this.#position = position;
    const path = join(this.#folder, POSITION_FILE);
    await writeFile(`${path}.new`, `${position.segment} ${position.offset}\n`, { mode: FILE_MODE });
    await rename(`${path}.new`, path);
    for (const number of this.#segments.keys()) {
      if (number < position.segment) await this.#remove(number);
    }
  }

  async #find(): Promise<void> {
    for (const name of (await readdir(this.#folder)).toSorted()) {
      const [, digits] = SEGMENT_NAME.exec(name) ?? [];
      if (digits !== undefined)
        this.#segments.set(Number(digits), (await stat(join(this.#folder, name))).size);
    }
    const numbers = [...this.#segments.keys()];
    const [first, last] = [numbers[0] ?? 1, numbers.at(-1) ?? 0];
    const text = await readFile(join(this.#folder, POSITION_FILE), "utf8").catch(() => "");
    const [, segment, offset] = /^(\d{1,12}) (\d{1,15})\n$/.exec(text) ?? [];
    const kept = { segment: Number(segment ?? 0), offset: Number(offset ?? 0) };
    this.#position = this.#segments.has(kept.segment) ? kept : { segment: first, offset: 0 };
    // A run of its own begins a segment of its own: the last line of the one before may be cut.
    this.#segments.set(Math.max(last, kept.segment) + 1, 0);
    await writeFile(this.#pathOf(Math.max(last, kept.segment) + 1), "", { mode: FILE_MODE });
  }

  #write(): void {
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = null;
      if (!this.#waiting.isEmpty && this.#trouble === null) this.#write();
    });
  }

  async #writeAll(): Promise<void> {
    while (!this.#waiting.isEmpty) {
      const bytes = this.#waiting.take();
      try {
        await this.#append(bytes);
        this.#trouble = null;
      } catch (error) {
        // The disk is full, or gone. What was taken is lost, what comes is tried again.
        this.#lost += bytes.reduce((lines, byte) => (byte === NEWLINE ? lines + 1 : lines), 0);
        this.#trouble = systemReason(error);
        return;
      }
    }
  }

  async #append(bytes: Uint8Array): Promise<void> {
    let number = Math.max(...this.#segments.keys());
    if ((this.#segments.get(number) ?? 0) >= this.#segmentBytes) number++;
    const file = await open(this.#pathOf(number), "a", FILE_MODE);
    try {
      await file.appendFile(bytes);
      this.#segments.set(number, (this.#segments.get(number) ?? 0) + bytes.length);
    } finally {
      await file.close();
    }
    await this.#makeRoom(number);
  }

  async #makeRoom(newest: number): Promise<void> {
    for (;;) {
      const total = [...this.#segments.values()].reduce((sum, size) => sum + size, 0);
      const [oldest] = this.#segments.keys();
      if (total <= this.#bytes || oldest === undefined || oldest >= newest) return;
      const { segment, offset } = this.#position;
      if (oldest >= segment) {
        const bytes = await readFile(this.#pathOf(oldest));
        const left = oldest === segment ? bytes.subarray(offset) : bytes;
        this.#lost += left.reduce((lines, byte) => (byte === NEWLINE ? lines + 1 : lines), 0);
        this.#position = { segment: oldest + 1, offset: 0 };
      }
      await this.#remove(oldest);
    }
  }

  async #remove(number: number): Promise<void> {
    this.#segments.delete(number);
    await unlink(this.#pathOf(number)).catch(() => {});
  }

  async #linesAt(segment: number, offset: number): Promise<SpooledLines> {
    const size = this.#segments.get(segment) ?? 0;
    const none = { lines: [], end: { segment, offset } };
    if (size <= offset) return none;
    const buffer = new Uint8Array(Math.min(READ_BYTES, size - offset));
    const file = await open(this.#pathOf(segment), "r").catch(() => null);
    if (file === null) return none;
    let bytesRead = 0;
    try {
      ({ bytesRead } = await file.read(buffer, 0, buffer.length, offset));
    } finally {
      await file.close();
    }
    const lines: string[] = [];
    let from = 0;
    while (lines.length < MOST_LINES) {
      const end = buffer.subarray(0, bytesRead).indexOf(NEWLINE, from);
      if (end < 0) break;
      lines.push(DECODER.decode(buffer.subarray(from, end)));
      from = end + 1;
    }
    return { lines, end: { segment, offset: offset + from } };
  }

  #pathOf(segment: number): string {
    return join(this.#folder, `${String(segment).padStart(12, "0")}.ndjson`);
  }
}

const DECODER = new TextDecoder();

interface SpoolOptions {
  /** The limit of all segments together. */
  readonly bytes: number;
  readonly segmentBytes?: number;
}

import type { ReadyRecords } from "../bytes/ready-records.js";
import { MAGIC_LENGTH, parserFor, type RecordParser } from "./formats.js";
import {
  type ByteSource,
  CaptureError,
  type CaptureRecord,
  type CaptureSource,
  type CaptureSummary,
  DIRECTION,
} from "./source.js";
import { SummaryBuilder } from "./summary.js";
import { ByteWindow } from "./window.js";
import { say, listed, type Message } from "../texts/message.js";

/**
 * Reads one capture file of any format known here, which its first bytes tell. Memory is bounded by the largest
 * record that the format allows, not by the file.
 */
export class CaptureReader implements CaptureSource {
  readonly record: CaptureRecord;
  readonly #bytes: ByteSource;
  readonly #window = new ByteWindow();
  readonly #summary = new SummaryBuilder();
  #parser: RecordParser | null = null;
  /** All bytes are in the window. */
  #isAll = false;
  #ended = false;

  /** `capture` is the file's index among those given; it goes into every record. */
  constructor(bytes: ByteSource, capture = 0) {
    this.#bytes = bytes;
    this.record = emptyRecord(capture);
  }

  readonly readyUntil = Infinity;

  get ready(): ReadyRecords | null {
    return this.#parser?.ready ?? null;
  }

  next(): boolean {
    if (this.#ended) return false;
    try {
      for (;;) {
        if (this.#parser === null ? this.#detect() : this.#parser.step()) {
          this.#summary.count(this.record);
          return true;
        }
        if (!this.#window.topUp()) return false;
      }
    } catch (error) {
      this.#stop();
      throw this.#bytes.compressed === true ? inPacked(error) : error;
    }
  }

  async fill(): Promise<boolean> {
    if (this.#ended) return false;
    this.#window.save();
    let chunk: Uint8Array | null;
    try {
      chunk = this.#isAll ? null : await this.#bytes.read();
    } catch (error) {
      this.#stop();
      throw error;
    }
    // The caller may have closed the source while it waited.
    if (this.#ended) return false;
    if (chunk !== null) {
      this.#window.provide(chunk);
      return true;
    }
    if (this.#canGoOn()) return true;
    const unknown = this.#parser === null ? this.#tooShort() : this.#withoutHeader();
    if (unknown === null) this.#summary.end(this.#describeCut());
    this.#stop();
    if (unknown !== null) throw unknown;
    return false;
  }

  summaries(): readonly CaptureSummary[] {
    return [this.#summary.build(this.#bytes.name, this.#bytes.compressed ?? false)];
  }

  async close(): Promise<void> {
    this.#stop();
    await this.#bytes.close();
  }

  /** Sets the parser by the first bytes and takes its first step; false where there are too few bytes for that. */
  #detect(): boolean {
    const window = this.#window;
    if (window.end - window.position < MAGIC_LENGTH) return window.want(MAGIC_LENGTH, "file header");
    const reading = { file: this.#bytes.name, window, record: this.record, summary: this.#summary };
    this.#parser = parserFor(reading, this.#isAll);
    if (this.#isAll) this.#parser?.finish?.();
    return this.#parser?.step() ?? false;
  }

  /** At the end of the bytes, once: whether what is left of them may hold records that only the end tells. */
  #canGoOn(): boolean {
    if (this.#isAll) return false;
    this.#isAll = true;
    if (this.#parser === null) return this.#window.end - this.#window.position >= MAGIC_LENGTH;
    this.#parser.finish?.();
    return this.#parser.finish !== undefined;
  }

  #tooShort(): CaptureError {
    const there = this.#window.end - this.#window.position;
    const cutShort = this.#bytes.cutShort ?? null;
    const size =
      there === 0 ? "the file is empty" : say`the file is only ${there} byte${there === 1 ? "" : "s"} long`;
    const least = say`a capture has a header of at least ${MAGIC_LENGTH} bytes`;
    const reasons = [...(cutShort === null ? [] : [cutShort]), size, least];
    return new CaptureError(this.#bytes.name, 0, listed(reasons, "statements"));
  }

  /** The fault of a file that ends inside its own header, so that no capture can be read; null for others. */
  #withoutHeader(): CaptureError | null {
    const { end, position } = this.#window;
    const cut = this.#describeCut();
    const isNothingRead = end > position && this.#window.offsetOf(position) === 0;
    return isNothingRead && cut !== null ? new CaptureError(this.#bytes.name, 0, cut) : null;
  }

  /** Why the file's end is not the capture's: bytes of an unfinished record are left, or the packed data broke off. */
  #describeCut(): Message | null {
    const { end, position, needed, neededFor } = this.#window;
    const there = end - position;
    const cutShort = this.#bytes.cutShort ?? null;
    if (there === 0) return cutShort;
    const offset = this.#window.offsetOf(position);
    const inside = say`the file ends inside a ${neededFor}: the one at byte ${offset} needs ${needed} bytes, ${there} ${there === 1 ? "is" : "are"} there`;
    return cutShort === null ? inside : listed([cutShort, inside], "statements");
  }

  /** From here on there are no more records; the buffers go. */
  #stop(): void {
    this.#ended = true;
    this.#window.release();
  }
}

/** A fault in what a packed file holds may be one of the packed data that was not found while they were unpacked. */
function inPacked(error: unknown): unknown {
  if (!(error instanceof CaptureError) || error.offset === 0) return error;
  const { file, offset, reason } = error;
  return new CaptureError(
    file,
    offset,
    say`${reason} (byte of what the packed file holds; it may be damaged)`,
  );
}

/** A record to be filled: of no bytes, before the first frame of the capture with that index. */
export function emptyRecord(capture: number): CaptureRecord {
  return {
    bytes: new Uint8Array(0),
    start: 0,
    end: 0,
    originalLength: 0,
    time: 0,
    nanos: 0,
    linkType: 0,
    frame: 0,
    capture,
    direction: DIRECTION.unknown,
  };
}

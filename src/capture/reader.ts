import { describeFirstBytes } from "./first-bytes.js";
import { PCAPNG_MAGIC } from "./pcapng-blocks.js";
import { PcapngParser } from "./pcapng.js";
import { PcapParser, pcapVariant } from "./pcap.js";
import {
  type ByteSource,
  CaptureError,
  type CaptureRecord,
  type CaptureSource,
  type CaptureSummary,
  DIRECTION,
  type ReadyRecords,
} from "./source.js";
import { SummaryBuilder } from "./summary.js";
import { ByteWindow } from "./window.js";

const MAGIC_LENGTH = 4;

/** One format's way through the window: each step is a record. */
interface RecordParser {
  step(): boolean;
  readonly ready: ReadyRecords | null;
}

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
      chunk = await this.#bytes.read();
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
    const unknown = this.#parser === null ? this.#tooShort() : null;
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
    const { view, position: at } = window;
    if (window.end - at < MAGIC_LENGTH) return window.want(MAGIC_LENGTH, "file header");
    const { name } = this.#bytes;
    const magic = view.getUint32(at, false);
    const variant = pcapVariant(magic);
    if (variant !== null) {
      this.#parser = new PcapParser(name, variant, window, this.record, this.#summary);
    } else if (magic === PCAPNG_MAGIC) {
      this.#parser = new PcapngParser(name, window, this.record, this.#summary);
    } else {
      throw new CaptureError(name, 0, describeFirstBytes(window.bytes.subarray(at, window.end)));
    }
    return this.#parser.step();
  }

  #tooShort(): CaptureError {
    const there = this.#window.end - this.#window.position;
    const size = there === 0 ? "is empty" : `is only ${there} byte${there === 1 ? "" : "s"} long`;
    const cutShort = this.#bytes.cutShort ?? null;
    const reason = `the file ${size}; a capture has a header of at least ${MAGIC_LENGTH} bytes`;
    return new CaptureError(this.#bytes.name, 0, cutShort === null ? reason : `${cutShort}; ${reason}`);
  }

  /** Why the file's end is not the capture's: bytes of an unfinished record are left, or the packed data broke off. */
  #describeCut(): string | null {
    const { end, position, needed, neededFor } = this.#window;
    const there = end - position;
    const cutShort = this.#bytes.cutShort ?? null;
    if (there === 0) return cutShort;
    const offset = this.#window.offsetOf(position);
    const inside =
      `the file ends inside a ${neededFor}: the one at byte ${offset} needs ${needed} bytes` +
      `, ${there} ${there === 1 ? "is" : "are"} there`;
    return cutShort === null ? inside : `${cutShort}; ${inside}`;
  }

  /** From here on there are no more records; the buffers go. */
  #stop(): void {
    this.#ended = true;
    this.#window.release();
  }
}

/** A fault in what a packed file holds may be one of the packed data that was not found while they were unpacked. */
function inPacked(error: unknown): unknown {
  if (!(error instanceof CaptureError)) return error;
  const { file, offset, reason } = error;
  return new CaptureError(file, offset, `${reason} (byte of what the packed file holds; it may be damaged)`);
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

import type { Address } from "../bytes/address.js";
import { CUT_MARK, PLACES_MARK, THINNED_MARK } from "../bytes/extract-mark.js";
import type { ReadyRecords } from "../bytes/ready-records.js";
import type { Micros } from "../bytes/time.js";
import {
  CaptureError,
  type CaptureRecord,
  type CaptureSource,
  type CaptureSummary,
} from "../capture/source.js";
import { DEFAULT_LIMITS } from "../packet/reassembly/limits.js";
import { AddressMap } from "./addresses.js";
import { FragmentQueue } from "./fragments.js";
import { Identifiers } from "./identifiers.js";
import { NatDetections } from "./ike/nat-detection.js";
import { Keyed } from "./keyed.js";
import { PacketRewriter } from "./packet.js";
import { ReadyFrames } from "./ready-frames.js";
import { SegmentQueue } from "./tcp/segment-queue.js";

const KEPT_COMMENTS: ReadonlySet<string> = new Set(
  [THINNED_MARK, PLACES_MARK, CUT_MARK].map((mark) => `capture: ${mark}`),
);

/**
 * Frames that wait for the rest of a datagram or record, their bytes, and how long a fragment waits in capture time (microseconds):
 * as long as in the analysis, which else puts together what is taken apart here.
 */
const LIMIT = { frames: 512, bytes: 4 * 1024 * 1024, wait: DEFAULT_LIMITS.timeout } as const;
const COMPACTED_AT = 1024;

/** A frame with bytes of its own. */
interface Held {
  readonly record: CaptureRecord;
  /** Gives up what it waits for, so that it becomes ready; null where it is. */
  giveUp: (() => void) | null;
  /** A fragment, which waits for a time; a segment is given up by those of its stream. */
  isTimed: boolean;
}

/**
 * A capture with everything replaced that tells of hosts and people: addresses, SPIs, identities, ciphertext, names of files.
 * What a judgement needs stays as it is: times, lengths, algorithms, the order and likeness of messages, right and wrong
 * checksums and NAT detection hashes. With the same key the same values are replaced by the same.
 */
export class AnonymizedSource implements CaptureSource {
  readonly record: CaptureRecord;
  readonly #ready: ReadyFrames;
  readonly #source: CaptureSource;
  readonly #rewriter: PacketRewriter;
  readonly #fragments: FragmentQueue<Held>;
  readonly #segments: SegmentQueue<Held>;
  readonly #addresses: AddressMap;
  #scratch = new Uint8Array(4096);
  /** The front of the scratch that the last frame lay in: many frames are of one length. */
  #window = this.#scratch;
  /** Frames in their order from `#first` on, where one of them waits. */
  #queue: Held[] = [];
  #first = 0;
  #held = 0;
  #ended = false;
  #fault: CaptureError | null = null;

  /**
   * `key` is kept secret: who has it can find out which addresses were replaced. Frames that the source reads into `buffer` are
   * rewritten there, so that nothing else may read them.
   */
  constructor(source: CaptureSource, key: Uint8Array, buffer?: Uint8Array) {
    const keyed = new Keyed(key);
    const identifiers = new Identifiers(keyed);
    const addresses = new AddressMap(keyed);
    const replacements = { identifiers, addresses, natDetections: new NatDetections(addresses, identifiers) };
    this.#source = source;
    this.#addresses = addresses;
    this.#rewriter = new PacketRewriter(replacements);
    const settle = (held: Held, replacement: Uint8Array): void => this.#settle(held, replacement);
    this.#fragments = new FragmentQueue(
      identifiers,
      (place, bytes, length, declared) => this.#rewriter.assembled(place, bytes, length, declared),
      settle,
    );
    this.#segments = new SegmentQueue(replacements, settle);
    this.#ready = new ReadyFrames(buffer, this.#rewriter);
    this.record = { ...source.record };
  }

  /** Those of the source, once their frames were rewritten; none while a frame waits. */
  get ready(): ReadyRecords | null {
    const isWaiting = this.#queue.length > this.#first || this.#fault !== null;
    const records = isWaiting ? null : this.#source.ready;
    return records !== null && this.#ready.rewrite(records, this.#source.readyUntil) ? records : null;
  }

  get readyUntil(): Micros {
    return Math.min(this.#source.readyUntil, this.#ready.until);
  }

  /** The replacement of an address. Throws RangeError where it is none. */
  address(address: Address): Address {
    return this.#addresses.text(address);
  }

  next(): boolean {
    for (;;) {
      const first = this.#queue[this.#first];
      if (first?.giveUp === null) {
        this.#shift(first);
        return true;
      }
      if (first === undefined && this.#fault !== null) this.#throwFault();
      if (!this.#step()) return false;
      if (this.#queue.length === this.#first) return true;
      this.#bound();
    }
  }

  async fill(): Promise<boolean> {
    if (!this.#ended) {
      try {
        if (await this.#source.fill()) return true;
        this.#ended = true;
      } catch (fault) {
        this.#hold(fault);
      }
      this.#giveUp();
    }
    return this.#queue.length > this.#first || this.#fault !== null;
  }

  summaries(): readonly CaptureSummary[] {
    return this.#source.summaries().map((summary, index) => ({
      ...summary,
      file: `capture ${index + 1}`,
      filters: [],
      // Comments say anything; but what an extract lacks has to be known.
      notes: summary.notes.filter(({ kind, text }) => kind !== "comment" || KEPT_COMMENTS.has(text)),
    }));
  }

  async close(): Promise<void> {
    this.#queue = [];
    this.#first = 0;
    await this.#source.close();
  }

  /** Takes the next frame of the source: into `record` where no other waits, else behind those. False where there is none. */
  #step(): boolean {
    try {
      if (!this.#source.next()) return false;
    } catch (fault) {
      this.#hold(fault);
      this.#giveUp();
      if (this.#queue.length === this.#first) this.#throwFault();
      return this.#step();
    }
    const { record } = this.#source;
    if (this.#ready.has(record)) {
      this.#emit(record, record.bytes, record.start, record.end);
      return true;
    }
    const size = record.end - record.start;
    if (size > this.#scratch.length) this.#scratch = new Uint8Array(size * 2);
    if (size !== this.#window.length) this.#window = this.#scratch.subarray(0, size);
    const bytes = this.#window;
    bytes.set(record.bytes.subarray(record.start, record.end));
    const isReady = this.#rewrite(bytes, record, null);
    if (isReady && this.#queue.length === this.#first) {
      this.#emit(record, bytes, 0, size);
      return true;
    }
    this.#wait(
      { record: { ...record, bytes: bytes.slice(), start: 0, end: size }, giveUp: null, isTimed: false },
      isReady,
    );
    return true;
  }

  #rewrite(
    bytes: Uint8Array,
    { originalLength, linkType }: CaptureRecord,
    replacement: Uint8Array | null,
  ): boolean {
    return this.#rewriter.frame(bytes, 0, bytes.length, originalLength, linkType, replacement);
  }

  #wait(held: Held, isReady: boolean): void {
    this.#queue.push(held);
    this.#held += held.record.bytes.length;
    const { part } = this.#rewriter;
    if (isReady || part === null) return;
    const { bytes, time } = held.record;
    // The desk may settle it at once.
    held.giveUp = () => undefined;
    held.isTimed = part.kind === "fragment";
    if (part.kind === "fragment") {
      const key = this.#fragments.add(part, bytes, held, time);
      if (key !== null) held.giveUp = () => this.#fragments.finish(key, time);
    } else {
      const giveUp = this.#segments.add(part, bytes, held, time);
      if (held.giveUp !== null) held.giveUp = giveUp;
    }
  }

  /** The new data of its part are there. */
  #settle(held: Held, replacement: Uint8Array): void {
    this.#rewrite(held.record.bytes, held.record, replacement);
    held.giveUp = null;
  }

  #shift({ record }: Held): void {
    this.#first++;
    this.#held -= record.bytes.length;
    this.#emit(record, record.bytes, 0, record.bytes.length);
    if (this.#first === this.#queue.length || this.#first >= COMPACTED_AT) {
      this.#queue = this.#queue.slice(this.#first);
      this.#first = 0;
    }
  }

  #emit(from: CaptureRecord, bytes: Uint8Array, start: number, end: number): void {
    const { record } = this;
    record.bytes = bytes;
    record.start = start;
    record.end = end;
    record.originalLength = from.originalLength;
    record.time = from.time;
    record.nanos = from.nanos;
    record.linkType = from.linkType;
    record.frame = from.frame;
    record.capture = from.capture;
    record.direction = from.direction;
  }

  /** The frame in front has waited for long enough. */
  #bound(): void {
    const newest = this.#queue.at(-1);
    const first = this.#queue[this.#first];
    if (newest === undefined || first === undefined || first.giveUp === null) return;
    const waited = Math.abs(newest.record.time - first.record.time);
    const isFull = this.#queue.length - this.#first > LIMIT.frames || this.#held > LIMIT.bytes;
    if (isFull || (first.isTimed && waited > LIMIT.wait)) first.giveUp();
  }

  #giveUp(): void {
    for (const held of this.#queue.slice(this.#first)) held.giveUp?.();
  }

  /** Frames that wait come before the fault behind them. */
  #hold(fault: unknown): void {
    if (!(fault instanceof CaptureError)) throw fault;
    this.#fault = fault;
  }

  #throwFault(): never {
    const fault = this.#fault;
    this.#fault = null;
    throw fault ?? new Error("no fault");
  }
}

import { FILE_HEADER, LARGEST_RECORD, type PcapVariant, pcapVariant } from "../../capture/pcap.js";
import type { ByteSource } from "../../capture/source.js";
import { ByteRing } from "./byte-ring.js";
import { type Message } from "../../texts/message.js";

/** One run of the capture: a pcap stream with a header of its own. */
export interface Run {
  /** The place where the next run begins; Infinity as long as this one goes on. */
  end: number;
  readonly variant: PcapVariant;
  readonly linkType: number;
}

/** The beginning of a record: from here the bytes can be read. */
export interface SyncPoint {
  readonly run: Run;
  readonly place: number;
  /** Number of that record's frame, counted from the start of the program. */
  readonly frame: number;
}

/** Bytes between two sync points. */
const SYNC_EVERY = 32 * 1024;
const SMALLEST = 64 * 1024;

/**
 * The newest bytes of a capture as they came, for whoever wants to look back at frames that were only counted. Costs a copy
 * of each chunk and a glance at the length of each record.
 */
export class RecentBytes {
  readonly ring: ByteRing;
  readonly #syncs: SyncPoint[] = [];
  #run: Run | null = null;
  /** The place of a run whose header is not whole yet; null where none is awaited. */
  #headerAt: number | null = null;
  /** The next record that was not looked at, where it lies in the ring's memory, and its frame's number. */
  #place = 0;
  #index = 0;
  #frame = 1;
  #nextSync = 0;

  /** Keeps so many bytes, at least 64 KiB. */
  constructor(size: number) {
    this.ring = new ByteRing(Math.max(SMALLEST, size));
  }

  /**
   * The same source, of which all that is read is kept too. It is a pcap stream from its beginning (others pass and are not
   * kept); `framesBefore` is how many frames were counted before its first one. A later call begins the next run: one
   * source at a time.
   */
  tee(source: ByteSource, framesBefore: number): ByteSource {
    this.#begin(framesBefore);
    return new TeedBytes(source, (chunk) => this.#take(chunk));
  }

  /** The first sync point at that place or behind it; null where there is none. */
  syncFrom(place: number): SyncPoint | null {
    return this.#syncs.find((sync) => sync.place >= place) ?? null;
  }

  /** The last sync point that still stands and is not behind that frame, or the oldest one; null where there is none. */
  syncOf(frame: number): SyncPoint | null {
    this.#prune();
    return this.#syncs.findLast((sync) => sync.frame <= frame) ?? this.#syncs[0] ?? null;
  }

  #begin(framesBefore: number): void {
    const { end } = this.ring;
    if (this.#run !== null) this.#run.end = end;
    this.#run = null;
    this.#headerAt = end;
    this.#frame = framesBefore + 1;
  }

  #take(chunk: Uint8Array): void {
    // In parts, so that no length is overwritten before it was seen.
    const part = this.ring.size >> 2;
    for (let at = 0; at < chunk.length; at += part) {
      this.ring.append(chunk.subarray(at, at + part));
      if (this.#headerAt !== null) this.#readHeader(this.#headerAt);
      if (this.#run !== null) this.#walk(this.#run);
    }
    this.#prune();
  }

  #readHeader(start: number): void {
    const { ring } = this;
    if (ring.end - start < FILE_HEADER) return;
    this.#headerAt = null;
    const at = ring.indexOf(start);
    const variant = pcapVariant(ring.u32(at, false));
    if (variant === null) return;
    const linkType = ring.u32(ring.after(at, 20), variant.littleEndian) & 0xffff;
    this.#run = { end: Infinity, variant, linkType };
    this.#place = this.#nextSync = start + FILE_HEADER;
    this.#index = ring.after(at, FILE_HEADER);
  }

  #walk(run: Run): void {
    const { ring } = this;
    const { littleEndian, recordHeader } = run.variant;
    const { end } = ring;
    while (this.#place + recordHeader <= end) {
      const captured = ring.u32(ring.after(this.#index, 8), littleEndian);
      if (captured > LARGEST_RECORD) {
        // Whoever reads the stream says so; nothing behind it can be told apart.
        run.end = this.#place;
        this.#run = null;
        return;
      }
      if (this.#place >= this.#nextSync) {
        this.#syncs.push({ run, place: this.#place, frame: this.#frame });
        this.#nextSync = this.#place + SYNC_EVERY;
      }
      const length = recordHeader + captured;
      this.#place += length;
      // A record may be longer than the ring.
      this.#index = length < ring.size ? ring.after(this.#index, length) : ring.indexOf(this.#place);
      this.#frame++;
    }
  }

  #prune(): void {
    const { start } = this.ring;
    let gone = 0;
    while ((this.#syncs[gone]?.place ?? Infinity) < start) gone++;
    if (gone > 0) this.#syncs.splice(0, gone);
  }
}

class TeedBytes implements ByteSource {
  readonly name: string;
  readonly #source: ByteSource;
  readonly #take: (chunk: Uint8Array) => void;

  constructor(source: ByteSource, take: (chunk: Uint8Array) => void) {
    this.name = source.name;
    this.#source = source;
    this.#take = take;
  }

  get compressed(): boolean {
    return this.#source.compressed ?? false;
  }

  get cutShort(): Message | null {
    return this.#source.cutShort ?? null;
  }

  async read(): Promise<Uint8Array | null> {
    const chunk = await this.#source.read();
    if (chunk !== null) this.#take(chunk);
    return chunk;
  }

  close(): Promise<void> {
    return this.#source.close();
  }
}

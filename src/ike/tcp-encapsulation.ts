import type { FrameRef } from "../bytes/frame.js";
import { u16At } from "../bytes/reader.js";
import type { Micros } from "../bytes/time.js";
import { OpenRecord } from "./tcp-open-record.js";
import { type RecordSink, STREAM_PREFIX } from "./tcp-record.js";
import { classifyRecord, LENGTH_FIELD, RecordPieces } from "./tcp-record-pieces.js";
import { looksLikeRecords } from "./tcp-resync.js";
import type { UdpPayloadKind } from "./udp.js";

/**
 * "prefix": the stream prefix is to come. "records": a record begins at the next byte, or is being read. "lost": the
 * next record is to be found. "ended": nothing more is read.
 */
type Mode = "prefix" | "records" | "lost" | "ended";

/**
 * Cuts one direction of a TCP stream into IKE messages and ESP packets (RFC 9329 section 3): each behind a 16-bit length
 * that counts itself, IKE behind the non-ESP marker too. So a record holds what a UDP packet on port 4500 holds, and is
 * told apart in the same way. A record that lies within one segment is read in place; of an ESP packet in several
 * segments only the head is kept.
 */
export class RecordReader {
  readonly #sink: RecordSink;
  readonly #lax: boolean;
  #mode: Mode;
  /** Bytes of the stream before those at hand, which begin at `#dataStart`. */
  #offset = 0;
  #dataStart = 0;
  /** Bytes of the prefix that came. */
  #prefixSeen = 0;
  /** The record at hand, where it does not lie within one segment. */
  readonly #pieces = new RecordPieces();
  readonly #record = new OpenRecord();

  /** `lax`: records that are credible will do where the prefix should stand. */
  constructor(sink: RecordSink, mode: "prefix" | "records" | "lost", lax: boolean) {
    this.#sink = sink;
    this.#mode = mode;
    this.#lax = lax;
  }

  /** Bytes that the reader keeps. */
  get kept(): number {
    return this.#pieces.bytes.length;
  }

  /** Takes the next `length` bytes of the stream, of which [start, end) was captured. */
  data(
    bytes: Uint8Array,
    start: number,
    end: number,
    length: number,
    frame: FrameRef,
    time: Micros,
    nanos: number,
  ): void {
    let at = start;
    this.#dataStart = start;
    if (this.#mode === "prefix") at = this.#prefix(bytes, start, end, start + length);
    if (this.#mode === "lost") this.#resync(bytes, at, end, start + length);
    while (at < end && this.#mode === "records") {
      at = this.#whole(bytes, at, end, frame, time, nanos) ?? this.#part(bytes, at, end, frame, time, nanos);
    }
    this.#offset += end - start;
    if (length > end - start) this.#missing(length - (end - start), "cut");
  }

  /** `length` bytes of the stream are missing; within one record they do no harm to those behind it. */
  hole(length: number): void {
    this.#missing(length, "lost");
  }

  /** The stream is over: what is there of a last record is handed on. */
  finish(): void {
    if (this.#mode === "records" && this.#pieces.seen > 0) this.#giveUpRecord("lost");
    this.#mode = "ended";
    this.#pieces.clear();
  }

  /** Compares with the prefix; returns the position behind what was compared. */
  #prefix(bytes: Uint8Array, start: number, end: number, declaredEnd: number): number {
    let at = start;
    while (
      at < end &&
      this.#prefixSeen < STREAM_PREFIX.length &&
      bytes[at] === STREAM_PREFIX[this.#prefixSeen]
    ) {
      this.#prefixSeen++;
      at++;
    }
    if (this.#prefixSeen === STREAM_PREFIX.length) {
      this.#begin();
      return at;
    }
    if (at === end) return at;
    if (this.#lax && this.#prefixSeen === 0 && looksLikeRecords(bytes, start, end, declaredEnd)) {
      this.#begin();
      return start;
    }
    this.#mode = "ended";
    this.#sink.unrecognised(true);
    return end;
  }

  /** A record mostly begins where a segment begins. */
  #resync(bytes: Uint8Array, start: number, end: number, declaredEnd: number): void {
    if (looksLikeRecords(bytes, start, end, declaredEnd)) this.#begin();
    else this.#sink.unrecognised(false);
  }

  #begin(): void {
    this.#mode = "records";
    this.#reset();
    this.#sink.recognised();
  }

  #reset(): void {
    this.#pieces.begin();
    this.#record.begin();
  }

  /** Reads a record that lies wholly in [at, end); the position behind it, null where it does not. */
  #whole(
    bytes: Uint8Array,
    at: number,
    end: number,
    frame: FrameRef,
    time: Micros,
    nanos: number,
  ): number | null {
    if (this.#pieces.seen > 0 || end - at < LENGTH_FIELD) return null;
    const length = u16At(bytes, at);
    if (length < LENGTH_FIELD || length > end - at) return null;
    this.#record.comesFrom(frame, time, nanos);
    const start = at + LENGTH_FIELD;
    const size = length - LENGTH_FIELD;
    this.#emit(classifyRecord(bytes, start, start + size, size), bytes, start, start + size, size);
    return at + length;
  }

  /** Adds to the record at hand what [at, end) holds of it; returns the position behind that. */
  #part(bytes: Uint8Array, at: number, end: number, frame: FrameRef, time: Micros, nanos: number): number {
    this.#record.comesFrom(frame, time, nanos);
    const until = this.#pieces.take(bytes, at, end);
    if (this.#pieces.isBroken) {
      this.#fail(this.#offset + until - this.#dataStart - LENGTH_FIELD, frame, time);
      return end;
    }
    if (this.#pieces.isWhole) this.#emitPieces();
    return until;
  }

  #emitPieces(): void {
    const { kind, bytes, storedEnd, length } = this.#pieces;
    this.#emit(kind, bytes, LENGTH_FIELD, storedEnd, length - LENGTH_FIELD);
    this.#pieces.shrink();
  }

  /** Hands a record on, of which [start, end) is there of `length` bytes. */
  #emit(kind: UdpPayloadKind, bytes: Uint8Array, start: number, end: number, length: number): void {
    this.#record.holds(kind, bytes, start, end, length);
    this.#sink.record(this.#record);
    this.#reset();
  }

  #missing(length: number, why: "cut" | "lost"): void {
    this.#offset += Number.isFinite(length) ? length : 0;
    if (this.#mode === "prefix") this.#missPrefix();
    if (this.#mode !== "records") return;
    if (length > this.#pieces.left) {
      this.#giveUpRecord(why);
      this.#mode = "lost";
      return;
    }
    this.#record.missing ??= why;
    this.#pieces.skip(length);
    if (this.#pieces.isWhole) this.#emitPieces();
  }

  /** Without the prefix, only records that follow can show what the stream is, and only where that is enough. */
  #missPrefix(): void {
    this.#mode = this.#lax ? "lost" : "ended";
    if (!this.#lax) this.#sink.unrecognised(true);
  }

  /** Hands on what is there of a record whose rest will not come. */
  #giveUpRecord(why: "cut" | "lost"): void {
    if (this.#pieces.seen <= LENGTH_FIELD) {
      this.#reset();
      return;
    }
    this.#record.missing ??= why;
    this.#pieces.settle();
    this.#emitPieces();
  }

  #fail(offset: number, frame: FrameRef, time: Micros): void {
    this.#mode = "ended";
    this.#sink.broken(
      {
        what: "length of a record in TCP",
        offset,
        required: LENGTH_FIELD,
        available: this.#pieces.length,
        declaredBy: "enclosing packet",
        detail: `${this.#pieces.length} is less than the ${LENGTH_FIELD} bytes of the length field itself`,
      },
      frame,
      time,
    );
  }
}

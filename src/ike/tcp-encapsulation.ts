import type { FrameRef } from "../bytes/frame.js";
import { u16At } from "../bytes/reader.js";
import type { Micros } from "../bytes/time.js";
import { IKE_HEADER_LENGTH } from "./message.js";
import { NAT_T_PORT } from "./ports.js";
import { type RecordSink, STREAM_PREFIX, type TcpRecord } from "./tcp-record.js";
import { looksLikeRecords } from "./tcp-resync.js";
import { classifyUdpPayload, UDP_PAYLOAD, udpPayloadOffset, type UdpPayloadKind } from "./udp.js";

const LENGTH_FIELD = 2;
/** Bytes of a record that tell what it holds: the length field and as much as the first look at a payload needs. */
const HEAD = LENGTH_FIELD + 4 + IKE_HEADER_LENGTH;
const FRAMES_KEPT = 64;

/**
 * "prefix": the stream prefix is to come. "records": a record begins at the next byte, or is being read. "lost": the
 * next record is to be found. "ended": nothing more is read.
 */
type Mode = "prefix" | "records" | "lost" | "ended";

interface Writable extends TcpRecord {
  kind: UdpPayloadKind;
  bytes: Uint8Array;
  start: number;
  end: number;
  length: number;
  frames: FrameRef[];
  time: Micros;
  nanos: number;
  missing: "cut" | "lost" | null;
}

const NOTHING = new Uint8Array(0);

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
  /** Bytes of the prefix that came, then bytes of the record at hand: seen, and those at the start of `#buffer`. */
  #seen = 0;
  #stored = 0;
  #length = 0;
  #kind: UdpPayloadKind = UDP_PAYLOAD.notIpsec;
  #buffer = NOTHING;
  readonly #record: Writable = {
    kind: UDP_PAYLOAD.notIpsec,
    bytes: NOTHING,
    start: 0,
    end: 0,
    length: 0,
    frames: [],
    time: -Infinity,
    nanos: 0,
    missing: null,
  };

  /** `lax`: records that are credible will do where the prefix should stand. */
  constructor(sink: RecordSink, mode: "prefix" | "records" | "lost", lax: boolean) {
    this.#sink = sink;
    this.#mode = mode;
    this.#lax = lax;
  }

  /** Bytes that the reader keeps. */
  get kept(): number {
    return this.#buffer.length;
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
      at =
        this.#seen === 0 && this.#whole(bytes, at, end, frame, time, nanos)
          ? at + this.#length
          : this.#part(bytes, at, end, frame, time, nanos);
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
    if (this.#mode === "records" && this.#seen > 0) this.#giveUpRecord("lost");
    this.#mode = "ended";
    this.#buffer = NOTHING;
  }

  /** Compares with the prefix; returns the position behind what was compared. */
  #prefix(bytes: Uint8Array, start: number, end: number, declaredEnd: number): number {
    let at = start;
    while (at < end && this.#seen < STREAM_PREFIX.length && bytes[at] === STREAM_PREFIX[this.#seen]) {
      this.#seen++;
      at++;
    }
    if (this.#seen === STREAM_PREFIX.length) {
      this.#begin();
      return at;
    }
    if (at === end) return at;
    if (this.#lax && this.#seen === 0 && looksLikeRecords(bytes, start, end, declaredEnd)) {
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
    this.#seen = 0;
    this.#stored = 0;
    this.#record.frames.length = 0;
    this.#record.missing = null;
  }

  /** Reads a record that lies wholly in [at, end); false where it does not. */
  #whole(bytes: Uint8Array, at: number, end: number, frame: FrameRef, time: Micros, nanos: number): boolean {
    if (end - at < LENGTH_FIELD) return false;
    const length = u16At(bytes, at);
    if (length < LENGTH_FIELD || length > end - at) return false;
    this.#length = length;
    this.#origin(frame, time, nanos);
    const start = at + LENGTH_FIELD;
    const size = length - LENGTH_FIELD;
    this.#emit(classify(bytes, start, start + size, size), bytes, start, start + size);
    return true;
  }

  /** Adds to the record at hand what [at, end) holds of it; returns the position behind that. */
  #part(bytes: Uint8Array, at: number, end: number, frame: FrameRef, time: Micros, nanos: number): number {
    this.#origin(frame, time, nanos);
    const before = this.#seen;
    const wanted = before < LENGTH_FIELD ? LENGTH_FIELD : this.#wanted();
    const until = Math.min(end, at + wanted - before);
    // Behind a hole, bytes are counted only: what is kept has no gaps.
    if (this.#stored === before && this.#stored < this.#limit()) this.#store(bytes, at, until);
    this.#seen = before + until - at;
    if (before < LENGTH_FIELD && this.#seen === LENGTH_FIELD) {
      this.#length = u16At(this.#buffer, 0);
      if (this.#length < LENGTH_FIELD) {
        this.#fail(this.#offset + until - this.#dataStart - LENGTH_FIELD, frame, time);
        return end;
      }
    }
    this.#advance();
    return until;
  }

  /** How far the record at hand is to be read before something is decided. */
  #wanted(): number {
    return this.#seen < HEAD ? Math.min(HEAD, this.#length) : this.#length;
  }

  /** How much of the record at hand is kept: all of an IKE message, the head of everything else. */
  #limit(): number {
    const isIke = this.#kind === UDP_PAYLOAD.ike || this.#kind === UDP_PAYLOAD.ikeWithMarker;
    return this.#seen >= HEAD && isIke ? this.#length : HEAD;
  }

  #store(bytes: Uint8Array, at: number, until: number): void {
    const size = this.#stored + until - at;
    if (size > this.#buffer.length) {
      const grown = new Uint8Array(Math.max(size, HEAD, Math.min(this.#buffer.length * 2, this.#length)));
      grown.set(this.#buffer.subarray(0, this.#stored));
      this.#buffer = grown;
    }
    this.#buffer.set(bytes.subarray(at, until), this.#stored);
    this.#stored = size;
  }

  #advance(): void {
    if (this.#seen < LENGTH_FIELD) return;
    if (this.#seen === HEAD || this.#seen === this.#length) this.#kind = this.#classifyStored();
    if (this.#seen === this.#length) this.#emitStored();
  }

  #classifyStored(): UdpPayloadKind {
    return classify(this.#buffer, LENGTH_FIELD, this.#stored, this.#length - LENGTH_FIELD);
  }

  #emitStored(): void {
    const end = Math.max(LENGTH_FIELD, this.#stored);
    this.#emit(this.#kind, this.#buffer, LENGTH_FIELD, end);
    // A large message must not keep its memory for the life of the stream.
    if (this.#buffer.length > 4096) this.#buffer = NOTHING;
  }

  #emit(kind: UdpPayloadKind, bytes: Uint8Array, start: number, end: number): void {
    const record = this.#record;
    const skip = Math.min(udpPayloadOffset(kind), end - start);
    record.kind = kind;
    record.bytes = bytes;
    record.start = start + skip;
    record.end = end;
    record.length = this.#length - LENGTH_FIELD - skip;
    this.#sink.record(record);
    record.bytes = NOTHING;
    this.#reset();
  }

  /** Remembers the frame as one of the record's. */
  #origin(frame: FrameRef, time: Micros, nanos: number): void {
    const { frames } = this.#record;
    // Nobody reads a record before those in front of it, though it may have been captured earlier.
    if (frames.length === 0 && time >= this.#record.time) {
      this.#record.time = time;
      this.#record.nanos = nanos;
    }
    if (frames.length < FRAMES_KEPT && frames.at(-1) !== frame) frames.push(frame);
  }

  #missing(length: number, why: "cut" | "lost"): void {
    this.#offset += Number.isFinite(length) ? length : 0;
    if (this.#mode === "prefix") this.#missPrefix();
    if (this.#mode !== "records") return;
    const left = this.#seen < LENGTH_FIELD ? 0 : this.#length - this.#seen;
    if (length > left) {
      this.#giveUpRecord(why);
      this.#mode = "lost";
      return;
    }
    this.#record.missing ??= why;
    // The head may end in the hole: what there is of it has to do.
    if (this.#seen < HEAD) this.#kind = this.#classifyStored();
    this.#seen += length;
    if (this.#seen === this.#length) this.#emitStored();
  }

  /** Without the prefix, only records that follow can show what the stream is, and only where that is enough. */
  #missPrefix(): void {
    this.#seen = 0;
    this.#mode = this.#lax ? "lost" : "ended";
    if (!this.#lax) this.#sink.unrecognised(true);
  }

  /** Hands on what is there of a record whose rest will not come. */
  #giveUpRecord(why: "cut" | "lost"): void {
    if (this.#seen <= LENGTH_FIELD) {
      this.#reset();
      return;
    }
    this.#record.missing ??= why;
    if (this.#seen < HEAD) this.#kind = this.#classifyStored();
    this.#emitStored();
  }

  #fail(offset: number, frame: FrameRef, time: Micros): void {
    this.#mode = "ended";
    this.#sink.broken(
      {
        what: "length of a record in TCP",
        offset,
        required: LENGTH_FIELD,
        available: this.#length,
        declaredBy: "enclosing packet",
        detail: `${this.#length} is less than the ${LENGTH_FIELD} bytes of the length field itself`,
      },
      frame,
      time,
    );
  }
}

/** What a record holds, by what there is of it. */
function classify(bytes: Uint8Array, start: number, end: number, length: number): UdpPayloadKind {
  return classifyUdpPayload(bytes, start, end, length, NAT_T_PORT, NAT_T_PORT);
}

import { u16At } from "../bytes/reader.js";
import { IKE_HEADER_LENGTH } from "./message.js";
import { NAT_T_PORT } from "./ports.js";
import { classifyUdpPayload, UDP_PAYLOAD, type UdpPayloadKind } from "./udp.js";

/** Bytes of the length before each record, which counts itself (RFC 9329 section 3). */
export const LENGTH_FIELD = 2;
/** Bytes of a record that tell what it holds: the length field and as much as the first look at a payload needs. */
const HEAD = LENGTH_FIELD + 4 + IKE_HEADER_LENGTH;
/** A larger buffer is not kept for the next record. */
const BUFFER_KEPT = 4096;

const NOTHING = new Uint8Array(0);

/**
 * A record of a TCP stream that comes in several segments. All of an IKE message is put together, of everything else the
 * head; what lies behind a hole is counted only, for what is kept has no gaps.
 */
export class RecordPieces {
  /** Bytes of the record that went by, its length field included. */
  seen = 0;
  /** As the length field says; right once that was seen. */
  length = 0;
  /** Its content; right once its head was seen, or {@link settle} was called. */
  kind: UdpPayloadKind = UDP_PAYLOAD.notIpsec;
  #buffer = NOTHING;
  /** Bytes at the start of the buffer that are the record's. */
  #stored = 0;

  /** The captured part of the record, its length field included: [0, storedEnd) of it. */
  get bytes(): Uint8Array {
    return this.#buffer;
  }

  get storedEnd(): number {
    return Math.max(LENGTH_FIELD, this.#stored);
  }

  get isWhole(): boolean {
    return this.#hasLength && this.seen === this.length;
  }

  /** The length field says less than its own length. */
  get isBroken(): boolean {
    return this.#hasLength && this.length < LENGTH_FIELD;
  }

  /** Bytes that are still to come, as far as is known. */
  get left(): number {
    return this.#hasLength ? this.length - this.seen : 0;
  }

  get #hasLength(): boolean {
    return this.seen >= LENGTH_FIELD;
  }

  /** The next byte is the first of another record. */
  begin(): void {
    this.seen = 0;
    this.#stored = 0;
  }

  /** Takes of [at, end) as much as there is before the record ends or something is decided; returns the position behind it. */
  take(bytes: Uint8Array, at: number, end: number): number {
    const before = this.seen;
    const until = Math.min(end, at + this.#wanted() - before);
    if (this.#stored === before && this.#stored < this.#limit()) this.#store(bytes, at, until);
    this.seen = before + until - at;
    if (before < LENGTH_FIELD && this.seen === LENGTH_FIELD) this.length = u16At(this.#buffer, 0);
    if (this.seen === HEAD || this.isWhole) this.#classify();
    return until;
  }

  /** Some of what is left is missing. */
  skip(length: number): void {
    this.settle();
    this.seen += length;
  }

  /** The head may not come any more: what there is of it has to do. */
  settle(): void {
    if (this.seen < HEAD) this.#classify();
  }

  /** A large record must not keep its memory for the life of the stream. */
  shrink(): void {
    if (this.#buffer.length > BUFFER_KEPT) this.clear();
  }

  clear(): void {
    this.#buffer = NOTHING;
  }

  /** How far the record is to be read before something is decided. */
  #wanted(): number {
    if (!this.#hasLength) return LENGTH_FIELD;
    return this.seen < HEAD ? Math.min(HEAD, this.length) : this.length;
  }

  /** How much of the record is kept. */
  #limit(): number {
    const isIke = this.kind === UDP_PAYLOAD.ike || this.kind === UDP_PAYLOAD.ikeWithMarker;
    return this.seen >= HEAD && isIke ? this.length : HEAD;
  }

  #store(bytes: Uint8Array, at: number, until: number): void {
    const size = this.#stored + until - at;
    if (size > this.#buffer.length) {
      const grown = new Uint8Array(Math.max(size, HEAD, Math.min(this.#buffer.length * 2, this.length)));
      grown.set(this.#buffer.subarray(0, this.#stored));
      this.#buffer = grown;
    }
    this.#buffer.set(bytes.subarray(at, until), this.#stored);
    this.#stored = size;
  }

  #classify(): void {
    this.kind = classifyRecord(this.#buffer, LENGTH_FIELD, this.#stored, this.length - LENGTH_FIELD);
  }
}

/** Content of a record by the captured part behind its length field: [start, end) of `length` bytes. */
export function classifyRecord(
  bytes: Uint8Array,
  start: number,
  end: number,
  length: number,
): UdpPayloadKind {
  return classifyUdpPayload(bytes, start, end, length, NAT_T_PORT, NAT_T_PORT);
}

import { u16At, u32At } from "../../bytes/reader.js";
import { NAT_T_PORT } from "../../ike/ports.js";
import { STREAM_PREFIX } from "../../ike/tcp-record.js";
import { looksLikeRecords } from "../../ike/tcp-resync.js";
import { classifyUdpPayload, UDP_PAYLOAD, udpPayloadOffset } from "../../ike/udp.js";
import { putU32 } from "../identifiers.js";
import { rewriteIke } from "../ike/message.js";
import type { Ends } from "../ike/ends.js";
import type { Replacements } from "../ike/window.js";

const LENGTH_FIELD = 2;
const ESP_HEADER = 8;
const NOTHING = new Uint8Array(0);

/** Knowledge that the two directions of a connection share. */
export interface Shared {
  /** "ours": one of them proved to carry IKE and ESP. "foreign": one of them proved to carry something else. */
  verdict: "open" | "ours" | "foreign";
  /** On port 4500 a stream without prefix is recognised too. */
  readonly lax: boolean;
}

/**
 * Rewrites the bytes of one direction of a TCP stream of IKE and ESP (RFC 9329), in order: hands on as many bytes as it was
 * given, each record when it is whole. A stream that carries something else comes out as zeros.
 */
export class RecordRewriter {
  readonly #replacements: Replacements;
  readonly #ends: Ends;
  readonly #shared: Shared;
  readonly #emit: (bytes: Uint8Array) => void;
  /**
   * "prefix": the stream begins with the next byte. "records": a record does, or goes on. "lost": a record may begin with the
   * next segment. "ended": nothing more is read.
   */
  #mode: "prefix" | "records" | "lost" | "ended" = "lost";
  readonly #isClient: boolean;
  #buffer: Uint8Array = NOTHING;
  /** Bytes of the newest segment that the capture did not keep. */
  #beyond = 0;
  /** Bytes that are left of a record whose head was handed on. */
  #left = 0;

  constructor(
    replacements: Replacements,
    ends: Ends,
    shared: Shared,
    begins: "prefix" | "lost",
    isClient: boolean,
    emit: (bytes: Uint8Array) => void,
  ) {
    this.#replacements = replacements;
    this.#ends = ends;
    this.#shared = shared;
    this.#mode = begins;
    this.#isClient = isClient;
    this.#emit = emit;
  }

  /** Takes the next bytes, those of one segment of `length` bytes; without any, what waits is looked at again. */
  feed(bytes: Uint8Array, length = bytes.length): void {
    this.#beyond = length - bytes.length;
    this.#buffer = this.#buffer.length === 0 ? bytes : joined(this.#buffer, bytes);
    while (this.#buffer.length > 0 && this.#step());
  }

  /** `length` bytes are missing; within one record they do no harm to those behind it. */
  hole(length: number): void {
    this.giveUp();
    if (this.#mode === "ended") return;
    if (length <= this.#left) this.#left -= length;
    else {
      this.#left = 0;
      this.#mode = "lost";
    }
  }

  /** The replacement of bytes that the stream is past: read as what follows a gap. */
  apart(bytes: Uint8Array): Uint8Array {
    const replacement = new Uint8Array(bytes.length);
    let at = 0;
    const emit = (piece: Uint8Array): void => {
      replacement.set(piece, at);
      at += piece.length;
    };
    const reader = new RecordRewriter(
      this.#replacements,
      this.#ends,
      this.#shared,
      "lost",
      this.#isClient,
      emit,
    );
    reader.feed(bytes);
    reader.giveUp();
    return replacement;
  }

  /** Hands on what waits for more, as it is known so far. */
  giveUp(): void {
    const buffer = this.#buffer;
    if (buffer.length === 0) return;
    // A prefix that is cut is one, too.
    if (this.#shared.verdict === "open" && this.#mode === "prefix" && !beginsPrefix(buffer))
      this.#mode = "lost";
    if (this.#mode === "records" && buffer.length >= LENGTH_FIELD) {
      const length = u16At(buffer, 0);
      this.#rewrite(buffer, length - LENGTH_FIELD);
      this.#left = length - buffer.length;
      this.#take(buffer.length, buffer);
      return;
    }
    if (this.#mode === "lost") this.feed(NOTHING);
    // Half a length field or half a prefix tells nothing.
    this.#take(this.#buffer.length, this.#buffer.slice());
  }

  /** Goes as far as one thing; false where it has to wait. */
  #step(): boolean {
    if (this.#shared.verdict === "foreign")
      return this.#take(this.#buffer.length, new Uint8Array(this.#buffer.length));
    switch (this.#mode) {
      case "prefix":
        return this.#prefix();
      case "lost":
        return this.#resync();
      case "ended":
        return this.#take(this.#buffer.length, new Uint8Array(this.#buffer.length));
      case "records":
        return this.#left > 0 ? this.#rest() : this.#record();
    }
  }

  #prefix(): boolean {
    const buffer = this.#buffer;
    if (beginsPrefix(buffer)) {
      return buffer.length >= STREAM_PREFIX.length ? this.#begin(STREAM_PREFIX.length) : false;
    }
    if (this.#shared.verdict === "ours" && !this.#isClient) return this.#begin(0);
    if (this.#shared.lax && looksLikeRecords(buffer, 0, buffer.length, this.#declaredEnd))
      return this.#begin(0);
    // Only the end that opened the connection sends a prefix; the other one waits for what that says.
    if (!this.#isClient) return false;
    if (this.#shared.verdict === "open") this.#shared.verdict = "foreign";
    this.#mode = "ended";
    return true;
  }

  /** The end of the segment whose bytes are the last in the buffer, kept by the capture or not. */
  get #declaredEnd(): number {
    return this.#buffer.length + this.#beyond;
  }

  #resync(): boolean {
    const buffer = this.#buffer;
    if (STREAM_PREFIX.every((byte, index) => buffer[index] === byte))
      return this.#begin(STREAM_PREFIX.length);
    const mayBegin = this.#shared.lax || this.#shared.verdict === "ours";
    if (mayBegin && looksLikeRecords(buffer, 0, buffer.length, this.#declaredEnd)) return this.#begin(0);
    return this.#take(buffer.length, new Uint8Array(buffer.length));
  }

  #begin(behind: number): boolean {
    this.#mode = "records";
    this.#shared.verdict = "ours";
    return this.#take(behind, this.#buffer.slice(0, behind));
  }

  #rest(): boolean {
    const bytes = this.#buffer.slice(0, this.#left);
    this.#replacements.identifiers.content(bytes, 0, bytes.length);
    this.#left -= bytes.length;
    return this.#take(bytes.length, bytes);
  }

  #record(): boolean {
    if (this.#buffer.length < LENGTH_FIELD) return false;
    const length = u16At(this.#buffer, 0);
    if (length < LENGTH_FIELD) {
      // No stream goes on behind that; the length itself is what shows it.
      const zeros = new Uint8Array(this.#buffer.length);
      zeros.set(this.#buffer.subarray(0, LENGTH_FIELD));
      this.#mode = "ended";
      return this.#take(zeros.length, zeros);
    }
    if (this.#buffer.length < length) return false;
    const bytes = this.#buffer.slice(0, length);
    this.#rewrite(bytes, length - LENGTH_FIELD);
    return this.#take(length, bytes);
  }

  /** Rewrites a record, here all of `bytes` after the length field: it holds the same as a UDP packet on port 4500. */
  #rewrite(bytes: Uint8Array, size: number): void {
    const { identifiers } = this.#replacements;
    const end = bytes.length;
    const kind = classifyUdpPayload(bytes, LENGTH_FIELD, end, size, NAT_T_PORT, NAT_T_PORT);
    const at = Math.min(end, LENGTH_FIELD + udpPayloadOffset(kind));
    switch (kind) {
      case UDP_PAYLOAD.ike:
      case UDP_PAYLOAD.ikeWithMarker:
        rewriteIke(bytes, at, end, this.#ends, this.#replacements);
        return;
      case UDP_PAYLOAD.esp:
      case UDP_PAYLOAD.espWithMarker:
        identifiers.packet(bytes, at, Math.min(end, at + ESP_HEADER), end);
        if (end - at >= 4) putU32(bytes, at, identifiers.espSpi(u32At(bytes, at)));
        return;
      case UDP_PAYLOAD.keepalive:
        return;
      case UDP_PAYLOAD.malformed:
      case UDP_PAYLOAD.notIpsec:
        identifiers.scrap(bytes, LENGTH_FIELD, end);
    }
  }

  #take(length: number, replacement: Uint8Array): true {
    this.#buffer = this.#buffer.subarray(length);
    this.#emit(replacement);
    return true;
  }
}

/** Whether all that is there is the stream prefix, or its beginning. */
function beginsPrefix(bytes: Uint8Array): boolean {
  return STREAM_PREFIX.every((byte, index) => index >= bytes.length || bytes[index] === byte);
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const both = new Uint8Array(one.length + other.length);
  both.set(one, 0);
  both.set(other, one.length);
  return both;
}

import { toHex } from "../bytes/hex.js";
import { u16At, u32At } from "../bytes/reader.js";
import { NAT_T_PORT } from "../ike/ports.js";
import { STREAM_PREFIX } from "../ike/tcp-record.js";
import { looksLikeRecords } from "../ike/tcp-resync.js";
import { classifyUdpPayload, UDP_PAYLOAD, udpPayloadOffset } from "../ike/udp.js";
import { TCP_FLAG } from "../packet/tcp/flags.js";
import type { AddressPair } from "./headers.js";
import { putU32 } from "./identifiers.js";
import { rewriteIke } from "./ike/message.js";
import type { Ends, Means } from "./ike/window.js";

/** Directions of connections that are followed at the same time. */
const DIRECTIONS = 8192;
const LENGTH_FIELD = 2;
const ESP_HEADER = 8;

/**
 * "prefix": the first bytes of the stream are to come. "records": a record begins, or goes on. "lost": records are to be found
 * at the start of a segment. "foreign": the stream is none of IKE and ESP.
 */
type Mode = "prefix" | "records" | "lost" | "foreign";

interface Direction {
  mode: Mode;
  /** Sequence number of the next byte; null before the first one. */
  next: number | null;
  /** Bytes that are left of the record at hand. */
  left: number;
  /** First byte of a length field that two segments share; -1 where none does. */
  lengthByte: number;
}

/**
 * Rewrites what TCP streams of IKE and ESP (RFC 9329) carry, segment by segment. What a record has beyond its first segment is
 * replaced as ciphertext; what is sent again, and what is no stream of IKE, is zeroed.
 */
export class TcpRewriter {
  readonly #means: Means;
  readonly #directions = new Map<string, Direction>();

  constructor(means: Means) {
    this.#means = means;
  }

  /** Rewrites the payload in [start, end), `length` bytes by the headers, of the segment whose TCP header is at `header`. */
  segment(
    bytes: Uint8Array,
    header: number,
    start: number,
    end: number,
    length: number,
    { source, destination }: AddressPair,
  ): void {
    const sourcePort = u16At(bytes, header);
    const destinationPort = u16At(bytes, header + 2);
    const sequence = u32At(bytes, header + 4);
    const flags = bytes[header + 13] as number;
    const ends = { source, destination, sourcePort, destinationPort };
    const direction = this.#direction(ends);
    if ((flags & TCP_FLAG.syn) !== 0) begin(direction, (sequence + 1) >>> 0);
    if (length <= 0) return;
    const isLax = sourcePort === NAT_T_PORT || destinationPort === NAT_T_PORT;
    const ahead = direction.next === null ? 0 : (sequence - direction.next) | 0;
    const old = Math.min(end, start + Math.max(0, -ahead));
    bytes.fill(0, start, old);
    if (ahead + length <= 0) return;
    if (ahead > 0) lose(direction, isLax);
    direction.next = (sequence + length) >>> 0;
    const at = this.#opening(direction, bytes, old, end, start + length, isLax);
    if (direction.mode === "records") this.#records(direction, bytes, at, end, ends);
    else bytes.fill(0, at, end);
    // The capture did not keep the rest of the segment.
    if (end < start + length) lose(direction, isLax);
  }

  /** Finds out what begins at `at`; returns the position behind the prefix. */
  #opening(
    direction: Direction,
    bytes: Uint8Array,
    at: number,
    end: number,
    declaredEnd: number,
    isLax: boolean,
  ): number {
    if (direction.mode === "records" || direction.mode === "foreign") return at;
    const hasPrefix =
      end - at >= STREAM_PREFIX.length && STREAM_PREFIX.every((byte, index) => bytes[at + index] === byte);
    if (hasPrefix) {
      direction.mode = "records";
      return at + STREAM_PREFIX.length;
    }
    if (looksLikeRecords(bytes, at, end, declaredEnd)) direction.mode = "records";
    else direction.mode = isLax ? "lost" : "foreign";
    return at;
  }

  #records(direction: Direction, bytes: Uint8Array, start: number, end: number, ends: Ends): void {
    let at = start;
    while (at < end && direction.mode === "records") {
      if (direction.left > 0) {
        const until = Math.min(end, at + direction.left);
        this.#means.identifiers.content(bytes, at, until);
        direction.left -= until - at;
        at = until;
      } else at = this.#record(direction, bytes, at, end, ends);
    }
    bytes.fill(0, at, end);
  }

  /** Rewrites the record that begins at `at`, as far as the segment has it; returns the position behind that. */
  #record(direction: Direction, bytes: Uint8Array, at: number, end: number, ends: Ends): number {
    const shared = direction.lengthByte;
    if (shared < 0 && end - at < LENGTH_FIELD) {
      direction.lengthByte = bytes[at] as number;
      return end;
    }
    direction.lengthByte = -1;
    const length = shared < 0 ? u16At(bytes, at) : (shared << 8) | (bytes[at] as number);
    const start = at + (shared < 0 ? LENGTH_FIELD : 1);
    if (length < LENGTH_FIELD) {
      direction.mode = "foreign";
      return start;
    }
    const size = length - LENGTH_FIELD;
    const until = Math.min(end, start + size);
    direction.left = size - (until - start);
    this.#payload(bytes, start, until, size, ends);
    return until;
  }

  /** What a record holds is what a UDP packet on port 4500 holds. */
  #payload(bytes: Uint8Array, start: number, end: number, size: number, ends: Ends): void {
    const { identifiers } = this.#means;
    const kind = classifyUdpPayload(bytes, start, end, size, NAT_T_PORT, NAT_T_PORT);
    const at = Math.min(end, start + udpPayloadOffset(kind));
    switch (kind) {
      case UDP_PAYLOAD.ike:
      case UDP_PAYLOAD.ikeWithMarker:
        rewriteIke(bytes, at, end, ends, this.#means);
        return;
      case UDP_PAYLOAD.esp:
      case UDP_PAYLOAD.espWithMarker:
        identifiers.packet(bytes, at, Math.min(end, at + ESP_HEADER), end);
        putU32(bytes, at, identifiers.espSpi(u32At(bytes, at)));
        return;
      case UDP_PAYLOAD.keepalive:
        return;
      case UDP_PAYLOAD.malformed:
      case UDP_PAYLOAD.notIpsec:
        bytes.fill(0, start, end);
    }
  }

  #direction({ source, destination, sourcePort, destinationPort }: Ends): Direction {
    const key = `${toHex(source)}:${sourcePort}>${toHex(destination)}:${destinationPort}`;
    const directions = this.#directions;
    const known = directions.get(key);
    if (known !== undefined) return known;
    const opened: Direction = { mode: "lost", next: null, left: 0, lengthByte: -1 };
    directions.set(key, opened);
    if (directions.size > DIRECTIONS) {
      for (const oldest of directions.keys()) {
        directions.delete(oldest);
        break;
      }
    }
    return opened;
  }
}

function begin(direction: Direction, next: number): void {
  direction.mode = "prefix";
  direction.next = next;
  direction.left = 0;
  direction.lengthByte = -1;
}

function lose(direction: Direction, isLax: boolean): void {
  // Within one record missing bytes would do no harm, but nobody knows what the next ones belong to.
  direction.left = 0;
  direction.lengthByte = -1;
  if (direction.mode !== "foreign" || isLax) direction.mode = "lost";
}

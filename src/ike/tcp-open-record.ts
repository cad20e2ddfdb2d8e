import type { FrameRef } from "../bytes/frame.js";
import type { Micros } from "../bytes/time.js";
import type { TcpRecord } from "./tcp-record.js";
import { UDP_PAYLOAD, udpPayloadOffset, type UdpPayloadKind } from "./udp.js";

/** A peer may send a byte a segment. */
const FRAMES_KEPT = 64;
const NOTHING = new Uint8Array(0);

/** The record that a reader is at, with where it came from; used again for the next one. */
export class OpenRecord implements TcpRecord {
  kind: UdpPayloadKind = UDP_PAYLOAD.notIpsec;
  bytes: Uint8Array = NOTHING;
  start = 0;
  end = 0;
  length = 0;
  readonly frames: FrameRef[] = [];
  framesLeftOut = 0;
  time: Micros = -Infinity;
  nanos = 0;
  missing: "cut" | "lost" | null = null;

  /** Nothing of the next record was seen yet. */
  begin(): void {
    this.bytes = NOTHING;
    this.frames.length = 0;
    this.framesLeftOut = 0;
    this.missing = null;
  }

  /** Remembers the frame as one of the record's. */
  comesFrom(frame: FrameRef, time: Micros, nanos: number): void {
    const { frames } = this;
    // Nobody reads a record before those in front of it, though it may have been captured earlier.
    if (frames.length === 0 && time >= this.time) {
      this.time = time;
      this.nanos = nanos;
    }
    if (frames.at(-1) === frame) return;
    if (frames.length < FRAMES_KEPT) frames.push(frame);
    else {
      frames[FRAMES_KEPT - 1] = frame;
      this.framesLeftOut++;
    }
  }

  /** Content of the record behind its length field: [start, end) is there of `length` bytes. */
  holds(kind: UdpPayloadKind, bytes: Uint8Array, start: number, end: number, length: number): void {
    const skip = Math.min(udpPayloadOffset(kind), end - start);
    this.kind = kind;
    this.bytes = bytes;
    this.start = start + skip;
    this.end = end;
    this.length = length - skip;
  }
}

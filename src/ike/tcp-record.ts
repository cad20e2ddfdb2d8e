import type { FrameRef } from "../bytes/frame.js";
import type { DecodeProblem } from "../bytes/problem.js";
import type { Micros } from "../bytes/time.js";
import type { UdpPayloadKind } from "./udp.js";

/** TCP port on which IKE is tried beside 4500, to pass for HTTPS (RFC 9329 section 2 leaves the port to the peers). */
export const HTTPS_PORT = 443;

/** "IKETCP": what the TCP originator, and only that one, begins its stream with (RFC 9329 section 4). */
export const STREAM_PREFIX = Uint8Array.of(0x49, 0x4b, 0x45, 0x54, 0x43, 0x50);

/** One record of a stream. Reused: valid only during the call. */
export interface TcpRecord {
  readonly kind: UdpPayloadKind;
  /** The IKE message or ESP packet: [start, end) is there, `length` is what the length field declares. */
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly length: number;
  /** Frames that carried the record, in order of its bytes: of very many the first and the last. When the first was captured, or a record before. */
  readonly frames: readonly FrameRef[];
  /** Frames that are left out before the last one. */
  readonly framesLeftOut: number;
  readonly time: Micros;
  readonly nanos: number;
  /** Bytes are missing: "cut" by the snap length, or "lost" with a segment. */
  readonly missing: "cut" | "lost" | null;
}

/** The listener of a reader of records. */
export interface RecordSink {
  record(record: TcpRecord): void;
  /** The stream is one of IKE and ESP. */
  recognised(): void;
  /** A segment showed no sign of it. `certain`: the stream is something else. */
  unrecognised(certain: boolean): void;
  /** The stream cannot be read on; the problem's offset counts from its first byte that was captured. */
  broken(problem: DecodeProblem, frame: FrameRef, time: Micros): void;
}

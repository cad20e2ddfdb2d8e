import type { ReadyRecords } from "../bytes/ready-records.js";
import { u32At } from "../bytes/reader.js";
import type { Micros } from "../bytes/time.js";
import type { CaptureRecord } from "../capture/source.js";
import type { PacketRewriter } from "./packet.js";

/** Type of an enhanced packet block, and the length that closes a block (draft-ietf-opsawg-pcapng). */
const ENHANCED_PACKET = 6;
const BLOCK_TRAILER = 4;

/**
 * Frames that are rewritten where they lie in the buffer that a source reads into, as many as lie there one behind the other: so
 * they can be taken in one go, as those of the source.
 */
export class ReadyFrames {
  readonly #buffer: ArrayBufferLike | null;
  readonly #rewriter: PacketRewriter;
  #capture = 0;
  /** Number of the first frame that was not rewritten. */
  #next = 0;
  /** Its time; Infinity where its record is not there. */
  until: Micros = -Infinity;

  /** Nobody else may read what lies in `buffer`; without one, nothing is rewritten. */
  constructor(buffer: Uint8Array | undefined, rewriter: PacketRewriter) {
    this.#buffer = buffer?.buffer ?? null;
    this.#rewriter = rewriter;
  }

  /** Whether the frame was rewritten where it lay; it may have been moved since. */
  has({ capture, frame }: CaptureRecord): boolean {
    return frame < this.#next && capture === this.#capture;
  }

  /**
   * Rewrites the frames of records before that time, up to the first that is a part of a packet or whose record is no plain one: for
   * what a frame becomes may depend on those before it. False where the records lie elsewhere.
   */
  rewrite(records: ReadyRecords, before: Micros): boolean {
    const { bytes, capture, nextFrame, headerLength, linkType } = records;
    if (bytes.buffer !== this.#buffer) return false;
    if (nextFrame < this.#next && capture === this.#capture) return true;
    let { position } = records;
    let frame = nextFrame;
    for (let next = endOfRecord(records, position); next > 0; next = endOfRecord(records, position)) {
      if (timeAt(records, position) >= before) break;
      const start = position + headerLength;
      const captured = lengthAt(records, start);
      const wireEnd = start + Math.max(captured, field(records, start - 4));
      if (!this.#rewriter.frame(bytes, start, start + captured, wireEnd, linkType, null)) break;
      position = next;
      frame++;
    }
    this.#capture = capture;
    this.#next = frame;
    this.until = records.end - position < headerLength ? Infinity : timeAt(records, position);
    return true;
  }
}

/** The end of the record at `position`; 0 where it is not whole, or a block that is not the plain one of a packet. */
function endOfRecord(records: ReadyRecords, position: number): number {
  const { end, headerLength, longestRecord, framing, interfaceId } = records;
  const start = position + headerLength;
  if (start > end) return 0;
  const captured = lengthAt(records, start);
  // A record of no bytes may be the first zeros of a tail that was never written.
  if (captured === 0 || captured > longestRecord || captured > end - start) return 0;
  if (framing === "records") return start + captured;
  const total = headerLength + ((captured + 3) & ~3) + BLOCK_TRAILER;
  const isPlain =
    position + total <= end &&
    field(records, position) === ENHANCED_PACKET &&
    field(records, position + 4) === total &&
    field(records, position + 8) === interfaceId &&
    field(records, position + total - BLOCK_TRAILER) === total;
  return isPlain ? position + total : 0;
}

/** The captured length of the frame at `start`; what it was on the wire follows, and closes the header in either format. */
function lengthAt(records: ReadyRecords, start: number): number {
  return field(records, start - 8);
}

function timeAt(records: ReadyRecords, position: number): Micros {
  const { framing, ticksPerMicrosecond } = records;
  if (framing === "records") {
    return field(records, position) * 1e6 + Math.floor(field(records, position + 4) / ticksPerMicrosecond);
  }
  const [high, low] = [field(records, position + 12), field(records, position + 16)];
  // Nanoseconds since 1970 are no longer whole in a double: both halves are divided apart.
  const ticks = high * (2 ** 32 % ticksPerMicrosecond) + low;
  return high * Math.floor(2 ** 32 / ticksPerMicrosecond) + Math.floor(ticks / ticksPerMicrosecond);
}

function field({ bytes, littleEndian }: ReadyRecords, at: number): number {
  const value = u32At(bytes, at);
  return littleEndian ? swapped(value) : value;
}

function swapped(value: number): number {
  return ((value << 24) | ((value << 8) & 0xff0000) | ((value >>> 8) & 0xff00) | (value >>> 24)) >>> 0;
}

import { DecodeError, type LengthSource } from "./problem.js";

/**
 * Strict big-endian reader over a window of a byte array. Every read checks the window first and throws
 * {@link DecodeError} instead of reading short; a sub-reader can never leave its parent. Offsets that it reports
 * count from `origin`, so an error inside a nested payload points at the byte of the whole message.
 */
export class ByteReader {
  readonly bytes: Uint8Array;
  /** Position in `bytes` that counts as offset 0 in reports. */
  readonly origin: number;
  /** End of the window in `bytes`, exclusive. */
  readonly end: number;
  readonly declaredBy: LengthSource;
  /** Next position to read in `bytes`. */
  position: number;

  constructor(bytes: Uint8Array, declaredBy: LengthSource, start = 0, end = bytes.length, origin = start) {
    this.bytes = bytes;
    this.position = start;
    this.end = Math.min(end, bytes.length);
    this.origin = origin;
    this.declaredBy = declaredBy;
  }

  /** Offset of the next byte, counted from `origin`. */
  get offset(): number {
    return this.position - this.origin;
  }

  get remaining(): number {
    return this.end - this.position;
  }

  /** Throws {@link DecodeError} unless `length` bytes are left. */
  require(length: number, what: string): void {
    if (length > this.end - this.position) {
      throw new DecodeError({
        what,
        offset: this.offset,
        required: length,
        available: Math.max(0, this.end - this.position),
        declaredBy: this.declaredBy,
      });
    }
  }

  u8(what: string): number {
    this.require(1, what);
    return this.bytes[this.position++] as number;
  }

  u16(what: string): number {
    this.require(2, what);
    const { bytes, position } = this;
    this.position = position + 2;
    return ((bytes[position] as number) << 8) | (bytes[position + 1] as number);
  }

  u24(what: string): number {
    this.require(3, what);
    const { bytes, position } = this;
    this.position = position + 3;
    return (
      ((bytes[position] as number) << 16) |
      ((bytes[position + 1] as number) << 8) |
      (bytes[position + 2] as number)
    );
  }

  u32(what: string): number {
    this.require(4, what);
    const { bytes, position } = this;
    this.position = position + 4;
    return (
      (((bytes[position] as number) << 24) |
        ((bytes[position + 1] as number) << 16) |
        ((bytes[position + 2] as number) << 8) |
        (bytes[position + 3] as number)) >>>
      0
    );
  }

  /** The next `length` bytes as a view, not a copy: the view lives as long as the underlying buffer. */
  take(length: number, what: string): Uint8Array {
    this.require(length, what);
    const start = this.position;
    this.position = start + length;
    return this.bytes.subarray(start, start + length);
  }

  /** All bytes left in the window, as a view. */
  rest(): Uint8Array {
    return this.take(this.remaining, "rest");
  }

  skip(length: number, what: string): void {
    this.require(length, what);
    this.position += length;
  }

  /** A reader over the next `length` bytes; this reader moves behind them. */
  sub(length: number, declaredBy: LengthSource, what: string): ByteReader {
    this.require(length, what);
    const start = this.position;
    this.position = start + length;
    return new ByteReader(this.bytes, declaredBy, start, start + length, this.origin);
  }
}

/** Reads a big-endian u16 at `at`; the caller has checked the bounds (hot path). */
export function u16At(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
}

/**
 * Reads the 32 bits at `at` as a signed number, big-endian; the caller has checked the bounds. For what is stored as 32 bits:
 * a number above 2^31 may cost an object where it is handed on, this one costs none.
 */
export function i32At(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] as number) << 24) |
    ((bytes[at + 1] as number) << 16) |
    ((bytes[at + 2] as number) << 8) |
    (bytes[at + 3] as number)
  );
}

/** Reads a big-endian u32 at `at`; the caller has checked the bounds (hot path). */
export function u32At(bytes: Uint8Array, at: number): number {
  return (
    (((bytes[at] as number) << 24) |
      ((bytes[at + 1] as number) << 16) |
      ((bytes[at + 2] as number) << 8) |
      (bytes[at + 3] as number)) >>>
    0
  );
}

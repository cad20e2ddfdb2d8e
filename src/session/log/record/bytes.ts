import { floatAt, putFloat, putU32 } from "../../../bytes/put.js";

const SMALLEST = 256;

/** Appends numbers and bytes to a buffer that grows. What it writes, a {@link PackedReader} reads in the same order. */
export class PackedWriter {
  bytes = new Uint8Array(SMALLEST);
  length = 0;

  u8(value: number): void {
    this.#room(1);
    this.bytes[this.length++] = value;
  }

  /** Four bytes, big endian. */
  u32(value: number): void {
    this.#room(4);
    this.u32At(this.length, value);
    this.length += 4;
  }

  /** The same over what was written at `at`. */
  u32At(at: number, value: number): void {
    putU32(this.bytes, at, value);
  }

  /** An integer from 0 below 2^53; small ones take one byte. */
  number(value: number): void {
    this.#room(8);
    const { bytes } = this;
    let rest = value;
    while (rest >= 0x80) {
      bytes[this.length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    bytes[this.length++] = rest;
  }

  /** Any number, in eight bytes. */
  float(value: number): void {
    this.#room(8);
    putFloat(this.bytes, this.length, value);
    this.length += 8;
  }

  /** A window of `from`; its length is not written. */
  copy(from: Uint8Array, start: number, end: number): void {
    this.#room(end - start);
    const { bytes } = this;
    // For the few bytes of a payload header a loop is quicker than a view.
    if (end - start > 64) bytes.set(from.subarray(start, end), this.length);
    else for (let at = start; at < end; at++) bytes[this.length + at - start] = from[at] as number;
    this.length += end - start;
  }

  #room(length: number): void {
    if (this.length + length <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.length + length));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }
}

/** Reads what a {@link PackedWriter} wrote: our own bytes, so that nothing is checked. */
export class PackedReader {
  readonly bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  u8(): number {
    return this.bytes[this.at++] as number;
  }

  number(): number {
    const { bytes } = this;
    let byte = bytes[this.at++] as number;
    let value = byte & 0x7f;
    for (let factor = 0x80; byte >= 0x80; factor *= 0x80) {
      byte = bytes[this.at++] as number;
      value += (byte & 0x7f) * factor;
    }
    return value;
  }

  float(): number {
    const value = floatAt(this.bytes, this.at);
    this.at += 8;
    return value;
  }

  /** Copies the next `length` bytes to `into` at `position`. */
  copy(into: Uint8Array, position: number, length: number): void {
    const { bytes, at } = this;
    if (length > 64) into.set(bytes.subarray(at, at + length), position);
    else for (let index = 0; index < length; index++) into[position + index] = bytes[at + index] as number;
    this.at += length;
  }
}

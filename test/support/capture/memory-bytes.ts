import type { RawBytes } from "../../../src/capture/node/raw-bytes.js";

/**
 * A file in memory, handed out in chunks of the sizes given (over and over; one chunk where none are given). As the
 * contract allows, each chunk is overwritten when the next is asked for: a reader that kept one is found out.
 */
export class MemoryBytes implements RawBytes {
  readonly name: string;
  readonly size: number;
  /** How many chunks were asked for. */
  reads = 0;
  closed = false;
  readonly #bytes: Uint8Array;
  readonly #sizes: readonly number[];
  #at = 0;
  #last: Uint8Array = new Uint8Array(0);

  constructor(bytes: Uint8Array, sizes: readonly number[] = [], name = "memory") {
    this.name = name;
    this.size = bytes.length;
    this.#bytes = bytes;
    this.#sizes = sizes;
  }

  read(): Promise<Uint8Array | null> {
    this.#last.fill(0xee);
    if (this.#at >= this.#bytes.length) return Promise.resolve(null);
    const size = this.#sizes[this.reads++ % Math.max(this.#sizes.length, 1)] ?? this.#bytes.length;
    // Copied by hand: a Buffer's own slice would share the memory.
    this.#last = Uint8Array.from(this.#bytes.subarray(this.#at, this.#at + size));
    this.#at += size;
    return Promise.resolve(this.#last);
  }

  notPacked(): void {}

  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }
}

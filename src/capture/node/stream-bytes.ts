import type { Readable } from "node:stream";
import type { RawBytes } from "./raw-bytes.js";
import { captureErrorOf } from "./system-error.js";

/** The bytes of a stream (standard input, a child's output), each chunk as soon as it arrives. */
export class StreamBytes implements RawBytes {
  readonly name: string;
  readonly size = null;
  readonly #stream: Readable;
  readonly #chunks: AsyncIterator<unknown>;
  #offset = 0;
  #closed = false;

  /** The stream must be one of bytes, without an encoding set. */
  constructor(name: string, stream: Readable) {
    this.name = name;
    this.#stream = stream;
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  /** Each chunk has its own place. */
  notPacked(): void {}

  async read(): Promise<Uint8Array | null> {
    if (this.#closed) return null;
    try {
      const { done, value } = await this.#chunks.next();
      if (done === true) return null;
      if (!(value instanceof Uint8Array)) throw new TypeError("the stream gives text, not bytes");
      this.#offset += value.length;
      // A plain view: code that met Buffer here and Uint8Array elsewhere would run slower for both.
      return new Uint8Array(value.buffer, value.byteOffset, value.length);
    } catch (error) {
      // Closing ends a read that waits, and that is no fault of the stream.
      if (this.#closed) return null;
      throw captureErrorOf(this.name, this.#offset, error);
    }
  }

  close(): Promise<void> {
    this.#closed = true;
    this.#stream.destroy();
    return Promise.resolve();
  }
}

import type { ByteSource } from "./source.js";
import { type Message } from "../texts/message.js";

/** Bytes of a pipe or of packed data, copied into a buffer that was given for them. */
export class CopiedBytes implements ByteSource {
  readonly name: string;
  readonly #bytes: ByteSource;
  readonly #place: () => Uint8Array;
  /** Bytes of the last chunk that were not given out yet. */
  #rest: Uint8Array = new Uint8Array(0);

  /** `place` is asked for the buffer at each read: it may be another one than before. */
  constructor(bytes: ByteSource, place: () => Uint8Array) {
    this.name = bytes.name;
    this.#bytes = bytes;
    this.#place = place;
  }

  get compressed(): boolean {
    return this.#bytes.compressed ?? false;
  }

  get cutShort(): Message | null {
    return this.#bytes.cutShort ?? null;
  }

  async read(): Promise<Uint8Array | null> {
    const buffer = this.#place();
    if (this.#rest.length === 0) {
      const chunk = await this.#bytes.read();
      // A chunk that was read into the buffer itself needs no copy.
      if (chunk === null || chunk.buffer === buffer.buffer) return chunk;
      this.#rest = chunk;
    }
    const piece = this.#rest.subarray(0, buffer.length);
    this.#rest = this.#rest.subarray(piece.length);
    buffer.set(piece);
    return buffer.subarray(0, piece.length);
  }

  close(): Promise<void> {
    this.#rest = new Uint8Array(0);
    return this.#bytes.close();
  }
}

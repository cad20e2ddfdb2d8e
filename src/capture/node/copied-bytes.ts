import type { ByteSource } from "../source.js";

/** Bytes of a pipe or of packed data, copied into a buffer that was given for them. */
export class CopiedBytes implements ByteSource {
  readonly name: string;
  readonly #bytes: ByteSource;
  readonly #buffer: Uint8Array;
  /** What the last chunk still holds. */
  #rest: Uint8Array = new Uint8Array(0);

  constructor(bytes: ByteSource, buffer: Uint8Array) {
    this.name = bytes.name;
    this.#bytes = bytes;
    this.#buffer = buffer;
  }

  get compressed(): boolean {
    return this.#bytes.compressed ?? false;
  }

  get cutShort(): string | null {
    return this.#bytes.cutShort ?? null;
  }

  async read(): Promise<Uint8Array | null> {
    if (this.#rest.length === 0) {
      const chunk = await this.#bytes.read();
      // What was read into the buffer at once needs no copy.
      if (chunk === null || chunk.buffer === this.#buffer.buffer) return chunk;
      this.#rest = chunk;
    }
    const piece = this.#rest.subarray(0, this.#buffer.length);
    this.#rest = this.#rest.subarray(piece.length);
    this.#buffer.set(piece);
    return this.#buffer.subarray(0, piece.length);
  }

  close(): Promise<void> {
    this.#rest = new Uint8Array(0);
    return this.#bytes.close();
  }
}

import { once } from "node:events";
import type { Writable } from "node:stream";

/** Lines are handed on in pieces of about this many characters: a write for each would cost more than the decoding. */
const PIECE = 64 * 1024;

/** Lines to a stream, gathered into pieces. */
export class LineOutput {
  readonly #stream: Writable;
  #pending = "";
  #isFull = false;

  constructor(stream: Writable) {
    this.#stream = stream;
  }

  write(line: string): void {
    this.#pending += `${line}\n`;
    if (this.#pending.length >= PIECE) this.#flush();
  }

  /** Hands on what is pending, and waits where the reader is slower than we are. */
  async drained(): Promise<void> {
    this.#flush();
    if (!this.#isFull) return;
    await once(this.#stream, "drain");
    this.#isFull = false;
  }

  async end(): Promise<void> {
    await this.drained();
  }

  #flush(): void {
    if (this.#pending === "") return;
    this.#isFull = !this.#stream.write(this.#pending) || this.#isFull;
    this.#pending = "";
  }
}

import { once } from "node:events";
import type { Writable } from "node:stream";
import { TextBuffer } from "../bytes/text-buffer.js";

/** Lines are handed on in pieces of about this many bytes: a write for each would cost more than the decoding. */
const PIECE = 64 * 1024;
/** Most lines fit behind what is gathered. */
const ROOM = 2 * PIECE;

const LINE_END = 0x0a;

/** Lines to a stream, gathered into pieces. */
export class LineOutput {
  readonly #stream: Writable;
  readonly #pending = new TextBuffer(ROOM);
  /** Buffers that the stream is done with. */
  readonly #free: ArrayBuffer[] = [];
  #isFull = false;
  #lines = 0;
  readonly #beforeWrite: () => void;

  /** `beforeWrite` is called before each piece goes out. */
  constructor(stream: Writable, beforeWrite: () => void = () => {}) {
    this.#stream = stream;
    this.#beforeWrite = beforeWrite;
  }

  /** How many were written. */
  get lines(): number {
    return this.#lines;
  }

  write(line: string): void {
    this.#pending.text(line);
    this.#ended();
  }

  /** A line that `write` writes itself, without its end; it says whether it did. */
  writeWith(write: (pending: TextBuffer) => boolean): boolean {
    if (!write(this.#pending)) return false;
    this.#ended();
    return true;
  }

  /** Hands on what is pending, and waits where the reader is slower than we are, until `signal` at most; says whether it took all. */
  async drained(signal?: AbortSignal): Promise<boolean> {
    this.#flush();
    if (!this.#isFull) return true;
    try {
      await once(this.#stream, "drain", signal === undefined ? {} : { signal });
    } catch (error) {
      if (signal?.aborted === true) return false;
      throw error;
    }
    this.#isFull = false;
    return true;
  }

  /** The same at the end. */
  end(signal?: AbortSignal): Promise<boolean> {
    return this.drained(signal);
  }

  #ended(): void {
    this.#lines++;
    this.#pending.character(LINE_END);
    if (this.#pending.length >= PIECE) this.#flush();
  }

  #flush(): void {
    if (this.#pending.length === 0) return;
    this.#beforeWrite();
    const piece = this.#pending.handOver(this.#free.pop() ?? new ArrayBuffer(ROOM));
    const isTaken = this.#stream.write(piece, () => this.#release(piece.buffer));
    this.#isFull = !isTaken || this.#isFull;
  }

  /** A buffer that a long line made is not kept. */
  #release(buffer: ArrayBuffer): void {
    if (buffer.byteLength === ROOM) this.#free.push(buffer);
  }
}

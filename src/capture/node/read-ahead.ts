import type { FileHandle } from "node:fs/promises";

/** Pieces that are read at a time, beside the one that is used. */
const AHEAD = 2;

interface Read {
  readonly piece: Uint8Array;
  readonly at: number;
  readonly done: Promise<number>;
}

/**
 * The bytes of a regular file in pieces of one buffer, each read by another thread while those before it are used. A file
 * that grows meanwhile is read on to where it ends then.
 */
export class ReadAhead {
  readonly #handle: FileHandle;
  readonly #free: Uint8Array[];
  readonly #reads: Read[] = [];
  #used: Uint8Array | null = null;
  /** Offset in the file at which the next read begins. */
  #offset: number;

  /** The buffer is cut into three pieces. */
  constructor(handle: FileHandle, buffer: Uint8Array, offset: number) {
    this.#handle = handle;
    this.#offset = offset;
    const size = Math.floor(buffer.length / (AHEAD + 1));
    this.#free = Array.from({ length: AHEAD + 1 }, (_, index) =>
      buffer.subarray(index * size, (index + 1) * size),
    );
  }

  /** The next piece, good until the next call; of no bytes at the end, when nothing is being read any more. */
  async read(): Promise<Uint8Array> {
    if (this.#used !== null) this.#free.push(this.#used);
    this.#used = null;
    this.#begin();
    const read = this.#reads.shift();
    if (read === undefined) return new Uint8Array(0);
    const length = await read.done;
    // A short read ends the file as it was when it was read: what was read behind that place lies beyond a gap.
    if (length < read.piece.length) await this.#restart(read.at + length);
    this.#used = read.piece;
    return read.piece.subarray(0, length);
  }

  #begin(): void {
    for (let piece = this.#free.pop(); piece !== undefined; piece = this.#free.pop()) {
      const at = this.#offset;
      this.#offset += piece.length;
      const done = this.#handle.read(piece, 0, piece.length, at).then(({ bytesRead }) => bytesRead);
      // A fault is told when its turn comes, which may be never.
      done.catch(() => {});
      this.#reads.push({ piece, at, done });
    }
  }

  async #restart(offset: number): Promise<void> {
    await Promise.allSettled(this.#reads.map(({ done }) => done));
    this.#free.push(...this.#reads.splice(0).map(({ piece }) => piece));
    this.#offset = offset;
  }
}

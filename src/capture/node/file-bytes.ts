import { readSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import { type ByteSource, CaptureError } from "../source.js";
import { ReadBuffers } from "./read-buffers.js";
import { captureErrorOf } from "./system-error.js";

/** The first read is small: of many files waiting to be merged, each holds no more than this. */
const FIRST_CHUNK = 16 * 1024;
/** After so many chunks read without a pause, timers and signals get their turn. */
const CHUNKS_BETWEEN_PAUSES = 32;

/**
 * The bytes of a file on disk (or a named pipe), in chunks of one reused buffer, after the first a lent one. A regular file is read
 * synchronously: the way through the thread pool costs more than the copy from the page cache.
 */
export class FileBytes implements ByteSource {
  readonly name: string;
  readonly #handle: FileHandle;
  readonly #isRegular: boolean;
  /** Bytes of a regular file when it was opened; null for a named pipe. */
  readonly size: number | null;
  readonly #buffers: ReadBuffers;
  /** What `#buffers` lent; null until the second chunk. */
  #lent: Uint8Array | null = null;
  #buffer: Uint8Array = new Uint8Array(FIRST_CHUNK);
  #offset = 0;
  #chunks = 0;
  #closed = false;

  private constructor(name: string, handle: FileHandle, size: number | null, buffers: ReadBuffers) {
    this.name = name;
    this.size = size;
    this.#buffers = buffers;
    this.#handle = handle;
    this.#isRegular = size !== null;
  }

  /** Opens the file. Throws {@link CaptureError}, offset 0, where it cannot be read or is a directory. */
  static async open(name: string, buffers = new ReadBuffers()): Promise<FileBytes> {
    let handle: FileHandle;
    try {
      handle = await open(name, "r");
    } catch (error) {
      throw captureErrorOf(name, 0, error);
    }
    try {
      const stat = await handle.stat();
      if (stat.isDirectory()) throw new CaptureError(name, 0, "this is a directory, not a capture");
      return new FileBytes(name, handle, stat.isFile() ? stat.size : null, buffers);
    } catch (error) {
      await handle.close();
      throw captureErrorOf(name, 0, error);
    }
  }

  async read(): Promise<Uint8Array | null> {
    if (this.#closed) return null;
    if (this.#offset > 0 && this.#lent === null) this.#buffer = this.#lent = this.#buffers.lend();
    try {
      const bytesRead = await this.#readInto(this.#buffer);
      if (bytesRead === 0) {
        // Only here: after a close from outside a read may still be writing into the buffer.
        if (this.#lent !== null) this.#buffers.giveBack(this.#lent);
        await this.close();
        return null;
      }
      this.#offset += bytesRead;
      return this.#buffer.subarray(0, bytesRead);
    } catch (error) {
      if (this.#closed) return null;
      throw captureErrorOf(this.name, this.#offset, error);
    }
  }

  async #readInto(buffer: Uint8Array): Promise<number> {
    if (!this.#isRegular) return (await this.#handle.read(buffer, 0, buffer.length, null)).bytesRead;
    if (++this.#chunks % CHUNKS_BETWEEN_PAUSES === 0) await setImmediate();
    return this.#closed ? 0 : readSync(this.#handle.fd, buffer, 0, buffer.length, null);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#buffer = new Uint8Array(0);
    await this.#handle.close();
  }
}

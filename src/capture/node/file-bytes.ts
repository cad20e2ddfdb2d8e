import { readSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { CaptureError } from "../source.js";
import type { RawBytes } from "./raw-bytes.js";
import { ReadAhead } from "./read-ahead.js";
import { ReadBuffers } from "./read-buffers.js";
import { captureErrorOf } from "./system-error.js";

/** The first read is small: of many files waiting to be merged, each holds no more than this. */
const FIRST_CHUNK = 16 * 1024;

/** The bytes of a file on disk (or a named pipe), in chunks of a reused buffer, after the first a lent one. */
export class FileBytes implements RawBytes {
  readonly name: string;
  readonly #handle: FileHandle;
  readonly size: number | null;
  readonly #buffers: ReadBuffers;
  /** The buffer that `#buffers` lent; null until the second chunk. */
  #lent: Uint8Array | null = null;
  #buffer: Uint8Array = new Uint8Array(FIRST_CHUNK);
  /** The kind of the bytes, as far as is known. */
  #holds: "capture" | "packed" = "packed";
  #offset = 0;
  #ahead: ReadAhead | null = null;
  #closed = false;

  private constructor(name: string, handle: FileHandle, size: number | null, buffers: ReadBuffers) {
    this.name = name;
    this.size = size;
    this.#buffers = buffers;
    this.#handle = handle;
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

  notPacked(): void {
    this.#holds = "capture";
  }

  async read(): Promise<Uint8Array | null> {
    if (this.#closed) return null;
    if (this.#offset > 0 && this.#lent === null) this.#borrow();
    try {
      const chunk = await this.#next();
      if (chunk.length === 0) {
        // Only here: after a close from outside a read may still be writing into the buffer.
        if (this.#lent !== null) this.#buffers.giveBack(this.#lent);
        await this.close();
        return null;
      }
      this.#offset += chunk.length;
      return chunk;
    } catch (error) {
      if (this.#closed) return null;
      throw captureErrorOf(this.name, this.#offset, error);
    }
  }

  /** From the second chunk on a large buffer is used, and where there is more than that holds, it is read ahead. */
  #borrow(): void {
    this.#buffer = this.#lent = this.#buffers.lend(this.#holds);
    if (this.size !== null && this.size - this.#offset > this.#buffer.length) {
      this.#ahead = new ReadAhead(this.#handle, this.#buffer, this.#offset);
    }
  }

  async #next(): Promise<Uint8Array> {
    if (this.#ahead !== null) return this.#ahead.read();
    const buffer = this.#buffer;
    // The rest of a small file is read at once: another thread would take longer to hand it over.
    const bytesRead =
      this.size === null
        ? (await this.#handle.read(buffer, 0, buffer.length, null)).bytesRead
        : readSync(this.#handle.fd, buffer, 0, buffer.length, null);
    return buffer.subarray(0, bytesRead);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#buffer = new Uint8Array(0);
    await this.#handle.close();
  }
}

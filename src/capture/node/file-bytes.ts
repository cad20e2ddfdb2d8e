import { type FileHandle, open } from "node:fs/promises";
import { type ByteSource, CaptureError } from "../source.js";
import { captureErrorOf } from "./system-error.js";

/** The first read is small: of many files waiting to be merged, each holds no more than this. */
const FIRST_CHUNK = 16 * 1024;
const CHUNK = 1024 * 1024;

/**
 * Large buffers of files read to their end, for the next file: a thousand rotated files one after the other would
 * otherwise fill a gigabyte before the garbage collector sees a reason to run.
 */
const SPARE: Uint8Array[] = [];
const MOST_SPARE = 4;

/** The bytes of a file on disk (or a named pipe), in chunks of up to 1 MiB of one reused buffer. */
export class FileBytes implements ByteSource {
  readonly name: string;
  readonly #handle: FileHandle;
  #buffer: Uint8Array = new Uint8Array(FIRST_CHUNK);
  #offset = 0;
  #closed = false;

  private constructor(name: string, handle: FileHandle) {
    this.name = name;
    this.#handle = handle;
  }

  /** Opens the file. Throws {@link CaptureError}, offset 0, where it cannot be read or is a directory. */
  static async open(name: string): Promise<FileBytes> {
    let handle: FileHandle;
    try {
      handle = await open(name, "r");
    } catch (error) {
      throw captureErrorOf(name, 0, error);
    }
    try {
      if ((await handle.stat()).isDirectory()) {
        throw new CaptureError(name, 0, "this is a directory, not a capture");
      }
    } catch (error) {
      await handle.close();
      throw captureErrorOf(name, 0, error);
    }
    return new FileBytes(name, handle);
  }

  async read(): Promise<Uint8Array | null> {
    if (this.#closed) return null;
    if (this.#offset > 0 && this.#buffer.length < CHUNK) this.#buffer = SPARE.pop() ?? new Uint8Array(CHUNK);
    try {
      const { bytesRead } = await this.#handle.read(this.#buffer, 0, this.#buffer.length, null);
      if (bytesRead === 0) {
        // Only here: after a close from outside a read may still be writing into the buffer.
        if (this.#buffer.length === CHUNK && SPARE.length < MOST_SPARE) SPARE.push(this.#buffer);
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

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#buffer = new Uint8Array(0);
    await this.#handle.close();
  }
}

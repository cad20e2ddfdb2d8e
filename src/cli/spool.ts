import { type FileHandle, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { UsageError } from "./exit.js";
import { outputFault } from "./outputs/output-fault.js";

/** Bytes that a pipe may bring before an error asks for a file. */
const SPOOL_BYTES = 2 ** 30;
/** Bytes that are read at once. */
const CHUNK = 64 * 1024;

/** Keeps in a temporary file what is read from a pipe, so that it can be read a second time. */
export class Spool {
  readonly #handle: FileHandle;
  #length = 0;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** The file has no name by the time this returns: nothing is left of it however the program ends. */
  static async create(): Promise<Spool> {
    try {
      const folder = await mkdtemp(join(tmpdir(), "ikescope-"));
      try {
        return new Spool(await open(join(folder, "stdin"), "wx+", 0o600));
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    } catch (error) {
      throw outputFault(`a copy of standard input in ${tmpdir()}`, error);
    }
  }

  /** The pipe, to be read for the first time. */
  first(pipe: Readable): Readable {
    return Readable.from(this.#tee(pipe), { objectMode: false });
  }

  /** The bytes of the pipe from the beginning. Throws where they were more than are kept. */
  again(): Readable {
    if (this.#length > SPOOL_BYTES) {
      throw new UsageError(
        "standard input has to be read twice, and at most 1 GiB of it is kept; write the capture to a file first",
      );
    }
    return Readable.from(this.#kept(), { objectMode: false });
  }

  async remove(): Promise<void> {
    await this.#handle.close();
  }

  async *#tee(pipe: Readable): AsyncGenerator<Buffer> {
    for await (const chunk of pipe) {
      const bytes = Buffer.from(chunk as Uint8Array);
      if (this.#length + bytes.length <= SPOOL_BYTES) await this.#keep(bytes);
      this.#length += bytes.length;
      yield bytes;
    }
  }

  async *#kept(): AsyncGenerator<Buffer> {
    for (let at = 0; at < this.#length;) {
      const chunk = Buffer.allocUnsafe(Math.min(CHUNK, this.#length - at));
      const { bytesRead } = await this.#handle.read(chunk, 0, chunk.length, at);
      if (bytesRead === 0) return;
      at += bytesRead;
      yield chunk.subarray(0, bytesRead);
    }
  }

  /** At its place, whatever reads the file meanwhile. */
  async #keep(bytes: Uint8Array): Promise<void> {
    try {
      for (let at = 0; at < bytes.length;) {
        at += (await this.#handle.write(bytes, at, bytes.length - at, this.#length + at)).bytesWritten;
      }
    } catch (error) {
      throw outputFault(`a copy of standard input in ${tmpdir()}`, error);
    }
  }
}

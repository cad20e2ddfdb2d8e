import { createReadStream } from "node:fs";
import { type FileHandle, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { UsageError } from "./exit.js";

/** What a pipe may bring before it is told that a file is wanted. */
const LARGEST = 2 ** 30;

/** Keeps in a temporary file what is read from a pipe, so that it can be read a second time. */
export class Spool {
  readonly #folder: string;
  readonly #handle: FileHandle;
  #length = 0;

  private constructor(folder: string, handle: FileHandle) {
    this.#folder = folder;
    this.#handle = handle;
  }

  /** Only its owner can read the file. */
  static async create(): Promise<Spool> {
    const folder = await mkdtemp(join(tmpdir(), "ikescope-"));
    return new Spool(folder, await open(join(folder, "stdin"), "wx", 0o600));
  }

  /** The pipe, to be read for the first time. */
  first(pipe: Readable): Readable {
    return Readable.from(this.#tee(pipe), { objectMode: false });
  }

  /** What the pipe brought. Throws where that was more than is kept. */
  again(): Readable {
    if (this.#length > LARGEST) {
      throw new UsageError(
        "standard input has to be read twice, and at most 1 GiB of it is kept; write the capture to a file first",
      );
    }
    return createReadStream(join(this.#folder, "stdin"));
  }

  async remove(): Promise<void> {
    await this.#handle.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async *#tee(pipe: Readable): AsyncGenerator<Buffer> {
    for await (const chunk of pipe) {
      const bytes = Buffer.from(chunk as Uint8Array);
      this.#length += bytes.length;
      if (this.#length <= LARGEST) await this.#handle.write(bytes);
      yield bytes;
    }
  }
}

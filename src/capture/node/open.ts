import type { Readable } from "node:stream";
import { MergedSource } from "../merge.js";
import { CaptureReader } from "../reader.js";
import { type ByteSource, CaptureError, type CaptureSource } from "../source.js";
import { FileBytes } from "./file-bytes.js";
import { StreamBytes } from "./stream-bytes.js";
import { UnpackedBytes } from "./unpacked-bytes.js";

/** What stands for standard input among file names. */
const STANDARD_INPUT = "-";

export interface OpenOptions {
  /** What "-" reads from; the process's standard input where not given. */
  readonly stdin?: Readable;
  /** A single file is read into this, for somebody who wants its bytes there. */
  readonly buffer?: Uint8Array;
}

/**
 * Opens capture files, "-" for standard input, packed with gzip or not, as one source; several files come merged
 * in the order of time. Throws {@link CaptureError} with offset 0 where a file cannot be opened; that a file is no
 * capture is found when the source is first filled.
 */
export async function openCaptures(
  files: readonly string[],
  options: OpenOptions = {},
): Promise<CaptureSource> {
  const opened: ByteSource[] = [];
  try {
    for (const file of files) {
      if (file !== STANDARD_INPUT)
        opened.push(await FileBytes.open(file, files.length === 1 ? (options.buffer ?? null) : null));
      else if (files.indexOf(file) !== opened.length) {
        throw new CaptureError(file, 0, "standard input can be read only once");
      } else opened.push(new StreamBytes(file, options.stdin ?? process.stdin));
    }
  } catch (error) {
    await Promise.all(opened.map((bytes) => bytes.close()));
    throw error;
  }
  const readers = opened.map((bytes, index) => new CaptureReader(new UnpackedBytes(bytes), index));
  const [only] = readers;
  return only !== undefined && readers.length === 1 ? only : new MergedSource(readers);
}

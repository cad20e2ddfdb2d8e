import { fstatSync } from "node:fs";
import type { Readable } from "node:stream";
import type { Micros } from "../../bytes/time.js";
import { ClockedSource } from "../clocked.js";
import { MergedSource } from "../merge.js";
import { CaptureReader } from "../reader.js";
import { CaptureError, type CaptureSource } from "../source.js";
import { CopiedBytes } from "../copied-bytes.js";
import { FileBytes } from "./file-bytes.js";
import { type Meter, MeteredBytes } from "./meter.js";
import { PipeBytes } from "./pipe-bytes.js";
import type { RawBytes } from "./raw-bytes.js";
import { ReadBuffers } from "./read-buffers.js";
import { StreamBytes } from "./stream-bytes.js";
import { ToolSeats } from "./tool-bytes.js";
import { UnpackedBytes } from "./unpacked-bytes.js";

/** What stands for standard input among file names. */
const STANDARD_INPUT = "-";

export interface OpenOptions {
  /** What "-" reads from; the process's standard input where not given. */
  readonly stdin?: Readable;
  /** Files are read into this, one at a time, and what comes otherwise from a single one is copied there. */
  readonly buffer?: Uint8Array;
  /** Tells how far the reading has come. */
  readonly meter?: Meter;
  /** Reads only this one of the files; its index stays in the records. */
  readonly only?: number;
  /** What the clock of each file shows too much, by its index. */
  readonly clocks?: readonly Micros[];
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
  const { buffer, meter, only, clocks } = options;
  const buffers = new ReadBuffers(buffer);
  const opened: RawBytes[] = [];
  try {
    for (const file of only === undefined ? files : files.slice(only, only + 1)) {
      if (file !== STANDARD_INPUT) opened.push(await FileBytes.open(file, buffers));
      else if (files.indexOf(file) !== (only ?? 0) + opened.length) {
        throw new CaptureError(file, 0, "standard input can be read only once");
      } else opened.push(standardInput(options.stdin, buffers));
    }
  } catch (error) {
    await Promise.all(opened.map((bytes) => bytes.close()));
    throw error;
  }
  if (meter !== undefined) meter.total = totalOf(opened);
  const seats = new ToolSeats();
  const readers = opened.map((raw, index): CaptureSource => {
    const bytes = new UnpackedBytes(meter === undefined ? raw : new MeteredBytes(raw, meter), seats);
    const capture = (only ?? 0) + index;
    const ahead = clocks?.[capture] ?? 0;
    const reader = new CaptureReader(
      buffer === undefined || opened.length > 1 ? bytes : new CopiedBytes(bytes, () => buffer),
      capture,
    );
    return ahead === 0 ? reader : new ClockedSource(reader, ahead);
  });
  const [first] = readers;
  return first !== undefined && readers.length === 1 ? first : new MergedSource(readers);
}

/** The fastest way to what stands on standard input: a pipe mostly, or a file. */
function standardInput(stdin: Readable | undefined, buffers: ReadBuffers): RawBytes {
  if (stdin !== undefined) return new StreamBytes(STANDARD_INPUT, stdin);
  const stat = fstatSync(0);
  return stat.isFIFO() || stat.isSocket()
    ? new PipeBytes(STANDARD_INPUT, 0, buffers)
    : new StreamBytes(STANDARD_INPUT, process.stdin);
}

/** Bytes of all files; null where one of them is a pipe. */
function totalOf(opened: readonly RawBytes[]): number | null {
  let total = 0;
  for (const { size } of opened) {
    if (size === null) return null;
    total += size;
  }
  return total;
}

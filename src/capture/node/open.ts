import { fstatSync } from "node:fs";
import { Readable } from "node:stream";
import { ReadableStream } from "node:stream/web";
import { chosenOf, mergedReaders, type ReadOptions } from "../merged-readers.js";
import { CaptureError, type CaptureSource } from "../source.js";
import { FileBytes } from "./file-bytes.js";
import { type Meter, MeteredBytes } from "./meter.js";
import { PipeBytes } from "./pipe-bytes.js";
import type { RawBytes } from "./raw-bytes.js";
import { ReadBuffers } from "./read-buffers.js";
import { StreamBytes } from "./stream-bytes.js";
import { ToolSeats } from "./tool-bytes.js";
import { UnpackedBytes } from "./unpacked-bytes.js";

/** Name of standard input among the paths of files. */
const STANDARD_INPUT = "-";
/** Bytes of a Blob that are read at a time. */
const BLOB_CHUNK = 1024 * 1024;

export interface OpenOptions extends ReadOptions {
  /** The stream that "-" reads; the process's standard input where not given. */
  readonly stdin?: Readable;
  /** Tells how far the reading has come. */
  readonly meter?: Meter;
}

/**
 * A capture: the path of a file ("-" for standard input), its bytes, a stream of bytes, or a File or Blob as a form or
 * `fs.openAsBlob` gives it. A stream can be read only once.
 */
export type CaptureInput = string | Uint8Array | Readable | ReadableStream<Uint8Array> | Blob;

/**
 * Opens captures, packed with gzip or not, as one source; several come merged in the order of time. What has no name is
 * called "capture 1" by its place among the inputs. Throws {@link CaptureError} with offset 0 where a file cannot be opened; that a file is no
 * capture is found when the source is first filled.
 */
export async function openCaptures(
  files: readonly CaptureInput[],
  options: OpenOptions = {},
): Promise<CaptureSource> {
  const { meter, only } = options;
  const buffers = new ReadBuffers(options.buffer);
  const opened: RawBytes[] = [];
  try {
    for (const file of chosenOf(files, only)) {
      const index = (only ?? 0) + opened.length;
      refuseOther(file, index);
      if (typeof file !== "string") opened.push(new StreamBytes(nameOf(file, index), streamOf(file)));
      else if (file !== STANDARD_INPUT) opened.push(await FileBytes.open(file, buffers));
      else if (files.indexOf(file) !== index) {
        throw new CaptureError(file, 0, "standard input can be read only once");
      } else opened.push(standardInput(options.stdin, buffers));
    }
  } catch (error) {
    await Promise.all(opened.map((bytes) => bytes.close()));
    throw error;
  }
  if (meter !== undefined) meter.total = totalOf(opened);
  const seats = new ToolSeats();
  const unpacked = opened.map(
    (raw) => new UnpackedBytes(meter === undefined ? raw : new MeteredBytes(raw, meter), seats),
  );
  return mergedReaders(unpacked, options);
}

/** Throws a {@link CaptureError} for what a caller without types hands over: neither a path nor bytes. */
function refuseOther(input: unknown, index: number): void {
  const isCapture =
    typeof input === "string" ||
    [Uint8Array, Readable, ReadableStream, Blob].some((kind) => input instanceof kind);
  if (isCapture) return;
  throw new CaptureError(
    `capture ${index + 1}`,
    0,
    "this is no capture: a path, a Uint8Array, a stream, a File or a Blob can be opened",
  );
}

type UnnamedInput = Exclude<CaptureInput, string>;

/** The name of a File, else the place among the inputs. */
function nameOf(input: UnnamedInput, index: number): string {
  return "name" in input && typeof input.name === "string" ? input.name : `capture ${index + 1}`;
}

function streamOf(input: UnnamedInput): Readable {
  if (input instanceof Readable) return input;
  if (input instanceof Uint8Array) return Readable.from([input]);
  if (input instanceof Blob) return Readable.from(chunksOf(input));
  return Readable.fromWeb(input);
}

/** The bytes of a Blob, read a piece at a time. */
async function* chunksOf(blob: Blob): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < blob.size; at += BLOB_CHUNK) {
    yield new Uint8Array(await blob.slice(at, at + BLOB_CHUNK).arrayBuffer());
  }
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

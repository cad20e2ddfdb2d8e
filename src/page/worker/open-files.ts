import { chosenOf, mergedReaders, type ReadOptions } from "../../capture/merged-readers.js";
import type { CaptureSource } from "../../capture/source.js";
import { BlobBytes } from "./blob-bytes.js";
import type { Pause } from "./pause.js";
import { OpenedBytes } from "./opened-bytes.js";

export interface OpenOptions extends ReadOptions {
  readonly pause: Pause;
}

/** An open source, and how much of the files was read. */
export interface OpenFiles {
  readonly source: CaptureSource;
  readonly read: () => number;
}

/** Opens files that a browser was given as one source; several come merged in the order of time. */
export function openFiles(files: readonly File[], options: OpenOptions): OpenFiles {
  const opened = chosenOf(files, options.only).map((file) => new BlobBytes(file.name, file));
  const unpacked = opened.map((raw) => new OpenedBytes(raw, options.pause));
  return {
    source: mergedReaders(unpacked, options),
    read: () => opened.reduce((sum, { offset }) => sum + offset, 0),
  };
}

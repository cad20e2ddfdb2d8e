import type { Micros } from "../../bytes/time.js";
import { ClockedSource } from "../../capture/clocked.js";
import { CopiedBytes } from "../../capture/copied-bytes.js";
import { MergedSource } from "../../capture/merge.js";
import { NoCapture } from "../../capture/no-capture.js";
import { CaptureReader } from "../../capture/reader.js";
import type { CaptureSource } from "../../capture/source.js";
import { BlobBytes } from "./blob-bytes.js";
import type { Breath } from "./breath.js";
import { OpenedBytes } from "./opened-bytes.js";

export interface OpenOptions {
  /** The bytes of a single file are copied there. */
  readonly buffer?: Uint8Array;
  /** Reads only this one of the files; its index stays in the records. */
  readonly only?: number;
  /** What the clock of each file shows too much, by its index. */
  readonly clocks?: readonly Micros[];
  readonly breath: Breath;
}

/** An open source, and how much of the files was read. */
export interface OpenFiles {
  readonly source: CaptureSource;
  readonly read: () => number;
}

/** Opens files that a browser was given as one source; several come merged in the order of time. */
export function openFiles(files: readonly File[], { buffer, only, clocks, breath }: OpenOptions): OpenFiles {
  const chosen = only === undefined ? files : files.slice(only, only + 1);
  const opened = chosen.map((file) => new BlobBytes(file.name, file));
  const readers = opened.map((raw, index): CaptureSource => {
    const bytes = new OpenedBytes(raw, breath);
    const capture = (only ?? 0) + index;
    const ahead = clocks?.[capture] ?? 0;
    const reader = new CaptureReader(
      buffer === undefined || opened.length > 1 ? bytes : new CopiedBytes(bytes, () => buffer),
      capture,
    );
    return ahead === 0 ? reader : new ClockedSource(reader, ahead);
  });
  const [first] = readers;
  return {
    source: first === undefined ? new NoCapture() : readers.length === 1 ? first : new MergedSource(readers),
    read: () => opened.reduce((sum, { offset }) => sum + offset, 0),
  };
}

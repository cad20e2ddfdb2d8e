import type { Micros } from "../bytes/time.js";
import { ClockedSource } from "./clocked.js";
import { CopiedBytes } from "./copied-bytes.js";
import { MergedSource } from "./merge.js";
import { FramesSource } from "./frames-source.js";
import { CaptureReader } from "./reader.js";
import type { ByteSource, CaptureSource } from "./source.js";

/** How captures are read, wherever their bytes come from. */
export interface ReadOptions {
  /** The bytes of a single capture are read into this, or copied there. */
  readonly buffer?: Uint8Array;
  /** Reads only this one of the captures; its index stays in the records. */
  readonly only?: number;
  /** Microseconds that the clock of each capture is ahead, by its index. */
  readonly clocks?: readonly Micros[];
}

/** The captures that are chosen: all, or the one that `only` names. */
export function chosenOf<T>(captures: readonly T[], only: number | undefined): readonly T[] {
  return only === undefined ? captures : captures.slice(only, only + 1);
}

/** One source of the bytes of all chosen captures, unpacked already; several come merged in the order of time. */
export function mergedReaders(
  opened: readonly ByteSource[],
  { buffer, only = 0, clocks }: ReadOptions,
): CaptureSource {
  const readers = opened.map((bytes, index): CaptureSource => {
    const capture = only + index;
    const ahead = clocks?.[capture] ?? 0;
    const reader = new CaptureReader(
      buffer === undefined || opened.length > 1 ? bytes : new CopiedBytes(bytes, () => buffer),
      capture,
    );
    return ahead === 0 ? reader : new ClockedSource(reader, ahead);
  });
  const [first] = readers;
  if (first === undefined) return new FramesSource([]);
  return readers.length === 1 ? first : new MergedSource(readers);
}

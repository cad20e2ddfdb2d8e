import { CaptureReader } from "../../../src/capture/reader.js";
import { CaptureError, type CaptureSource, type CaptureSummary } from "../../../src/capture/source.js";
import { MemoryBytes } from "./memory-bytes.js";

/** A record with its bytes copied out. */
export interface ReadRecord {
  readonly bytes: Uint8Array;
  readonly originalLength: number;
  readonly time: number;
  readonly nanos: number;
  readonly linkType: number;
  readonly frame: number;
  readonly capture: number;
  readonly direction: number;
}

export interface ReadCapture {
  readonly records: readonly ReadRecord[];
  readonly summaries: readonly CaptureSummary[];
  /** The summary of the first file. */
  readonly summary: CaptureSummary;
  /** The fault that ended the reading early; any error but CaptureError is thrown on. */
  readonly fault: CaptureError | null;
}

/** Reads a source up to its end or fault, as its contract says that callers do. */
export async function readAll(source: CaptureSource): Promise<ReadCapture> {
  const records: ReadRecord[] = [];
  let fault: CaptureError | null = null;
  try {
    do {
      while (source.next()) records.push(copied(source));
    } while (await source.fill());
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    fault = error;
  }
  const summaries = source.summaries();
  await source.close();
  const summary = summaries[0];
  if (summary === undefined) throw new Error("a source without a summary");
  return { records, summaries, summary, fault };
}

/** Reads a file that lies in memory, in chunks of the sizes given. */
export function readBytes(bytes: Uint8Array, sizes: readonly number[] = []): Promise<ReadCapture> {
  return readAll(new CaptureReader(new MemoryBytes(bytes, sizes)));
}

function copied({ record }: CaptureSource): ReadRecord {
  const { bytes, start, end, originalLength, time, nanos, linkType, frame, capture, direction } = record;
  return {
    bytes: Uint8Array.from(bytes.subarray(start, end)),
    originalLength,
    time,
    nanos,
    linkType,
    frame,
    capture,
    direction,
  };
}

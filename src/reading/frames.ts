import { CaptureError, type CaptureRecord, type CaptureSource } from "../capture/source.js";
import { isAborted, untilAborted } from "./abort.js";

export interface FrameReader {
  /** Takes frames out of the source's buffer that need no record, before each record that is asked for. */
  readonly skim?: (source: CaptureSource) => void;
  /** The record is valid until the call returns. */
  readonly frame: (record: CaptureRecord) => void;
}

export interface ReadOptions {
  /** Ends the reading early. */
  readonly signal?: AbortSignal | undefined;
  /** Awaited after each piece of the capture that was read: where a slow reader of the output holds the reading up. */
  readonly pause?: () => Promise<void>;
}

export interface ReadResult {
  /** Why a capture could not be read to its end, or null. Of several files that are broken, the first one. */
  readonly error: CaptureError | null;
  /** False where the signal ended the reading. */
  readonly isWhole: boolean;
}

/**
 * Hands every frame of a source to `reader`, in order, and closes the source. One file of several that is broken does not hide
 * what the others hold. What is no `CaptureError` is thrown on.
 */
export async function readFrames(
  source: CaptureSource,
  reader: FrameReader,
  options: ReadOptions = {},
): Promise<ReadResult> {
  let error: CaptureError | null = null;
  try {
    for (;;) {
      try {
        const end = await readOn(source, reader, options);
        return { error, isWhole: end === "whole" };
      } catch (fault) {
        if (!(fault instanceof CaptureError)) throw fault;
        error ??= fault;
      }
    }
  } finally {
    await source.close();
  }
}

/** Reads to the end of the source, or to the abort. */
async function readOn(
  source: CaptureSource,
  { skim, frame }: FrameReader,
  { signal, pause }: ReadOptions,
): Promise<"whole" | "aborted"> {
  const { record } = source;
  for (;;) {
    for (;;) {
      skim?.(source);
      if (!source.next()) break;
      frame(record);
    }
    if (pause !== undefined) await pause();
    if (isAborted(signal)) return "aborted";
    const filled = await untilAborted(source.fill(), signal);
    if (filled === "aborted") return "aborted";
    if (!filled) return "whole";
  }
}

import { openCaptures, type OpenOptions } from "../capture/node/open.js";
import { FramesSource } from "../capture/frames-source.js";
import type { CaptureSource } from "../capture/source.js";
import { type TimeWindow, WindowedSource } from "../capture/time-window.js";
import { AnonymizedSource } from "../index.js";

/** Which captures a command reads, and how; the same at each reading. */
export interface ReadingTerms {
  /** Their names; "-" is standard input. None where only hosts are judged. */
  readonly captures: readonly string[];
  /** The part that is read; null for all. */
  readonly window: TimeWindow | null;
  /** The key of {@link AnonymizedSource}; null if nothing is replaced. */
  readonly key: Uint8Array | null;
}

/** Opens the captures as the terms want them read. */
export async function openForTerms(
  { captures, window, key }: ReadingTerms,
  options: OpenOptions,
): Promise<CaptureSource> {
  if (captures.length === 0) return new FramesSource([]);
  const opened = await openCaptures(captures, options);
  const part = window === null ? opened : new WindowedSource(opened, window, options.only);
  return key === null ? part : new AnonymizedSource(part, key, options.buffer);
}

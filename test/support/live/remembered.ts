import { CaptureReader } from "../../../src/capture/reader.js";
import { FrameKeeper } from "../../../src/extract/live/frame-keeper.js";
import { type RecentLimits, RecentFrames } from "../../../src/live/recent-frames.js";
import { MemoryBytes } from "../capture/memory-bytes.js";

/** Lets a capture pass as a live one does. */
export async function remembered(
  file: Uint8Array,
  limits: RecentLimits = {},
  before = 0,
): Promise<RecentFrames> {
  const recent = new RecentFrames(limits);
  const keeper = new FrameKeeper(recent, () => true);
  const source = new CaptureReader(recent.tee(new MemoryBytes(file, [4096]), before));
  do {
    while (source.next()) keeper.frame(source.record, before + source.record.frame);
  } while (await source.fill());
  return recent;
}

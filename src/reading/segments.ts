import { SegmentMap } from "../session/segment-map.js";
import { Segments } from "../session/segments.js";
import type { Place } from "../session/model.js";
import { isAborted } from "./abort.js";
import { readFrames } from "./frames.js";
import type { Reopen } from "./reopen.js";

/** A capture of more links is no two captures that were joined, and each costs an intake. */
const MOST_SEGMENTS = 8;

/** What each link of the one capture shows; none where it shows one link only, or too many. */
export async function readSegments(
  reopen: Reopen,
  signal: AbortSignal | undefined,
): Promise<readonly Place[]> {
  const options = signal === undefined ? {} : { signal };
  const map = new SegmentMap();
  await readFrames(await reopen(0, []), { frame: (record) => map.learn(record) }, options);
  const count = map.join();
  if (count < 2 || count > MOST_SEGMENTS || isAborted(signal)) return [];
  const segments = new Segments(map);
  await readFrames(await reopen(0, []), { frame: (record) => segments.frame(record) }, options);
  return segments.finish(0);
}

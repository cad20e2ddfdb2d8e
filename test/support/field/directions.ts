import { carriedIn, type FieldFrame, inOrder, type CaptureCondition } from "./frame.js";

/** One of two sniffers, each of which sees one direction, has a clock that is so many microseconds behind. */
const BEHIND = 3000;

/** The packets of one direction come from a sniffer whose clock is behind. */
function behind(isBehind: (frame: FieldFrame) => boolean): CaptureCondition {
  return (frames) =>
    inOrder(frames.map((frame) => (isBehind(frame) ? { ...frame, time: frame.time - BEHIND } : frame)));
}

function isFromLower(frame: FieldFrame): boolean {
  const { source, destination } = carriedIn(frame);
  return source < destination;
}

/** Two sniffers of one direction each, by which of the two addresses has the clock that is behind. */
export const DIRECTIONS = {
  lowerBehind: behind(isFromLower),
  higherBehind: behind((frame) => !isFromLower(frame)),
} as const satisfies Record<string, CaptureCondition>;

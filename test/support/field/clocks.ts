import { SeededRandom } from "../capture/random.js";
import { type FieldFrame, inOrder, timeAt, type CaptureCondition } from "./frame.js";

/** Moves the times from the middle of the capture on, or those before it. */
function moves(by: (frame: FieldFrame, isLater: boolean, first: number) => number): CaptureCondition {
  return (frames) => {
    const [first, middle] = [frames[0]?.time ?? 0, timeAt(frames, 0.5)];
    return frames.map((frame) => ({ ...frame, time: Math.round(by(frame, frame.time >= middle, first)) }));
  };
}

export const CLOCKS = {
  twoSecondsBack: moves(({ time }, isLater) => (isLater ? time - 2_000_000 : time)),
  tenMinutesBack: moves(({ time }, isLater) => (isLater ? time - 600_000_000 : time)),
  resetTo1970: moves(({ time }, isLater, first) => (isLater ? time - first + 1_000_000 : time)),
  setFrom1970: moves(({ time }, isLater, first) => (isLater ? time : time - first + 1_000_000)),
  anHourAhead: moves(({ time }, isLater) => (isLater ? time + 3_600_000_000 : time)),
  fromZero: moves(({ time }, _isLater, first) => time - first),
  seconds: moves(({ time }) => Math.floor(time / 1e6) * 1e6),
  milliseconds: moves(({ time }) => Math.floor(time / 1000) * 1000),
  /** Several queues of a card: written up to 5 ms out of the order of time. */
  queues: (frames) => {
    const random = new SeededRandom(frames.length);
    const keyed = frames.map((frame) => ({ frame, time: frame.time + random.below(5000) }));
    return keyed.toSorted((a, b) => a.time - b.time).map(({ frame }) => frame);
  },
  /** Time stamps that are up to 2 ms off, and are written in their order. */
  jitter: (frames) => {
    const random = new SeededRandom(frames.length);
    return inOrder(frames.map((frame) => ({ ...frame, time: frame.time + random.below(2000) })));
  },
} as const satisfies Record<string, CaptureCondition>;

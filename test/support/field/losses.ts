import { SeededRandom } from "../capture/random.js";
import { carriedIn, type FieldFrame, inOrder, isEsp, type Way } from "./frame.js";

/** The kernel drops one frame in so many before the sniffer has it. */
function drops(oneIn: number): Way {
  return (frames) => {
    const random = new SeededRandom(7 * oneIn + frames.length);
    return frames.filter(() => random.below(oneIn) > 0);
  };
}

/** A capture filter on what the frame carries. */
function only(keeps: (carried: ReturnType<typeof carriedIn>) => boolean): Way {
  return (frames) => frames.filter((frame) => keeps(carriedIn(frame)));
}

const isPort = (ports: readonly number[], ...wanted: readonly number[]): boolean =>
  ports.some((port) => wanted.includes(port));

/** The time at a share of the capture. */
function timeAt(frames: readonly FieldFrame[], share: number): number {
  const [first, last] = [frames[0]?.time ?? 0, frames.at(-1)?.time ?? 0];
  return first + (last - first) * share;
}

export const LOSSES = {
  drops1: drops(100),
  drops10: drops(10),
  snap96: (frames) => frames.map((frame) => ({ ...frame, bytes: frame.bytes.subarray(0, 96) })),
  onlyPorts: only(({ ports }) => isPort(ports, 500, 4500)),
  not500: only(({ ports }) => !isPort(ports, 500)),
  onlyEsp: only(({ protocol }) => protocol === 50),
  onlyIke: only((carried) => isPort(carried.ports, 500, 4500) && !isEsp(carried)),
  /** A file of the ring is missing. */
  gap: (frames) => {
    const [from, to] = [timeAt(frames, 0.4), timeAt(frames, 0.6)];
    return frames.filter(({ time }) => time < from || time > to);
  },
} as const satisfies Record<string, Way>;

/** Moves the times from the middle of the capture on, or those before it. */
function moves(by: (frame: FieldFrame, isLater: boolean, first: number) => number): Way {
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
} as const satisfies Record<string, Way>;

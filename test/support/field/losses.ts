import { SeededRandom } from "../capture/random.js";
import { carriedIn, type FieldFrame, isEsp, timeAt, type CaptureCondition } from "./frame.js";

/** The kernel drops one frame in so many before the sniffer has it. */
function drops(oneIn: number): CaptureCondition {
  return (frames) => {
    const random = new SeededRandom(7 * oneIn + frames.length);
    return frames.filter(() => random.below(oneIn) > 0);
  };
}

/** The sniffer keeps so many bytes of each frame. */
function cut(snapLength: number): CaptureCondition {
  return (frames) => frames.map((frame) => ({ ...frame, bytes: frame.bytes.subarray(0, snapLength) }));
}

/** A capture filter on what the frame carries. */
function only(keeps: (carried: ReturnType<typeof carriedIn>) => boolean): CaptureCondition {
  return (frames) => frames.filter((frame) => keeps(carriedIn(frame)));
}

const isPort = (ports: readonly number[], ...wanted: readonly number[]): boolean =>
  ports.some((port) => wanted.includes(port));

export const LOSSES = {
  drops1: drops(100),
  drops10: drops(10),
  // Of tcpdump for decades without -s, and of people who keep nothing of the content.
  snap68: cut(68),
  snap96: cut(96),
  snap128: cut(128),
  snap256: cut(256),
  onlyPorts: only(({ ports }) => isPort(ports, 500, 4500)),
  not500: only(({ ports }) => !isPort(ports, 500)),
  notEsp: only(({ protocol }) => protocol !== 50),
  onlyEsp: only(({ protocol }) => protocol === 50),
  onlyIke: only((carried) => isPort(carried.ports, 500, 4500) && !isEsp(carried)),
  /** A file of the ring is missing. */
  gap: (frames) => {
    const [from, to] = [timeAt(frames, 0.4), timeAt(frames, 0.6)];
    return frames.filter(({ time }) => time < from || time > to);
  },
  /** Six files of a ring, of which the third is missing. */
  ring: (frames) =>
    frames.flatMap((frame) => {
      const file = shareOf(frames, frame.time, 6);
      return file === 2 ? [] : [{ ...frame, file }];
    }),
  /** All six, and none missing. */
  rotated: (frames) => frames.map((frame) => ({ ...frame, file: shareOf(frames, frame.time, 6) })),
} as const satisfies Record<string, CaptureCondition>;

/** In which of so many equal shares of the capture a time lies. */
function shareOf(frames: readonly FieldFrame[], time: number, shares: number): number {
  const [first, last] = [timeAt(frames, 0), timeAt(frames, 1)];
  return Math.min(shares - 1, Math.floor(((time - first) / (last - first + 1)) * shares));
}

import type { Micros } from "../../../bytes/time.js";
import type { LargePacket } from "../../../esp/stream.js";

/** Acknowledgements come within this time on nearly all paths. */
export const PROMPT: Micros = 250_000;

/**
 * Whether at least this share of packets has a packet of the peer behind it after about the same time, within `spread`. Answers come so,
 * after the time of the path; packets of other connections at any time.
 */
export function areFollowedAlike(packets: readonly LargePacket[], share: number, spread: Micros): boolean {
  const times = packets.flatMap(({ followedAfter }) => (followedAfter === null ? [] : [followedAfter]));
  const needed = Math.ceil(packets.length * share);
  return times.some((from) => {
    return times.filter((time) => time >= from && time <= from + spread).length >= needed;
  });
}

/** How alike the times of answers are: a program answers each request within this spread, and acknowledgements wait a little. */
const ANSWERS = { share: 0.8, spread: 20_000 } as const;

/**
 * Whether nearly all of these packets, or of the bursts that they begin, have a packet of the peer behind them after the same time; or
 * `share` of them, where the packets of a burst may be further apart.
 */
export function areAnswered(packets: readonly LargePacket[], share: number = ANSWERS.share): boolean {
  return areFollowedAlike(packets, share, ANSWERS.spread);
}

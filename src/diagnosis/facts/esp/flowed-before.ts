import type { Micros } from "../../../bytes/time.js";
import type { EspStream } from "../../../esp/stream.js";
import { PROMPT } from "./followed-alike.js";

/** TCP whose large packets are lost does not come so far: so many, each a moment after the one before, and this share of them. */
const FLOW = { packets: 4, share: 0.75 } as const;

/**
 * Whether large packets got through before `time`, since when the other side is silent: a packet of it came at once behind nearly all
 * that are kept of them, or behind the bursts that they begin.
 */
export function flowedBefore({ sizes: { lastLarge } }: EspStream, time: Micros): boolean {
  const before = lastLarge.filter((packet) => packet.time < time);
  const prompt = before.filter(({ followedAfter }) => followedAfter !== null && followedAfter <= PROMPT);
  return prompt.length >= FLOW.packets && prompt.length >= before.length * FLOW.share;
}

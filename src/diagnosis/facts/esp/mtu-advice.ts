import { SIZE_BIN_WIDTH, SIZE_BINS, type SizeDistribution } from "../../../esp/stream.js";
import type { MssAdvice } from "./esp-overhead.js";
import { type Message, say } from "../../../texts/message.js";

/** Below this every path carries a packet (RFC 8200 wants 1280 for IPv6, IPv4 paths carry 576 and more), bytes. */
export const CARRIED_EVERYWHERE = 576;
/** MTUs that are worth a try, the largest first. */
const TRIES = [1280, CARRIED_EVERYWHERE] as const;

/** Sizes of whole packets, bytes: the largest that got through, and what the smallest that did not has at most. */
export interface SizeBounds {
  readonly passes: number;
  readonly fails: number;
}

/** The smallest packet of a stream beyond `passed`, of a size that nothing followed: its length at most, without outer headers, bytes. */
export function smallestFailing(
  { packets, answered }: Pick<SizeDistribution, "packets"> & Partial<Pick<SizeDistribution, "answered">>,
  passed: number,
  largest: number,
): number {
  const beyond = Math.floor(passed / SIZE_BIN_WIDTH);
  const bin = packets.findIndex((count, at) => at > beyond && count > 0 && (answered?.[at] ?? 0) === 0);
  return bin < 0 || bin === SIZE_BINS - 1 ? largest : Math.min(largest, (bin + 1) * SIZE_BIN_WIDTH - 1);
}

/** The MTU to begin with: what got through where that says anything, else the largest usual one below what did not. */
function mtuToTry({ passes, fails }: SizeBounds): number {
  if (passes >= CARRIED_EVERYWHERE) return passes;
  return TRIES.find((size) => size < fails) ?? CARRIED_EVERYWHERE;
}

/** One sentence: the MSS to set at once, for the path MTU that the capture proves, else for the largest usual one below the loss. */
export function mssToTry(bounds: SizeBounds, mss: (mtu: number) => MssAdvice | null): Message {
  const mtu = mtuToTry(bounds);
  const advice = mss(mtu);
  return advice === null
    ? ""
    : say`Set the TCP MSS to ${advice.mss} (IPv6 in the tunnel: ${advice.mss6}), which fits a path MTU of ${mtu} bytes, until pings of growing size have measured the path MTU. `;
}

/** The path's MTU as far as it is known, and the MSS to set; `mss` is that of {@link mssFor}. */
export function mtuAdvice(bounds: SizeBounds, mss: (mtu: number) => MssAdvice | null): Message {
  const { passes, fails } = bounds;
  const known = say`The largest packet that got through has ${passes} bytes with the outer headers, the smallest that did not at most ${fails}. `;
  const mtu = mtuToTry(bounds);
  const advice = mss(mtu);
  if (advice === null) return known;
  const numbers = say`${advice.mss} (IPv6 in the tunnel: ${advice.mss6}), for ${advice.arithmetic}`;
  return passes >= CARRIED_EVERYWHERE
    ? say`${known}MSS that is safe by what was seen: ${numbers}; the path may carry more, a ping of growing size tells. `
    : say`${known}What lies between is not known: measure it by a ping of growing size, or begin with the MSS for an MTU of ${mtu} bytes: ${numbers}. `;
}

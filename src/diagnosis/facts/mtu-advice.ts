import type { MssAdvice } from "./esp-overhead.js";
import { type Message, say } from "../../texts/message.js";

/** Below this every path carries a packet (RFC 8200 wants 1280 for IPv6, IPv4 paths carry 576 and more), bytes. */
export const CARRIED_EVERYWHERE = 576;
/** MTUs that are worth a try, the largest first. */
const TRIES = [1280, CARRIED_EVERYWHERE] as const;

/** What is known of the path's MTU, and the MSS to set. Sizes are of whole packets, bytes; `mss` is that of {@link mssFor}. */
export function mtuAdvice(
  { passes, fails }: { readonly passes: number; readonly fails: number },
  mss: (mtu: number) => MssAdvice | null,
): Message {
  const known = say`Packets of ${passes} bytes with the outer headers got through, of ${fails} not. `;
  const mtu =
    passes >= CARRIED_EVERYWHERE ? passes : (TRIES.find((size) => size < fails) ?? CARRIED_EVERYWHERE);
  const advice = mss(mtu);
  if (advice === null) return known;
  const numbers = say`${advice.mss} (IPv6 in the tunnel: ${advice.mss6}), for ${advice.arithmetic}`;
  return passes >= CARRIED_EVERYWHERE
    ? say`${known}MSS that is safe by what was seen: ${numbers}; the path may carry more, a ping of growing size tells. `
    : say`${known}What lies between is not known: measure it by a ping of growing size, or begin with the MSS of ${mtu} bytes: ${numbers}. `;
}

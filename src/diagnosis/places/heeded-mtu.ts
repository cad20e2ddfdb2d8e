import type { Micros } from "../../bytes/time.js";
import type { TunnelContext } from "../context.js";
import { tooBigReports } from "../facts/icmp-errors.js";
import { canonicalOf } from "../facts/sides.js";
import type { LostStream } from "./lost-stream.js";

/** Large packets that were under way when a router first refused one are refused as well, within this time. */
const AT_ONCE_US: Micros = 2_000_000;

/**
 * Whether all that is lost are the large packets that path MTU discovery costs (RFC 1191): a router refused them by ICMP, and the sender,
 * which goes on, has sent none of that size since.
 */
export function isHeededMtu(context: TunnelContext, { sent, size }: LostStream): boolean {
  if (size === null) return false;
  const source = canonicalOf(context.tunnel, sent.source);
  const reports = tooBigReports(context).filter(
    ({ error }) => canonicalOf(context.tunnel, error.quoted.source) === source,
  );
  const heededFrom = Math.min(...reports.map(({ time }) => time)) + AT_ONCE_US;
  const larger = sent.sizes.lastLarge.filter(({ bytes }) => bytes > size.largestArrived);
  return sent.lastTime > heededFrom && larger.every(({ time }) => time <= heededFrom);
}

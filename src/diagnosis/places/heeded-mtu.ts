import type { Micros } from "../../bytes/time.js";
import type { TunnelContext } from "../context.js";
import { tooBigReports } from "../facts/icmp-errors.js";
import { canonicalOf } from "../facts/sides.js";
import type { LostStream } from "./lost-stream.js";

/** Large packets that were under way when a router first refused one are refused as well, within this time. */
const AT_ONCE_US: Micros = 2_000_000;
/** Limits without a report: a person's pings take longer, and so does TCP that is not told (RFC 6298 5.5). */
const UNTOLD = { atOnce: 1_000_000, triedAgain: 8_000_000 } as const;

/**
 * Whether all that is lost are the large packets that path MTU discovery costs (RFC 1191): a router refused them by ICMP, and the sender,
 * which goes on, has sent none of that size since. A filter may have left out the reports: then it has to go on for longer.
 */
export function isHeededMtu(context: TunnelContext, { sent, size }: LostStream): boolean {
  if (size === null) return false;
  const source = canonicalOf(context.tunnel, sent.source);
  const reports = tooBigReports(context).filter(
    ({ error }) => canonicalOf(context.tunnel, error.quoted.source) === source,
  );
  const larger = sent.sizes.lastLarge.filter(({ bytes }) => bytes > size.largestArrived);
  const isTold = reports.length > 0;
  const first = Math.min(...(isTold ? reports : larger).map(({ time }) => time));
  const heededFrom = first + (isTold ? AT_ONCE_US : UNTOLD.atOnce);
  const goesOn = sent.lastTime > heededFrom + (isTold ? 0 : UNTOLD.triedAgain);
  return goesOn && larger.every(({ time }) => time <= heededFrom);
}

import { printable } from "../../bytes/text.js";
import { UsageError } from "../exit.js";

/** Each tunnel has about twenty series; more of them than this are a burden for Prometheus. */
const MOST = 1000;

/** What --metrics-peers takes: how many tunnels get series of their own, 0 to 1000. Throws a {@link UsageError} else. */
export function parsePeerLimit(text: string): number {
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : MOST + 1;
  if (limit > MOST) {
    throw new UsageError(`--metrics-peers takes a number from 0 to ${MOST}, not "${printable(text)}"`);
  }
  return limit;
}

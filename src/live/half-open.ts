import type { Address } from "../bytes/address.js";
import type { HalfOpenCount } from "./snapshot.js";
import type { TunnelRecord } from "./tunnel-record.js";

/** Setups that are under way, by who answers them; the responders with the most first. */
export function halfOpenOf(records: Iterable<TunnelRecord>): HalfOpenCount[] {
  const counts = new Map<Address, number>();
  for (const { halfOpenAt } of records) {
    if (halfOpenAt !== null) counts.set(halfOpenAt, (counts.get(halfOpenAt) ?? 0) + 1);
  }
  return [...counts]
    .map(([responder, count]) => ({ responder, count }))
    .toSorted((a, b) => b.count - a.count);
}

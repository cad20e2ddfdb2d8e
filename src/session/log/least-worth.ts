import { type HeldExchange, isQuiet } from "./record/held.js";
import type { PackedRecords } from "./record/records.js";
import type { ExchangeLimit } from "./limits.js";

/** An exchange that may be given up. */
interface Candidate {
  readonly order: number;
  readonly isQuiet: boolean;
  /** Null for a packed exchange, which is found at `at`. */
  readonly held: HeldExchange | null;
  readonly at: number;
}

/**
 * The exchanges that go when there are too many: quiet ones first, then the oldest; the first and the newest exchanges stay.
 * `next` is the order that the next one will have.
 */
export function leastWorth(
  open: readonly HeldExchange[],
  packed: PackedRecords,
  next: number,
  { first, newest, atOnce }: ExchangeLimit,
): Candidate[] {
  const isMiddle = ({ order }: { readonly order: number }): boolean =>
    order >= first && order < next - newest;
  const candidates: Candidate[] = open
    .filter(isMiddle)
    .map((held) => ({ order: held.order, isQuiet: isQuiet(held), held, at: -1 }));
  const head = packed.heads();
  for (; head.at < packed.length; head.at += head.recordLength) {
    if (!isMiddle(head)) continue;
    candidates.push({ order: head.order, isQuiet: head.isQuiet, held: null, at: head.at });
  }
  return candidates.toSorted(byWorth).slice(0, atOnce);
}

function byWorth(one: Candidate, other: Candidate): number {
  return one.isQuiet === other.isQuiet ? one.order - other.order : one.isQuiet ? -1 : 1;
}

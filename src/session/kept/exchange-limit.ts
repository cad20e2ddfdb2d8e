import { type HeldExchange, isQuiet } from "./exchange.js";
import type { PackedRecords } from "./packed-records.js";

/** Exchanges that an IKE SA keeps, and of those the first and the newest ones that are never given up. */
export interface ExchangeLimit {
  readonly exchanges: number;
  readonly first: number;
  readonly newest: number;
  /** Given up at a time, for each time all have to be looked through. */
  readonly atOnce: number;
}

export const WHOLE_LIFE: ExchangeLimit = { exchanges: 200, first: 40, newest: 100, atOnce: 20 };
/** What an IKE SA keeps that is larger, or where all of them together have outgrown the archive. */
export const TIGHT: ExchangeLimit = { exchanges: 16, first: 6, newest: 8, atOnce: 1 };

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

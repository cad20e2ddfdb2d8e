import { addressBytes } from "../../bytes/address.js";
import { toHex } from "../../bytes/hex.js";
import { worseLoss } from "../live/numbers.js";
import { statusRank } from "../worst-first.js";
import { rowFilter } from "./row-filter.js";
import type { TunnelRow } from "./tunnel-row.js";

/** By what the table is sorted, in the order in which a key goes through them. */
export const ROW_SORTS = ["status", "cause", "peer", "packets", "loss", "start", "number"] as const;
export type RowSort = (typeof ROW_SORTS)[number];

/** Which tunnels are shown, and in which order. */
export interface RowQuery {
  readonly sort: RowSort;
  readonly isReversed: boolean;
  /** A filter as rowFilter() reads it. */
  readonly text: string;
}

/** The rows that the filter lets through, in the order of the query; those that are alike in it by their numbers. */
export function orderedRows(rows: readonly TunnelRow[], { sort, isReversed, text }: RowQuery): TunnelRow[] {
  const chosen = rows.filter(rowFilter(text).matches);
  const sign = isReversed ? -1 : 1;
  const keys = new Map(chosen.map((row) => [row, keyOf(row, sort)]));
  return chosen.toSorted((a, b) => sign * compare(keys.get(a) ?? 0, keys.get(b) ?? 0) || a.id - b.id);
}

/** The key of a row: the worst, the busiest or the earliest has the smallest. All keys of one sort are of one type. */
function keyOf(row: TunnelRow, sort: RowSort): number | string {
  const [there, back] = row.directions;
  switch (sort) {
    case "status":
      return statusRank(row.status);
    case "cause":
      // Those without one come last.
      return row.causes[0] ?? "~";
    case "peer":
      return row.peers.map(addressKey).join(" ");
    case "packets":
      return -(there.packets + back.packets);
    case "loss":
      return -(worseLoss(row.directions) ?? -1);
    case "start":
      return row.firstTime;
    case "number":
      return row.id;
  }
}

/** IPv4 before IPv6, each by its number. */
function addressKey(address: string): string {
  const bytes = addressBytes(address);
  return bytes === null ? `9${address}` : `${bytes.length === 4 ? 4 : 6}${toHex(bytes)}`;
}

function compare(a: number | string, b: number | string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

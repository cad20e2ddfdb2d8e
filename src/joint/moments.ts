import type { Micros } from "../bytes/time.js";
import type { XfrmCounters, XfrmPolicy, XfrmState } from "../evidence/record.js";

/** More readings of one host are left as they were given: comparing each with each would take the square of their number. */
const MOST_COMPARED = 64;

/** Negative where the first is older, positive where it is newer, 0 where they do not tell. */
type Compare<Moment> = (first: Moment, second: Moment) => number;

interface Listing<Entry> {
  readonly entries: readonly Entry[];
}

/** Readings with the oldest first: "after.txt" may be given before "before.txt". Those that do not tell keep their places. */
export function inOrderOfTime<Moment>(moments: readonly Moment[], compare: Compare<Moment>): Moment[] {
  if (moments.length > MOST_COMPARED) return [...moments];
  const ordered: Moment[] = [];
  for (const moment of moments) {
    const behind = ordered.findIndex((other) => compare(moment, other) < 0);
    ordered.splice(behind === -1 ? ordered.length : behind, 0, moment);
  }
  return ordered;
}

/** By the sequence numbers and packets of states that both have, which never fall; else by the newest time that each names. */
export function compareStates(first: Listing<XfrmState>, second: Listing<XfrmState>): number {
  const known = new Map(first.entries.map((state) => [`${state.dst} ${state.spi}`, state]));
  let moved = 0;
  for (const state of second.entries) {
    const before = known.get(`${state.dst} ${state.spi}`);
    if (before === undefined) continue;
    moved += difference(before.sequence, state.sequence) + difference(before.packets, state.packets);
  }
  return moved === 0 ? compareTimes(first, second) : moved;
}

function difference(first: number | null, second: number | null): number {
  return first === null || second === null ? 0 : first - second;
}

/**
 * Listings of policies with the oldest first, by the newest time of use. One without times (`ip xfrm policy` without -s) is of the
 * time of one that says the same.
 */
export function policiesInOrder<Policies extends Listing<XfrmPolicy>>(
  listings: readonly Policies[],
): Policies[] {
  const times = new Map<string, Micros>();
  for (const listing of listings) {
    const time = newestUse(listing);
    if (time !== null) times.set(contentOf(listing), time);
  }
  const dated = listings.map((listing) => ({
    listing,
    time: newestUse(listing) ?? times.get(contentOf(listing)) ?? null,
  }));
  const compare: Compare<(typeof dated)[number]> = (first, second) =>
    first.time === null || second.time === null ? 0 : first.time - second.time;
  return inOrderOfTime(dated, compare).map(({ listing }) => listing);
}

function contentOf({ entries }: Listing<XfrmPolicy>): string {
  const lines = entries.map(({ src, dst, direction, template }) =>
    [src, dst, direction, template?.reqid, template?.spi].join(" "),
  );
  return lines.toSorted().join("\n");
}

function compareTimes(
  first: Listing<{ readonly used: Micros | null }>,
  second: Listing<{ readonly used: Micros | null }>,
): number {
  const [before, after] = [newestUse(first), newestUse(second)];
  return before === null || after === null ? 0 : before - after;
}

function newestUse({ entries }: Listing<{ readonly used: Micros | null }>): Micros | null {
  return entries.reduce<Micros | null>(
    (newest, { used }) => (used === null || (newest !== null && newest >= used) ? newest : used),
    null,
  );
}

/** Counters never fall while a host runs; of two readings in one file, the order of the file counts: it was started anew between. */
export function compareCounters(first: XfrmCounters, second: XfrmCounters): number {
  if (first.source.file === second.source.file) return 0;
  let [rises, falls] = [false, false];
  for (const [name, value] of second.values) {
    const before = first.values.get(name) ?? value;
    if (value > before) rises = true;
    if (value < before) falls = true;
  }
  if (rises === falls) return 0;
  return rises ? -1 : 1;
}

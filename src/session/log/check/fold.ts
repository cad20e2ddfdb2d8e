import type { Moment } from "../../model.js";
import { momentOf } from "./record.js";
import { FLAG } from "../record/head.js";
import { type GivenUp, withCheck } from "../given-up.js";
import type { PackedRecords } from "../record/records.js";

/** Liveness checks that are alike: so many of an IKE SA are kept, or the first and the newest ones of them. */
export const ALIKE = { most: 48, first: 8, newest: 24 } as const;

/**
 * Gives up the middle ones of the checks that are alike. The newest one that each side asked stays: by its Message ID it is
 * told what that side's next request skips. Returns what was given up, with `before`, and how many checks that were.
 */
export function foldChecks(
  records: PackedRecords,
  before: GivenUp | null,
): { readonly givenUp: GivenUp | null; readonly checks: number } {
  const { all, newestOfSide } = countAlike(records);
  let [givenUp, checks, index, to] = [before, 0, -1, 0];
  let since: Moment | null = null;
  const { bytes } = records;
  const head = records.heads();
  while (head.at < records.length) {
    const { at: from, recordLength: length, flags, startedBy } = head;
    head.at += length;
    if ((flags & FLAG.alike) !== 0) {
      index++;
      const answered = momentOf(bytes, from, "response");
      const isMiddle = index >= ALIKE.first && index < all - ALIKE.newest;
      const goes = isMiddle && !newestOfSide.includes(index);
      if (goes) {
        const asked = momentOf(bytes, from, "request");
        givenUp = withCheck(givenUp, { startedBy, asked, answered, since });
        checks++;
      }
      since = answered;
      if (goes) continue;
    }
    bytes.copyWithin(to, from, from + length);
    to += length;
  }
  records.length = to;
  return { givenUp, checks };
}

/** How many checks are alike, and which of them, counted from 0, was the newest of each side. */
function countAlike(records: PackedRecords): {
  readonly all: number;
  readonly newestOfSide: readonly number[];
} {
  let [all, ofInitiator, ofResponder] = [0, -1, -1];
  const head = records.heads();
  for (; head.at < records.length; head.at += head.recordLength) {
    if ((head.flags & FLAG.alike) === 0) continue;
    if (head.startedBy === "initiator") ofInitiator = all;
    else ofResponder = all;
    all++;
  }
  return { all, newestOfSide: [ofInitiator, ofResponder] };
}

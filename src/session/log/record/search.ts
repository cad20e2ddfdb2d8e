import type { Exchange } from "../../model.js";
import { DigestFilter } from "./digest-filter.js";
import type { PackedRecords } from "./records.js";

/** Bytes of packed exchanges that are looked through as quickly as a filter is made. */
const SEARCHED = 2048;

/** Whether a lookup wants an exchange; a packed one is asked without being unpacked. */
export type Wanted = (
  exchange: Pick<Exchange, "exchangeType" | "messageId" | "step" | "startedBy">,
) => boolean;

/**
 * The place of the newest packed exchange that is wanted and begun after the one of that order; -1 where there is none.
 * Nothing is unpacked. A place is good until a record is added or removed.
 */
export function newestRecord(records: PackedRecords, wanted: Wanted, newerThan: number): number {
  let [found, order] = [-1, newerThan];
  const head = records.heads();
  for (; head.at < records.length; head.at += head.recordLength) {
    if (head.order > order && wanted(head)) [found, order] = [head.at, head.order];
  }
  return found;
}

/** The place of the packed exchange that a message of this digest belongs to; -1 where there is none. */
export function recordWithDigest(records: PackedRecords, digest: number): number {
  if (records.length > SEARCHED && !filterOf(records).mayHold(digest)) return -1;
  const head = records.heads();
  for (; head.at < records.length; head.at += head.recordLength) {
    if (head.hasDigest(digest)) return head.at;
  }
  return -1;
}

function filterOf(records: PackedRecords): DigestFilter {
  if (records.digests !== null && !records.digests.isFull) return records.digests;
  const filter = new DigestFilter();
  const head = records.heads();
  for (; head.at < records.length; head.at += head.recordLength) {
    head.forEachDigest((digest) => filter.add(digest));
  }
  records.digests = filter;
  return filter;
}

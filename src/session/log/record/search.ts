import type { Exchange } from "../../model.js";
import { DigestFilter } from "./digest-filter.js";
import type { PackedRecords } from "./records.js";

/** Bytes of packed exchanges that are looked through as quickly as a filter is made. */
const SEARCHED = 2048;

/** Whether a lookup wants an exchange; a packed one is asked without being unpacked. */
export type Wanted = (
  exchange: Pick<Exchange, "exchangeType" | "messageId" | "step" | "startedBy">,
) => boolean;

/** Finds packed exchanges of one IKE SA without unpacking them. A place is good until a record is added or removed. */
export class RecordSearch {
  readonly #records: PackedRecords;
  /** Digests of packed exchanges; made when so many are packed that a search takes time. */
  #digests: DigestFilter | null = null;

  constructor(records: PackedRecords) {
    this.#records = records;
  }

  /** The place of the newest exchange that is wanted and begun after the one of that order; -1 where there is none. */
  newest(wanted: Wanted, newerThan: number): number {
    let [found, order] = [-1, newerThan];
    const head = this.#records.heads();
    for (; head.at < this.#records.length; head.at += head.recordLength) {
      if (head.order > order && wanted(head)) [found, order] = [head.at, head.order];
    }
    return found;
  }

  /** The place of the packed exchange that a message of this digest belongs to; -1 where there is none. */
  withDigest(digest: number): number {
    if (this.#records.length > SEARCHED && !this.#filter().mayHold(digest)) return -1;
    const head = this.#records.heads();
    for (; head.at < this.#records.length; head.at += head.recordLength) {
      if (head.hasDigest(digest)) return head.at;
    }
    return -1;
  }

  /** Notes that a message of this digest is packed now. */
  note(digest: number): void {
    this.#digests?.add(digest);
  }

  /** Forgets the digests; nothing is packed any more. */
  release(): void {
    this.#digests = null;
  }

  #filter(): DigestFilter {
    if (this.#digests !== null && !this.#digests.isFull) return this.#digests;
    const filter = new DigestFilter();
    const head = this.#records.heads();
    for (; head.at < this.#records.length; head.at += head.recordLength) {
      head.forEachDigest((digest) => filter.add(digest));
    }
    this.#digests = filter;
    return filter;
  }
}

import type { Archive } from "../archive.js";
import { putU32 } from "../../../bytes/put.js";
import type { Sighting } from "../../model.js";
import { AT, ExchangeHead, FLAG, type Side } from "./head.js";
import type { PackedWriter } from "./bytes.js";
import { countTry, transmissionLength } from "./transmission.js";
import type { Shared } from "./shared.js";

const NOTHING = new Uint8Array(0);
/** Bytes of two liveness checks. */
const SPARE_BYTES = 164;

/** The packed exchanges of one IKE SA, one record behind the other; their order is in them. */
export class PackedRecords {
  readonly #archive: Archive;
  bytes: Uint8Array = NOTHING;
  /** Bytes that are used. */
  length = 0;

  constructor(archive: Archive) {
    this.#archive = archive;
  }

  /** A head at the first record, to be moved on with {@link next} while it lies before `length`. */
  heads(): ExchangeHead {
    return new ExchangeHead(this.bytes, 0);
  }

  append(record: PackedWriter): void {
    const at = this.makeRoom(record.length);
    this.bytes.set(record.bytes.subarray(0, record.length), at);
  }

  /** Makes room for a record of that length at the end, and returns where it is to be written. */
  makeRoom(size: number): number {
    const at = this.length;
    this.length += size;
    if (this.length > this.bytes.length) {
      // By a quarter, not by half: most IKE SAs are as large as they will ever be. But for a few checks at a time.
      const room = Math.ceil(Math.max(this.length + SPARE_BYTES, this.bytes.length * 1.25) / 64) * 64;
      const larger = this.#archive.room(room);
      if (at > 0) larger.set(this.bytes.subarray(0, at));
      this.#archive.giveBack(this.bytes);
      this.bytes = larger;
    }
    return at;
  }

  /**
   * Counts a repeat of one side of the exchange whose record is at `at`, seen after all others; false where the record has to
   * be unpacked for it. What lies behind moves by as many bytes as the last argument is told.
   */
  repeat(
    at: number,
    side: Side,
    sighting: Sighting,
    shared: Shared,
    grown: (bytes: number) => void,
  ): boolean {
    const head = new ExchangeHead(this.bytes, at);
    const { flags, recordLength } = head;
    if ((flags & FLAG.check) !== 0 || (flags & FLAG[side]) === 0) return false;
    const first = head.transmissionsAt;
    const isBehind = side === "response" && (flags & FLAG.request) !== 0;
    const place = isBehind ? first + transmissionLength(this.bytes, first) : first;
    const addition = countTry(this.bytes, place, sighting, shared);
    if (addition === null) return false;
    this.bytes[at + AT.flags] = flags & ~FLAG.quiet;
    const { length } = addition.bytes;
    if (length === 0) return true;
    const end = this.makeRoom(length);
    this.bytes.copyWithin(addition.at + length, addition.at, end);
    this.bytes.set(addition.bytes, addition.at);
    putU32(this.bytes, at, recordLength + length);
    grown(length);
    return true;
  }

  /** Closes the gap that a record leaves. */
  remove(at: number): void {
    const { recordLength } = new ExchangeHead(this.bytes, at);
    this.bytes.copyWithin(at, at + recordLength, this.length);
    this.length -= recordLength;
  }

  release(): void {
    this.#archive.giveBack(this.bytes);
    this.bytes = NOTHING;
    this.length = 0;
  }
}

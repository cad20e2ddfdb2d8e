import { putU32 } from "../../../bytes/put.js";
import type { Sighting } from "../../model.js";
import type { Archive, PackedOwner } from "../archive.js";
import { ROOM_STEP_BYTES } from "../rooms.js";
import type { PackedWriter } from "./bytes.js";
import type { DigestFilter } from "./digest-filter.js";
import { AT, ExchangeHead, FLAG, type Side } from "./head.js";
import { Shared } from "./shared.js";
import { countTry, transmissionLength } from "./transmission.js";

const NOTHING = new Uint8Array(0);
/** Bytes of two liveness checks. */
const SPARE_BYTES = 164;

/** The packed exchanges of one IKE SA, one record behind the other; their order is in them. Places count from its first byte. */
export class PackedRecords extends Shared implements PackedOwner {
  protected readonly archive: Archive;
  roomSize = 0;
  place = -1;
  ownBytes: Uint8Array | null = null;
  /** Bytes that are used. */
  length = 0;
  /** Digests of packed exchanges; made when so many are packed that a search takes time. */
  digests: DigestFilter | null = null;

  constructor(initiatorSpi: string, archive: Archive) {
    super(initiatorSpi);
    this.archive = archive;
  }

  /** The bytes of all of them, until a record of any IKE SA is added. */
  get bytes(): Uint8Array {
    return this.roomSize === 0 ? NOTHING : this.archive.bytesOf(this);
  }

  /** A head at the first record, to be moved on by its length while it lies before `length`. */
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
    const length = at + size;
    if (length > this.roomSize) {
      // By a quarter, not by half: most IKE SAs are as large as they will ever be. But for a few checks at a time.
      const room = Math.ceil(Math.max(length + SPARE_BYTES, this.roomSize * 1.25) / ROOM_STEP_BYTES);
      this.archive.resize(this, room * ROOM_STEP_BYTES, at);
    }
    this.length = length;
    return at;
  }

  /**
   * Counts a repeat of one side of the exchange whose record is at `at`, seen after all others. Returns by how many bytes the
   * records behind it were moved; null where the record has to be unpacked, then nothing was done.
   */
  protected countRepeat(at: number, side: Side, sighting: Sighting): number | null {
    const before = this.bytes;
    const head = new ExchangeHead(before, at);
    const { flags, recordLength } = head;
    if ((flags & FLAG.check) !== 0 || (flags & FLAG[side]) === 0) return null;
    const first = head.transmissionsAt;
    const isBehind = side === "response" && (flags & FLAG.request) !== 0;
    const place = isBehind ? first + transmissionLength(before, first) : first;
    const addition = countTry(before, place, sighting, this);
    if (addition === null) return null;
    before[at + AT.flags] = flags & ~FLAG.quiet;
    const { length } = addition.bytes;
    if (length === 0) return 0;
    const end = this.makeRoom(length);
    const { bytes } = this;
    bytes.copyWithin(addition.at + length, addition.at, end);
    bytes.set(addition.bytes, addition.at);
    putU32(bytes, at, recordLength + length);
    return length;
  }

  /** Closes the gap that a record leaves. */
  protected removeRecord(at: number): void {
    const { bytes } = this;
    const { recordLength } = new ExchangeHead(bytes, at);
    bytes.copyWithin(at, at + recordLength, this.length);
    this.length -= recordLength;
  }

  protected releaseRecords(): void {
    this.archive.resize(this, 0, 0);
    this.length = 0;
    this.digests = null;
  }
}

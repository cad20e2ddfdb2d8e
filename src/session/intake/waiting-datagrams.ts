import type { Endpoint, HostSide } from "../model.js";
import type { Unplaced } from "./sightings.js";

/** A message as it came, with bytes of its own. */
export interface Datagram {
  readonly bytes: Uint8Array;
  readonly sighting: Unplaced;
  readonly isCut: boolean;
}

/** Copies lie in common buffers; a datagram larger than the last number gets one of its own. */
const BUFFER = 64 * 1024;
const LARGE = BUFFER / 8;
const NOTHING = new Uint8Array(0);
const HOST_SIDES: readonly HostSide[] = ["unknown", "received", "sent"];
/** Rows that are made at first: most captures never have more messages that wait. */
const FIRST_ROWS = 64;

/** Columns of a row. */
const START = 0;
const LENGTH = 1;
const TIME = 2;
const FRAME = 3;
const IDENTIFICATION = 4;
const NANOS = 5;
const BYTES = 6;
const TTL = 7;
const HOST_SIDE = 8;
const IS_CUT = 9;
const COLUMNS = 10;

/**
 * Datagrams that wait for their turn, at most `room` of them. They stand in rows of numbers: as objects they would outlive a
 * young collection or two, and each message of a capture would be moved about before it is looked at.
 */
export class WaitingDatagrams {
  readonly #room: number;
  /** Slots that were used and are free again, and the first that was never used. */
  readonly #free: number[] = [];
  #unused = 0;
  #buffer = new Uint8Array(0);
  #used = 0;
  readonly #buffers: Uint8Array[] = [];
  #rows: Float64Array;
  readonly #sources: Endpoint[] = [];
  readonly #destinations: Endpoint[] = [];
  /** Those that did not come whole in one UDP packet. */
  readonly #others: (Unplaced | null)[] = [];

  constructor(room: number) {
    this.#room = room;
    this.#rows = new Float64Array(Math.min(room, FIRST_ROWS) * COLUMNS);
  }

  /** Copies the datagram; returns the number to {@link take} it by. Throws RangeError where there is no room. */
  put({ bytes, sighting, isCut }: Datagram): number {
    const slot = this.#slot();
    this.#copy(slot, bytes);
    const { frames, ipFragments, missingFragments, transport, fragment } = sighting;
    const isUsual =
      frames.length === 1 &&
      ipFragments === 1 &&
      missingFragments === null &&
      transport === "udp" &&
      fragment === 0;
    this.#others[slot] = isUsual ? null : sighting;
    const row = slot * COLUMNS;
    this.#rows[row + TIME] = sighting.time;
    this.#rows[row + FRAME] = frames[0] ?? 0;
    this.#rows[row + IDENTIFICATION] = sighting.identification;
    this.#rows[row + NANOS] = sighting.nanos;
    this.#rows[row + BYTES] = sighting.bytes;
    this.#rows[row + TTL] = sighting.ttl;
    this.#rows[row + HOST_SIDE] = HOST_SIDES.indexOf(sighting.hostSide);
    this.#rows[row + IS_CUT] = isCut ? 1 : 0;
    this.#sources[slot] = sighting.source;
    this.#destinations[slot] = sighting.destination;
    return slot;
  }

  /** The bytes of one that waits; they are not to be kept. */
  bytesOf(slot: number): Uint8Array {
    const start = this.#number(slot, START);
    return (this.#buffers[slot] as Uint8Array).subarray(start, start + this.#number(slot, LENGTH));
  }

  /** The datagram, which waits no longer. */
  take(slot: number): Datagram {
    const bytes = this.bytesOf(slot);
    const sighting = this.#others[slot] ?? this.#usual(slot);
    this.drop(slot);
    return {
      bytes,
      sighting,
      isCut: this.#number(slot, IS_CUT) === 1,
    };
  }

  /** Lets go of a datagram that nobody waits for any more. */
  drop(slot: number): void {
    this.#free.push(slot);
    // A slot may stay empty for long, and large datagrams would stay with it.
    this.#buffers[slot] = NOTHING;
    this.#others[slot] = null;
  }

  #number(slot: number, column: number): number {
    return this.#rows[slot * COLUMNS + column] as number;
  }

  /** A slot that is free, with a row. */
  #slot(): number {
    const slot = this.#free.pop() ?? this.#unused;
    if (slot === this.#room) throw new RangeError("too many datagrams wait");
    if (slot === this.#unused) this.#unused++;
    if (slot * COLUMNS === this.#rows.length) {
      const rows = new Float64Array(Math.min(this.#room * COLUMNS, this.#rows.length * 2));
      rows.set(this.#rows);
      this.#rows = rows;
    }
    return slot;
  }

  #usual(slot: number): Unplaced {
    return {
      time: this.#number(slot, TIME),
      nanos: this.#number(slot, NANOS),
      frames: [this.#number(slot, FRAME)],
      source: this.#sources[slot] as Endpoint,
      destination: this.#destinations[slot] as Endpoint,
      bytes: this.#number(slot, BYTES),
      ipFragments: 1,
      missingFragments: null,
      fragment: 0,
      ttl: this.#number(slot, TTL),
      identification: this.#number(slot, IDENTIFICATION),
      hostSide: HOST_SIDES[this.#number(slot, HOST_SIDE)] as HostSide,
      transport: "udp",
    };
  }

  #copy(slot: number, bytes: Uint8Array): void {
    const { length } = bytes;
    const isLarge = length > LARGE;
    if (!isLarge && this.#used + length > this.#buffer.length) {
      this.#buffer = new Uint8Array(BUFFER);
      this.#used = 0;
    }
    const buffer = isLarge ? new Uint8Array(length) : this.#buffer;
    const start = isLarge ? 0 : this.#used;
    if (!isLarge) this.#used += length;
    buffer.set(bytes, start);
    this.#buffers[slot] = buffer;
    this.#rows[slot * COLUMNS + START] = start;
    this.#rows[slot * COLUMNS + LENGTH] = length;
  }
}

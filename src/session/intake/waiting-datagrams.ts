import type { Endpoint, HostSide } from "../model.js";
import type { Unplaced } from "./sightings.js";

/** A message as it came, with bytes of its own. */
export interface Datagram {
  readonly bytes: Uint8Array;
  readonly sighting: Unplaced;
  readonly isCut: boolean;
}

/** What is copied lies in common buffers; what is larger than the last number gets one of its own. */
const BUFFER = 64 * 1024;
const LARGE = BUFFER / 8;
const NOTHING = new Uint8Array(0);
const HOST_SIDES: readonly HostSide[] = ["unknown", "received", "sent"];

/**
 * Datagrams that wait for their turn, at most `room` of them. They stand in columns: as objects they would outlive a young
 * collection or two, and each message of a capture would be moved about before it is looked at.
 */
export class WaitingDatagrams {
  readonly #free: number[];
  #buffer = new Uint8Array(0);
  #used = 0;
  readonly #buffers: Uint8Array[] = [];
  readonly #starts: Int32Array;
  readonly #lengths: Int32Array;
  readonly #times: Float64Array;
  readonly #frames: Float64Array;
  readonly #identifications: Float64Array;
  readonly #nanos: Int32Array;
  readonly #bytes: Int32Array;
  readonly #ttls: Uint8Array;
  readonly #hostSides: Uint8Array;
  readonly #areCut: Uint8Array;
  readonly #sources: Endpoint[] = [];
  readonly #destinations: Endpoint[] = [];
  /** Those that did not come whole in one UDP packet. */
  readonly #others: (Unplaced | null)[] = [];

  constructor(room: number) {
    this.#free = Array.from({ length: room }, (_, slot) => room - 1 - slot);
    this.#starts = new Int32Array(room);
    this.#lengths = new Int32Array(room);
    this.#times = new Float64Array(room);
    this.#frames = new Float64Array(room);
    this.#identifications = new Float64Array(room);
    this.#nanos = new Int32Array(room);
    this.#bytes = new Int32Array(room);
    this.#ttls = new Uint8Array(room);
    this.#hostSides = new Uint8Array(room);
    this.#areCut = new Uint8Array(room);
  }

  /** Copies the datagram; returns the number to {@link take} it by. Throws RangeError where there is no room. */
  put({ bytes, sighting, isCut }: Datagram): number {
    const slot = this.#free.pop();
    if (slot === undefined) throw new RangeError("too many datagrams wait");
    this.#copy(slot, bytes);
    const { frames, ipFragments, missingFragments, transport, fragment } = sighting;
    const isUsual =
      frames.length === 1 &&
      ipFragments === 1 &&
      missingFragments === null &&
      transport === "udp" &&
      fragment === 0;
    this.#others[slot] = isUsual ? null : sighting;
    this.#times[slot] = sighting.time;
    this.#frames[slot] = frames[0] ?? 0;
    this.#identifications[slot] = sighting.identification;
    this.#nanos[slot] = sighting.nanos;
    this.#bytes[slot] = sighting.bytes;
    this.#ttls[slot] = sighting.ttl;
    this.#hostSides[slot] = HOST_SIDES.indexOf(sighting.hostSide);
    this.#areCut[slot] = isCut ? 1 : 0;
    this.#sources[slot] = sighting.source;
    this.#destinations[slot] = sighting.destination;
    return slot;
  }

  /** The bytes of one that waits; they are not to be kept. */
  bytesOf(slot: number): Uint8Array {
    const start = this.#starts[slot] as number;
    return (this.#buffers[slot] as Uint8Array).subarray(start, start + (this.#lengths[slot] as number));
  }

  /** The datagram, which waits no longer. */
  take(slot: number): Datagram {
    this.#free.push(slot);
    const bytes = this.bytesOf(slot);
    const sighting = this.#others[slot] ?? this.#usual(slot);
    // A slot may stay empty for long, and large datagrams would stay with it.
    this.#buffers[slot] = NOTHING;
    this.#others[slot] = null;
    return {
      bytes,
      sighting,
      isCut: this.#areCut[slot] === 1,
    };
  }

  #usual(slot: number): Unplaced {
    return {
      time: this.#times[slot] as number,
      nanos: this.#nanos[slot] as number,
      frames: [this.#frames[slot] as number],
      source: this.#sources[slot] as Endpoint,
      destination: this.#destinations[slot] as Endpoint,
      bytes: this.#bytes[slot] as number,
      ipFragments: 1,
      missingFragments: null,
      fragment: 0,
      ttl: this.#ttls[slot] as number,
      identification: this.#identifications[slot] as number,
      hostSide: HOST_SIDES[this.#hostSides[slot] as number] as HostSide,
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
    this.#starts[slot] = start;
    this.#lengths[slot] = length;
  }
}

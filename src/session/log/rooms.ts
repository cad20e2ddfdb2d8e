/** The owner of a room of bytes; `place` is changed when the room is moved. */
export interface RoomOwner {
  place: number;
}

/** Sizes of rooms are multiples of this, bytes. */
export const ROOM_STEP_BYTES = 64;
/** A larger room is a buffer of its own. */
export const LARGEST_SHARED_ROOM_BYTES = 2048;
const BUFFER_BYTES = 32 * 1024;

/**
 * Rooms of bytes in common buffers: a buffer of its own for each of many small rooms costs twice what is in it. Rooms of one
 * size lie one behind the other without a gap: the last one moves into the place of one that is given back, so that no order
 * of growing and going, chance or forged, leaves buffers that are mostly empty.
 */
export class Rooms {
  readonly #bySize: (RoomsOfSize | undefined)[] = [];

  /** The place of a new room of `size` bytes with anything in them. */
  take(size: number, owner: RoomOwner): number {
    return this.#of(size).take(owner);
  }

  /** The bytes of a room, until any room is taken or given back. */
  view(size: number, place: number): Uint8Array {
    return this.#of(size).view(place);
  }

  /** Nobody uses the room any more; another one of this size may be moved for it. */
  giveBack(size: number, place: number): void {
    this.#of(size).giveBack(place);
  }

  #of(size: number): RoomsOfSize {
    return (this.#bySize[size / ROOM_STEP_BYTES] ??= new RoomsOfSize(size));
  }
}

class RoomsOfSize {
  readonly #size: number;
  readonly #inBuffer: number;
  readonly #buffers: Uint8Array[] = [];
  /** By place. */
  readonly #owners: RoomOwner[] = [];

  constructor(size: number) {
    this.#size = size;
    this.#inBuffer = Math.floor(BUFFER_BYTES / size);
  }

  take(owner: RoomOwner): number {
    const place = this.#owners.length;
    this.#owners.push(owner);
    if (place === this.#buffers.length * this.#inBuffer) this.#buffers.push(new Uint8Array(BUFFER_BYTES));
    return place;
  }

  view(place: number): Uint8Array {
    const buffer = this.#buffers[Math.floor(place / this.#inBuffer)];
    if (buffer === undefined) throw new RangeError(`there is no room ${place} of ${this.#size} bytes`);
    return new Uint8Array(buffer.buffer, (place % this.#inBuffer) * this.#size, this.#size);
  }

  giveBack(place: number): void {
    const lastPlace = this.#owners.length - 1;
    const last = this.#owners.pop();
    if (last !== undefined && place < lastPlace) {
      this.view(place).set(this.view(lastPlace));
      this.#owners[place] = last;
      last.place = place;
    }
    // One empty buffer stays: rooms come and go at its border.
    const used = Math.ceil(this.#owners.length / this.#inBuffer);
    while (this.#buffers.length > used + 1) this.#buffers.pop();
  }
}

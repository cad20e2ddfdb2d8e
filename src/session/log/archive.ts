import type { HeldExchange } from "./record/held.js";
import { type ExchangeLimit, WHOLE_LIFE } from "./limits.js";
import { LARGEST_SHARED_ROOM_BYTES, type RoomOwner, Rooms } from "./rooms.js";

/** Exchanges of all IKE SAs together that are open: retransmissions and answers come soon or never. */
const OPEN_LIMIT = 128;
/** Bytes of packed exchanges beyond which every IKE SA keeps few of them. */
const ROOM = 112 * 2 ** 20;

/** The log of one IKE SA, as the archive uses it. */
interface PackingLog {
  /** Packs an exchange that is open; one that is not is left alone. */
  pack(exchange: HeldExchange): void;
}

/** The owner of packed exchanges: bytes of its own where they are many, else a place among those of others. */
export interface PackedOwner extends RoomOwner {
  /** Bytes that there is room for, 0 for none. */
  roomSize: number;
  ownBytes: Uint8Array | null;
}

/** Bounds of the exchanges of all IKE SAs together: few are open at a time, and the packed ones have so much room. */
export class Archive {
  readonly #open: { readonly log: PackingLog; readonly exchange: HeldExchange }[] = [];
  /** Exchanges that an IKE SA keeps while there is room. */
  readonly limit: ExchangeLimit;
  readonly #rooms = new Rooms();
  #oldest = 0;
  #size = 0;

  constructor(limit = WHOLE_LIFE) {
    this.limit = limit;
  }

  get isFull(): boolean {
    return this.#size > ROOM;
  }

  /** An exchange is open; the one that has been for the longest time is packed for it. */
  opened(log: PackingLog, exchange: HeldExchange): void {
    const open = this.#open;
    if (open.length < OPEN_LIMIT) {
      open.push({ log, exchange });
      return;
    }
    const oldest = open[this.#oldest];
    open[this.#oldest] = { log, exchange };
    this.#oldest = (this.#oldest + 1) % OPEN_LIMIT;
    oldest?.log.pack(oldest.exchange);
  }

  /** The bytes of a room. In a common buffer they are good until any room changes its size. */
  bytesOf({ roomSize, place, ownBytes }: PackedOwner): Uint8Array {
    return ownBytes ?? this.#rooms.view(roomSize, place);
  }

  /** Gives `owner` a room of `size` bytes, of which the first `used` are those of the room that it had. */
  resize(owner: PackedOwner, size: number, used: number): void {
    const before = used === 0 ? null : this.bytesOf(owner);
    const { roomSize, place, ownBytes } = owner;
    this.#size += size - roomSize;
    const isShared = size <= LARGEST_SHARED_ROOM_BYTES;
    owner.ownBytes = isShared ? null : new Uint8Array(size);
    owner.place = isShared && size > 0 ? this.#rooms.take(size, owner) : -1;
    owner.roomSize = size;
    if (before !== null) this.bytesOf(owner).set(before.subarray(0, used));
    if (ownBytes === null && roomSize > 0) this.#rooms.giveBack(roomSize, place);
  }
}

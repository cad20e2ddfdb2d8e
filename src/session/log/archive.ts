import type { HeldExchange } from "./record/held.js";
import { type ExchangeLimit, WHOLE_LIFE } from "./limits.js";

/** Exchanges of all IKE SAs together that are open: retransmissions and answers come soon or never. */
const OPEN_LIMIT = 128;
/** Bytes of packed exchanges beyond which every IKE SA keeps few of them. */
const ROOM = 112 * 2 ** 20;

/** Buffers that are kept to be used again, so many of each size up to the largest. */
const SPARES = 16;
const LARGEST_SPARE = 2048;

/** The log of one IKE SA, as the archive uses it. */
interface PackingLog {
  /** Packs an exchange that is open; one that is not is left alone. */
  pack(exchange: HeldExchange): void;
}

/** Bounds of the exchanges of all IKE SAs together: few are open at a time, and the packed ones have so much room. */
export class Archive {
  readonly #open: { readonly log: PackingLog; readonly exchange: HeldExchange }[] = [];
  /** Exchanges that an IKE SA keeps while there is room. */
  readonly limit: ExchangeLimit;
  /** Buffers to be used again, by their size: to make one takes longer than to fill it, and a flood makes a million. */
  readonly #spare = new Map<number, Uint8Array[]>();
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

  /** A buffer for packed exchanges, of `size` bytes with anything in them. */
  room(size: number): Uint8Array {
    this.#size += size;
    return this.#spare.get(size)?.pop() ?? new Uint8Array(size);
  }

  /** Nobody uses the buffer any more. */
  giveBack(room: Uint8Array): void {
    const { length } = room;
    this.#size -= length;
    if (length === 0 || length > LARGEST_SPARE) return;
    const alike = this.#spare.get(length);
    if (alike === undefined) this.#spare.set(length, [room]);
    else if (alike.length < SPARES) alike.push(room);
  }
}

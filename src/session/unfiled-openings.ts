import type { Address } from "../bytes/address.js";
import { WaitingDatagrams } from "./intake/waiting-datagrams.js";
import { messageOf } from "./log/record/message.js";
import type { SeenMessage } from "./transmission.js";

/** A longer one is to be filed at once: what is kept stays small. */
export const LARGEST_UNFILED_BYTES = 2048;

/** Columns of a row. */
const DIGEST = 0;
const TUNNEL = 1;
const IKE_SA = 2;
const RECENT = 3;
const COLUMNS = 4;

/** The places that an opening will have when it is filed: those of its arrival. */
export interface OpeningNumbers {
  /** Its tunnel among all tunnels, and its IKE SA among all IKE SAs. */
  readonly tunnel: number;
  readonly ikeSa: number;
  /** The message among the recent ones. */
  readonly recent: number;
}

export interface UnfiledOpening {
  readonly seen: SeenMessage;
  readonly numbers: OpeningNumbers;
}

/**
 * First messages of strangers that nothing was heard of since, one a sender: an IKE_SA_INIT request each, as its bytes. In a flood of forged
 * addresses nearly all of them make room for others before anybody asks for them, and never become a tunnel with an IKE SA.
 */
export class UnfiledOpenings {
  readonly #room: number;
  readonly #datagrams: WaitingDatagrams;
  /** Slots by the sender, and by the initiator SPI. */
  readonly #bySender = new Map<Address, number>();
  readonly #bySpi = new Map<string, number>();
  /** By slot. */
  readonly #senders: Address[] = [];
  readonly #receivers: Address[] = [];
  readonly #spis: string[] = [];
  #rows = new Float64Array(0);

  /** At most `room` openings. */
  constructor(room: number) {
    this.#room = room;
    this.#datagrams = new WaitingDatagrams(room);
  }

  get size(): number {
    return this.#bySpi.size;
  }

  /** Whether one has this initiator SPI. */
  has(initiatorSpi: string): boolean {
    return this.#bySpi.has(initiatorSpi);
  }

  /** Whether one has this sender. */
  hasFrom(sender: Address): boolean {
    return this.#bySender.has(sender);
  }

  /** Copies the message; returns its slot. There is to be room, and none that has its sender or initiator SPI. */
  keep({ bytes, digest, message, sighting }: SeenMessage, numbers: OpeningNumbers): number {
    if (this.#rows.length === 0) this.#rows = new Float64Array(this.#room * COLUMNS);
    const slot = this.#datagrams.put({ bytes, sighting, isCut: false });
    const { initiatorSpi } = message.header;
    const sender = sighting.source.address;
    this.#bySender.set(sender, slot);
    this.#bySpi.set(initiatorSpi, slot);
    this.#senders[slot] = sender;
    this.#receivers[slot] = sighting.destination.address;
    this.#spis[slot] = initiatorSpi;
    const row = slot * COLUMNS;
    this.#rows[row + DIGEST] = digest;
    this.#rows[row + TUNNEL] = numbers.tunnel;
    this.#rows[row + IKE_SA] = numbers.ikeSa;
    this.#rows[row + RECENT] = numbers.recent;
    return slot;
  }

  /** Takes out the one of this sender to this receiver. */
  takeSent(sender: Address, receiver: Address): UnfiledOpening | null {
    const slot = this.#bySender.get(sender);
    return slot === undefined || this.#receivers[slot] !== receiver ? null : this.#take(slot);
  }

  /** Takes out the one of this initiator SPI. */
  takeOf(initiatorSpi: string): UnfiledOpening | null {
    const slot = this.#bySpi.get(initiatorSpi);
    return slot === undefined ? null : this.#take(slot);
  }

  /** Takes out all, in the order in which they came. */
  *takeAll(): Generator<UnfiledOpening> {
    for (const slot of this.#bySpi.values()) yield this.#take(slot);
  }

  /** Lets go of the one in this slot; returns its sender and receiver. */
  drop(slot: number): readonly [Address, Address] {
    this.#remove(slot);
    this.#datagrams.drop(slot);
    return [this.#senders[slot] as Address, this.#receivers[slot] as Address];
  }

  #take(slot: number): UnfiledOpening {
    this.#remove(slot);
    const { bytes, sighting } = this.#datagrams.take(slot);
    const seen = { ...messageOf(bytes), digest: this.#number(slot, DIGEST), sighting };
    const numbers = {
      tunnel: this.#number(slot, TUNNEL),
      ikeSa: this.#number(slot, IKE_SA),
      recent: this.#number(slot, RECENT),
    };
    return { seen, numbers };
  }

  #remove(slot: number): void {
    this.#bySender.delete(this.#senders[slot] as Address);
    this.#bySpi.delete(this.#spis[slot] as string);
  }

  #number(slot: number, column: number): number {
    return this.#rows[slot * COLUMNS + column] as number;
  }
}

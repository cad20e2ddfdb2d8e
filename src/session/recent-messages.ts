import type { Endpoint, Sighting } from "./model.js";
import type { TunnelBuilder } from "./tunnel-builder.js";

/**
 * Copies of one packet that a capture holds (mirror port, "-i any", both sides of a NAT) come within moments;
 * no daemon sends again before half a second.
 */
const COPY_WINDOW = 100_000;
/** A mirror port is no slower; an answer and another round of IKE_SA_INIT is. */
const AT_ONCE = 500;
/** Messages behind one among which its answer is looked for. */
const REACH = 256;
/** Messages that are kept at most, and rows that are made at first. Powers of two: remainders are bits. */
const LIMIT = 4096;
const FIRST_ROWS = 256;
/** Chains for each row. */
const CHAINS_A_ROW = 4;

type Seen = { readonly digest: number; readonly sighting: Sighting };

export interface RecentMessage {
  readonly sighting: Pick<Sighting, "source" | "destination" | "ttl">;
  /** Null where the message made room for others before it was filed. */
  readonly tunnel: TunnelBuilder | null;
}

/**
 * The messages of the last moments, by which copies are told. They stand in columns, the newest one over the oldest: as
 * objects all of them would outlive young collections, each message of a capture anew. A message is named by its number
 * since the beginning; those of a chain name one another, the newest first.
 */
export class RecentMessages {
  #count = 0;
  /** Rows that there are: the message of a number stands in the row of its remainder. */
  #rows = FIRST_ROWS;
  #newestOfChain = new Float64Array(FIRST_ROWS * CHAINS_A_ROW).fill(-1);
  #olderInChain = new Float64Array(FIRST_ROWS);
  #digests = new Float64Array(FIRST_ROWS);
  #times = new Float64Array(FIRST_ROWS);
  #identifications = new Float64Array(FIRST_ROWS);
  #ttls = new Uint8Array(FIRST_ROWS);
  readonly #sources: Endpoint[] = [];
  readonly #destinations: Endpoint[] = [];
  /** Null where the message is not filed yet. */
  readonly #tunnels: (TunnelBuilder | null)[] = [];

  /** Returns the number of the message, by which {@link filed} tells of its tunnel where it has none yet. */
  add({ digest, sighting }: Seen, tunnel: TunnelBuilder | null): number {
    if (this.#count === this.#rows && this.#rows < LIMIT) this.#grow();
    const number = this.#count++;
    const slot = this.#slotOf(number);
    this.#digests[slot] = digest;
    this.#enter(number, slot);
    this.#times[slot] = sighting.time;
    this.#identifications[slot] = sighting.identification;
    this.#ttls[slot] = sighting.ttl;
    this.#sources[slot] = sighting.source;
    this.#destinations[slot] = sighting.destination;
    this.#tunnels[slot] = tunnel;
    return number;
  }

  /** The message of that number belongs to this tunnel. */
  filed(number: number, tunnel: TunnelBuilder): void {
    if (number >= this.#count - this.#rows) this.#tunnels[this.#slotOf(number)] = tunnel;
  }

  /** The packet that this one is a copy of. */
  originalOf(seen: Seen): RecentMessage | undefined {
    const slot = this.#slotOfOriginal(seen);
    // Most messages are the first of theirs, and an element -1 is looked for as a property is.
    if (slot < 0) return undefined;
    const [source, destination, tunnel] = [
      this.#sources[slot],
      this.#destinations[slot],
      this.#tunnels[slot],
    ];
    if (source === undefined || destination === undefined || tunnel === undefined) return undefined;
    return { sighting: { source, destination, ttl: this.#ttls[slot] as number }, tunnel };
  }

  /** -1 where there is none. */
  #slotOfOriginal({ digest, sighting }: Seen): number {
    const oldest = Math.max(0, this.#count - LIMIT);
    let number = this.#newestOfChain[this.#chainOf(digest)] as number;
    while (number >= oldest && this.#digests[this.#slotOf(number)] !== digest) {
      number = this.#olderInChain[this.#slotOf(number)] as number;
    }
    const slot = this.#slotOf(number);
    if (number < oldest || sighting.time - (this.#times[slot] as number) > COPY_WINDOW) return -1;
    // An answer to each of two quick requests may be the same byte for byte, but it is another packet.
    if (sighting.identification !== this.#identifications[slot]) return -1;
    if (sighting.identification !== 0 || sighting.ttl !== this.#ttls[slot]) return slot;
    // A NAT device lowers the TTL. One that looks for a path sends the same message to several addresses (RFC 4555 3.5).
    if (!this.#isBetweenSame(slot, sighting)) return -1;
    const isAtOnce = sighting.time - (this.#times[slot] as number) < AT_ONCE;
    return isAtOnce || !this.#wasAnswered(number, sighting) ? slot : -1;
  }

  #isBetweenSame(slot: number, { source, destination }: Seen["sighting"]): boolean {
    return (
      this.#sources[slot]?.address === source.address &&
      this.#destinations[slot]?.address === destination.address
    );
  }

  /**
   * Whether the receiver spoke since that message. IPv6 numbers no packets: there, what a daemon sends again after an
   * answer is no copy.
   */
  #wasAnswered(number: number, { source, destination }: Seen["sighting"]): boolean {
    const tunnel = this.#tunnels[this.#slotOf(number)];
    if (tunnel === null) return false;
    const end = Math.min(this.#count, number + REACH);
    for (let later = number + 1; later < end; later++) {
      const slot = this.#slotOf(later);
      const [from, to] = [this.#sources[slot], this.#destinations[slot]];
      const isAnswer = from?.address === destination.address && to?.address === source.address;
      if (isAnswer && this.#tunnels[slot] === tunnel) return true;
    }
    return false;
  }

  #slotOf(number: number): number {
    return number & (this.#rows - 1);
  }

  /** The lower bits of a digest are as good as any. */
  #chainOf(digest: number): number {
    return digest & (this.#newestOfChain.length - 1);
  }

  /** Makes a message the newest of its chain. */
  #enter(number: number, slot: number): void {
    const chain = this.#chainOf(this.#digests[slot] as number);
    this.#olderInChain[slot] = this.#newestOfChain[chain] as number;
    this.#newestOfChain[chain] = number;
  }

  /** Doubles the rows. Until then no message stands over another one: each keeps its row. */
  #grow(): void {
    const rows = this.#rows * 2;
    const grown = (column: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> => {
      const larger = new Float64Array(rows);
      larger.set(column);
      return larger;
    };
    this.#digests = grown(this.#digests);
    this.#times = grown(this.#times);
    this.#identifications = grown(this.#identifications);
    const ttls = new Uint8Array(rows);
    ttls.set(this.#ttls);
    this.#ttls = ttls;
    this.#olderInChain = new Float64Array(rows);
    this.#newestOfChain = new Float64Array(rows * CHAINS_A_ROW).fill(-1);
    this.#rows = rows;
    for (let number = 0; number < this.#count; number++) this.#enter(number, number);
  }
}

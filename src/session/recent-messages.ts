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
/** A power of two, as is the number of chains: their remainders are bits. */
const LIMIT = 4096;
const CHAINS = 4 * LIMIT;

type Seen = { readonly digest: number; readonly sighting: Sighting };

export interface RecentMessage {
  readonly sighting: Pick<Sighting, "source" | "destination" | "ttl">;
  readonly tunnel: TunnelBuilder;
}

/**
 * The messages of the last moments, by which copies are told. They stand in columns, the newest one over the oldest: as
 * objects all of them would outlive young collections, each message of a capture anew. A message is named by its number
 * since the beginning; those of a chain name one another, the newest first.
 */
export class RecentMessages {
  #count = 0;
  readonly #newestOfChain = new Float64Array(CHAINS).fill(-1);
  readonly #olderInChain = new Float64Array(LIMIT);
  readonly #digests = new Float64Array(LIMIT);
  readonly #times = new Float64Array(LIMIT);
  readonly #identifications = new Float64Array(LIMIT);
  readonly #ttls = new Uint8Array(LIMIT);
  readonly #sources: Endpoint[] = [];
  readonly #destinations: Endpoint[] = [];
  readonly #tunnels: TunnelBuilder[] = [];

  add({ digest, sighting }: Seen, tunnel: TunnelBuilder): void {
    const chain = chainOf(digest);
    const number = this.#count++;
    const slot = number & (LIMIT - 1);
    this.#olderInChain[slot] = this.#newestOfChain[chain] as number;
    this.#newestOfChain[chain] = number;
    this.#digests[slot] = digest;
    this.#times[slot] = sighting.time;
    this.#identifications[slot] = sighting.identification;
    this.#ttls[slot] = sighting.ttl;
    this.#sources[slot] = sighting.source;
    this.#destinations[slot] = sighting.destination;
    this.#tunnels[slot] = tunnel;
  }

  /** The packet that this one is a copy of. */
  originalOf(seen: Seen): RecentMessage | undefined {
    const slot = this.#slotOfOriginal(seen);
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
    let number = this.#newestOfChain[chainOf(digest)] as number;
    while (number >= oldest && this.#digests[number & (LIMIT - 1)] !== digest) {
      number = this.#olderInChain[number & (LIMIT - 1)] as number;
    }
    const slot = number & (LIMIT - 1);
    if (number < oldest || sighting.time - (this.#times[slot] as number) > COPY_WINDOW) return -1;
    // An answer to each of two quick requests may be the same byte for byte, but it is another packet.
    if (sighting.identification !== this.#identifications[slot]) return -1;
    if (sighting.identification !== 0 || sighting.ttl !== this.#ttls[slot]) return slot;
    const isAtOnce = sighting.time - (this.#times[slot] as number) < AT_ONCE;
    return isAtOnce || !this.#wasAnswered(number, sighting) ? slot : -1;
  }

  /**
   * Whether the receiver spoke since that message. IPv6 numbers no packets: there, what a daemon sends again after an
   * answer is no copy.
   */
  #wasAnswered(number: number, { source, destination }: Seen["sighting"]): boolean {
    const tunnel = this.#tunnels[number & (LIMIT - 1)];
    const end = Math.min(this.#count, number + REACH);
    for (let later = number + 1; later < end; later++) {
      const slot = later & (LIMIT - 1);
      const [from, to] = [this.#sources[slot], this.#destinations[slot]];
      const isAnswer = from?.address === destination.address && to?.address === source.address;
      if (isAnswer && this.#tunnels[slot] === tunnel) return true;
    }
    return false;
  }
}

/** The lower bits of a digest are as good as any. */
function chainOf(digest: number): number {
  return digest & (CHAINS - 1);
}

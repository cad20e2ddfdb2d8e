import { type Address, pairKey } from "../bytes/address.js";
import { OldestFirst } from "./oldest-first.js";
import { SeenBefore } from "./seen-before.js";
import type { SeenMessage } from "./transmission.js";
import { TunnelBuilder } from "./tunnel-builder.js";
import { LARGEST_UNFILED_BYTES, type OpeningNumbers, UnfiledOpenings } from "./unfiled-openings.js";

/** Tunnels that are kept where nothing else is said. */
export const MOST_TUNNELS = 50_000;
/** The largest share of them that may be strangers: a flood of forged addresses must not fill the memory. */
const SHARE_OF_STRANGERS = 0.5;
/** So many openers that were heard once are a flood: most of them will never be heard again. */
const MANY_STRANGERS = 1024;
/** A full table of a program that watches gives up so many of those that were not heard for the longest time. */
const SHARE_OF_IDLE = 0.02;

/** How many tunnels are kept, and whether those that are no strangers make room too. */
export interface TunnelLimit {
  readonly tunnels: number;
  readonly idleGo: boolean;
  /** So many strangers are a flood, where it is not {@link MANY_STRANGERS}. */
  readonly manyStrangers?: number;
}

const WHOLE_CAPTURE: TunnelLimit = { tunnels: MOST_TUNNELS, idleGo: false };

/** How well a tunnel is known that may have to make room, and by whom it was begun. */
interface Standing {
  readonly tunnel: TunnelBuilder;
  readonly opener: Address;
  heard: number;
}

/**
 * The tunnels by the addresses of their peers. When there are too many, those go first whose opener said one thing only
 * and got no answer, as a forged address does, then those that were answered and did not go on; a peer that repeats or
 * goes on stays. What goes is counted.
 */
export class TunnelTable {
  readonly #tunnels = new Map<string, TunnelBuilder>();
  /**
   * Tunnels by their numbers whose openers were heard once, the oldest first, or (a number) the slot of an opening that is not filed yet; behind
   * it the same with an answer, or come back after they had to go.
   */
  readonly #strangers = new OldestFirst<number, Standing | number>();
  readonly #answered = new OldestFirst<number, Standing>();
  readonly #gone = new SeenBefore();
  /** Further keys of tunnels that have aliases. */
  readonly #aliasKeys = new Map<TunnelBuilder, string[]>();
  readonly #onGone: (tunnel: TunnelBuilder) => void;
  readonly #limit: TunnelLimit;
  /** Strangers that are no tunnels yet: what is here of two peers, or of an IKE SA, is to be filed before either is looked for. */
  readonly unfiled: UnfiledOpenings;
  #begun = 0;
  /** Messages of tunnels that are not kept. */
  notKept = 0;
  /** Tunnels that made room. */
  evicted = 0;

  /** `onGone` is told of each tunnel that is given up. */
  constructor(onGone: (tunnel: TunnelBuilder) => void, limit = WHOLE_CAPTURE) {
    this.#onGone = onGone;
    this.#limit = limit;
    this.unfiled = new UnfiledOpenings(Math.floor(limit.tunnels * SHARE_OF_STRANGERS));
  }

  /** Openers that said one thing only, answered or not. */
  get strangers(): number {
    return this.#strangers.size + this.#answered.size;
  }

  isStranger(tunnel: TunnelBuilder): boolean {
    return this.#strangers.get(tunnel.number) !== undefined;
  }

  /** The tunnel of these two, or undefined. */
  existing(one: Address, other: Address): TunnelBuilder | undefined {
    return this.#tunnels.get(pairKey(one, other));
  }

  /** Whether the first message of a stranger may wait to be filed: there are so many of them, and nothing is known of its peers. */
  mayWait({ bytes, sighting }: SeenMessage): boolean {
    const { manyStrangers = MANY_STRANGERS } = this.#limit;
    const { source, destination } = sighting;
    if (this.#strangers.size < manyStrangers || bytes.length > LARGEST_UNFILED_BYTES) return false;
    if (this.unfiled.hasFrom(source.address)) return false;
    const key = pairKey(source.address, destination.address);
    return !this.#tunnels.has(key) && !this.#gone.has(key);
  }

  /** Keeps an opening that {@link mayWait}; false where there is no room. `numbers` are asked for where there is. */
  keepUnfiled(seen: SeenMessage, numbers: () => Omit<OpeningNumbers, "tunnel">): boolean {
    if (!this.#hasRoom()) return false;
    const number = ++this.#begun;
    this.#strangers.set(number, this.unfiled.keep(seen, { tunnel: number, ...numbers() }));
    return true;
  }

  /** The tunnel of these two, a new one where there is none; null where there is no room. */
  between(one: Address, other: Address): TunnelBuilder | null {
    const key = pairKey(one, other);
    const known = this.#tunnels.get(key);
    if (known !== undefined) return known;
    if (!this.#hasRoom()) {
      this.notKept++;
      return null;
    }
    const tunnel = new TunnelBuilder(key, ++this.#begun, one, other);
    this.#tunnels.set(key, tunnel);
    const isBack = this.#gone.has(key);
    (isBack ? this.#answered : this.#strangers).set(tunnel.number, { tunnel, opener: one, heard: 0 });
    return tunnel;
  }

  /** The tunnel of an opening that was taken out of those that are not filed: it has the place that it had there. */
  filed(opener: Address, other: Address, number: number): TunnelBuilder {
    const key = pairKey(opener, other);
    const tunnel = new TunnelBuilder(key, number, opener, other);
    this.#tunnels.set(key, tunnel);
    this.#strangers.replace(number, { tunnel, opener, heard: 0 });
    return tunnel;
  }

  /** Something of that sender was added to the tunnel. */
  heard(tunnel: TunnelBuilder, sender: Address): void {
    const stranger = this.#strangers.get(tunnel.number);
    const standing = stranger ?? this.#answered.get(tunnel.number);
    if (standing === undefined || typeof standing === "number") return;
    const isOpener = tunnel.canonical(sender) === standing.opener;
    if (isOpener && standing.heard > 0) {
      this.settle(tunnel);
      return;
    }
    standing.heard++;
    if (!isOpener && stranger !== undefined) {
      this.#strangers.delete(tunnel.number);
      this.#answered.set(tunnel.number, standing);
    }
  }

  /** The tunnel is no stranger any more and stays. */
  settle(tunnel: TunnelBuilder): void {
    this.#strangers.delete(tunnel.number);
    this.#answered.delete(tunnel.number);
  }

  /**
   * Lets the tunnel be found by these addresses too. What was filed under them before they were known to be its own, as a keepalive
   * that came first, is the tunnel's. A tunnel that made room stays gone, also where a copy of its message comes.
   */
  alias(one: Address, other: Address, tunnel: TunnelBuilder): void {
    if (this.#tunnels.get(tunnel.key) !== tunnel) return;
    const key = pairKey(one, other);
    this.settle(tunnel);
    const known = this.#tunnels.get(key);
    const hasNoIke =
      known !== undefined && known !== tunnel && known.key === key && known.ikeSas.length === 0;
    if (hasNoIke && !this.#aliasKeys.has(known)) {
      tunnel.absorb(known);
      this.remove(known);
    }
    if (this.#tunnels.has(key) || this.#size >= this.#limit.tunnels) return;
    this.#tunnels.set(key, tunnel);
    const keys = this.#aliasKeys.get(tunnel);
    if (keys === undefined) this.#aliasKeys.set(tunnel, [key]);
    else keys.push(key);
  }

  /** All tunnels in the order of their beginnings. */
  all(): TunnelBuilder[] {
    return [...new Set(this.#tunnels.values())].toSorted((a, b) => a.number - b.number);
  }

  /** Gives the tunnel up: nothing will find it any more. */
  remove(tunnel: TunnelBuilder): void {
    this.settle(tunnel);
    this.#tunnels.delete(tunnel.key);
    for (const key of this.#aliasKeys.get(tunnel) ?? []) this.#tunnels.delete(key);
    this.#aliasKeys.delete(tunnel);
    this.#onGone(tunnel);
  }

  get #size(): number {
    return this.#tunnels.size + this.unfiled.size;
  }

  /** Whether there is room for one more, where somebody has to make it. */
  #hasRoom(): boolean {
    const { tunnels } = this.#limit;
    const isFull = this.#size >= tunnels || this.#strangers.size >= tunnels * SHARE_OF_STRANGERS;
    return !isFull || this.#makeRoom();
  }

  #makeRoom(): boolean {
    const taken = this.#strangers.take() ?? this.#answered.take();
    if (taken === undefined) return this.#limit.idleGo && this.#giveUpIdle();
    const [, standing] = taken;
    this.evicted++;
    if (typeof standing === "number") {
      this.notKept++;
      this.#gone.add(pairKey(...this.unfiled.drop(standing)));
    } else {
      const { tunnel, heard } = standing;
      this.notKept += Math.max(1, heard);
      this.#gone.add(tunnel.key);
      this.remove(tunnel);
    }
    return true;
  }

  #giveUpIdle(): boolean {
    const idlest = this.all()
      .toSorted((a, b) => a.lastTime - b.lastTime)
      .slice(0, Math.ceil(this.#limit.tunnels * SHARE_OF_IDLE));
    this.evicted += idlest.length;
    for (const tunnel of idlest) this.remove(tunnel);
    return idlest.length > 0;
  }
}

import type { Address } from "../bytes/address.js";
import { OldestFirst } from "./oldest-first.js";
import { SeenBefore } from "./seen-before.js";
import { TunnelBuilder } from "./tunnel-builder.js";

/** Tunnels that are kept where nothing else is said. */
export const MOST_TUNNELS = 50_000;
/** The largest share of them that may be strangers: a flood of forged addresses must not fill the memory. */
const SHARE_OF_STRANGERS = 0.5;
/** A full table of a program that watches gives up so many of those that were not heard for the longest time. */
const SHARE_OF_IDLE = 0.02;

/** How many tunnels are kept, and whether those that are no strangers make room too. */
export interface TunnelLimit {
  readonly tunnels: number;
  readonly idleGo: boolean;
}

const WHOLE_CAPTURE: TunnelLimit = { tunnels: MOST_TUNNELS, idleGo: false };

/** How well a tunnel is known that may have to make room, and by whom it was begun. */
interface Standing {
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
  /** Openers that were heard once, the oldest first; behind it the same with an answer, or come back after they had to go. */
  readonly #strangers = new OldestFirst<TunnelBuilder, Standing>();
  readonly #answered = new OldestFirst<TunnelBuilder, Standing>();
  readonly #gone = new SeenBefore();
  /** Further keys of tunnels that have aliases. */
  readonly #aliasKeys = new Map<TunnelBuilder, string[]>();
  readonly #onGone: (tunnel: TunnelBuilder) => void;
  readonly #limit: TunnelLimit;
  /** Messages of tunnels that are not kept. */
  notKept = 0;
  /** Tunnels that made room. */
  evicted = 0;

  /** `onGone` is told of each tunnel that is given up. */
  constructor(onGone: (tunnel: TunnelBuilder) => void, limit = WHOLE_CAPTURE) {
    this.#onGone = onGone;
    this.#limit = limit;
  }

  /** Openers that said one thing only, answered or not. */
  get strangers(): number {
    return this.#strangers.size + this.#answered.size;
  }

  isStranger(tunnel: TunnelBuilder): boolean {
    return this.#strangers.get(tunnel) !== undefined;
  }

  /** The tunnel of these two, or undefined. */
  existing(one: Address, other: Address): TunnelBuilder | undefined {
    return this.#tunnels.get(pairKey(one, other));
  }

  /** The tunnel of these two, a new one where there is none; null where there is no room. */
  between(one: Address, other: Address): TunnelBuilder | null {
    const key = pairKey(one, other);
    const known = this.#tunnels.get(key);
    if (known !== undefined) return known;
    const { tunnels } = this.#limit;
    const isFull = this.#tunnels.size >= tunnels || this.#strangers.size >= tunnels * SHARE_OF_STRANGERS;
    if (isFull && !this.#makeRoom()) {
      this.notKept++;
      return null;
    }
    const tunnel = new TunnelBuilder(key, one, other);
    this.#tunnels.set(key, tunnel);
    const isBack = this.#gone.has(key);
    (isBack ? this.#answered : this.#strangers).set(tunnel, { opener: one, heard: 0 });
    return tunnel;
  }

  /** Something of that sender was added to the tunnel. */
  heard(tunnel: TunnelBuilder, sender: Address): void {
    const stranger = this.#strangers.get(tunnel);
    const standing = stranger ?? this.#answered.get(tunnel);
    if (standing === undefined) return;
    const isOpener = tunnel.canonical(sender) === standing.opener;
    if (isOpener && standing.heard > 0) {
      this.settle(tunnel);
      return;
    }
    standing.heard++;
    if (!isOpener && stranger !== undefined) {
      this.#strangers.delete(tunnel);
      this.#answered.set(tunnel, stranger);
    }
  }

  /** The tunnel is no stranger any more and stays. */
  settle(tunnel: TunnelBuilder): void {
    this.#strangers.delete(tunnel);
    this.#answered.delete(tunnel);
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
    if (this.#tunnels.has(key) || this.#tunnels.size >= this.#limit.tunnels) return;
    this.#tunnels.set(key, tunnel);
    const keys = this.#aliasKeys.get(tunnel);
    if (keys === undefined) this.#aliasKeys.set(tunnel, [key]);
    else keys.push(key);
  }

  /** All tunnels in the order of their beginnings. */
  all(): TunnelBuilder[] {
    return [...new Set(this.#tunnels.values())];
  }

  /** Gives the tunnel up: nothing will find it any more. */
  remove(tunnel: TunnelBuilder): void {
    this.settle(tunnel);
    this.#tunnels.delete(tunnel.key);
    for (const key of this.#aliasKeys.get(tunnel) ?? []) this.#tunnels.delete(key);
    this.#aliasKeys.delete(tunnel);
    this.#onGone(tunnel);
  }

  #makeRoom(): boolean {
    const taken = this.#strangers.take() ?? this.#answered.take();
    if (taken === undefined) return this.#limit.idleGo && this.#giveUpIdle();
    const [tunnel, { heard }] = taken;
    this.#gone.add(tunnel.key);
    this.notKept += Math.max(1, heard);
    this.evicted++;
    this.remove(tunnel);
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

function pairKey(one: Address, other: Address): string {
  return one < other ? `${one}|${other}` : `${other}|${one}`;
}

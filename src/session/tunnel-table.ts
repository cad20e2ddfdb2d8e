import type { Address } from "../bytes/address.js";
import { OldestFirst } from "./oldest-first.js";
import { SeenBefore } from "./seen-before.js";
import { TunnelBuilder } from "./tunnel-builder.js";

/** Tunnels that are kept, and of those the strangers. A flood of forged addresses must not fill the memory. */
const LIMIT = 50_000;
const STRANGERS = 25_000;

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
  readonly #onGone: (tunnel: TunnelBuilder) => void;
  /** Messages of tunnels that are not kept. */
  notKept = 0;

  /** `onGone` is told of each tunnel that makes room. */
  constructor(onGone: (tunnel: TunnelBuilder) => void) {
    this.#onGone = onGone;
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
    const isFull = this.#tunnels.size >= LIMIT || this.#strangers.size >= STRANGERS;
    if (isFull && !this.#makeRoom()) {
      this.notKept++;
      return null;
    }
    const tunnel = new TunnelBuilder(one, other);
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

  /** Lets the tunnel be found by these addresses too. */
  alias(one: Address, other: Address, tunnel: TunnelBuilder): void {
    const key = pairKey(one, other);
    this.settle(tunnel);
    if (!this.#tunnels.has(key) && this.#tunnels.size < LIMIT) this.#tunnels.set(key, tunnel);
  }

  /** All tunnels in the order of their beginnings. */
  all(): TunnelBuilder[] {
    return [...new Set(this.#tunnels.values())];
  }

  #makeRoom(): boolean {
    const taken = this.#strangers.take() ?? this.#answered.take();
    if (taken === undefined) return false;
    const [tunnel, { heard }] = taken;
    const key = pairKey(tunnel.first, tunnel.second);
    this.#tunnels.delete(key);
    this.#gone.add(key);
    this.notKept += Math.max(1, heard);
    this.#onGone(tunnel);
    return true;
  }
}

function pairKey(one: Address, other: Address): string {
  return one < other ? `${one}|${other}` : `${other}|${one}`;
}

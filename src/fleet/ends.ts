import type { Micros } from "../bytes/time.js";
import { areCompatible, type DatedAccount, type End, keysOf } from "./end.js";
import type { Gateway } from "./gateway.js";
import type { TunnelAccount } from "../live/account/account.js";
import { orientationOf } from "./orientation.js";
import { WORKS } from "./tunnel.js";

/** Breaks of one tunnel that are remembered. */
const MOST_BREAKS = 32;

/** All ends that are known, and which of them belong to one tunnel. */
export class Ends {
  readonly #byGateway = new Map<Gateway, Map<number, End>>();
  readonly #byKey = new Map<string, Set<End>>();

  get size(): number {
    return [...this.#byGateway.values()].reduce((sum, { size }) => sum + size, 0);
  }

  *all(): Generator<End> {
    for (const ends of this.#byGateway.values()) yield* ends.values();
  }

  /** Takes an account of a gateway's tunnel. */
  take(gateway: Gateway, account: DatedAccount): void {
    const { tunnel } = account.account;
    const ends = this.#byGateway.get(gateway) ?? new Map<number, End>();
    const known = ends.get(tunnel);
    if (known === undefined) {
      const end: End = {
        gateway,
        id: `${gateway.name} ${gateway.boot} ${tunnel}`,
        newest: account,
        earlier: null,
        breaks: [],
      };
      this.#byGateway.set(gateway, ends.set(tunnel, end));
      for (const key of keysOf(account.account)) this.#add(key, end);
      return;
    }
    const before = new Set(keysOf(known.newest.account));
    const after = new Set(keysOf(account.account));
    // An account from before the capture began anew is not to be compared any more.
    known.earlier = known.newest.recordedSince === account.recordedSince ? known.newest : null;
    if (isBreak(known.newest.account, account.account)) {
      known.breaks = [...known.breaks, account.account.since].slice(-MOST_BREAKS);
    }
    known.newest = account;
    for (const key of before) if (!after.has(key)) this.#remove(key, known);
    for (const key of after) if (!before.has(key)) this.#add(key, known);
  }

  /** Lets go of the ends of a gateway that were accounted for before `time` only, by its clock. */
  forgetBefore(gateway: Gateway, time: Micros): void {
    for (const [tunnel, { newest }] of this.#byGateway.get(gateway) ?? []) {
      if (newest.asOf < time) this.drop(gateway, tunnel);
    }
  }

  /** Lets go of all ends of a gateway. */
  forgetAll(gateway: Gateway): void {
    this.forgetBefore(gateway, Infinity);
    this.#byGateway.delete(gateway);
  }

  /** Lets go of a gateway's tunnel, where it is known. */
  drop(gateway: Gateway, tunnel: number): void {
    const end = this.#byGateway.get(gateway)?.get(tunnel);
    if (end === undefined) return;
    this.#byGateway.get(gateway)?.delete(tunnel);
    for (const key of keysOf(end.newest.account)) this.#remove(key, end);
  }

  /**
   * The other end of the tunnel; null if no other gateway tells of it, and "ambiguous" if it cannot be told which of several
   * gateways is the other end.
   */
  otherOf(end: End): End | "ambiguous" | null {
    const chosen = this.#chosen(end);
    if (chosen === null || chosen === "ambiguous") return chosen;
    return this.#chosen(chosen) === end || this.clientsOf(chosen).includes(end) ? chosen : "ambiguous";
  }

  /**
   * The other ends of several clients behind one address, which are one tunnel at this end: each has SPIs that none of the others
   * has, and has no other end than this one. Empty where there are fewer than two.
   */
  clientsOf(end: End): readonly End[] {
    const candidates = this.#candidates(end);
    if (candidates.length < 2) return [];
    const seen = new Set<string>();
    for (const client of candidates) {
      if (isOpposite(end, client) !== true || this.#chosen(client) !== end) return [];
      for (const key of keysOf(client.newest.account)) {
        if (seen.has(key)) return [];
        seen.add(key);
      }
    }
    return candidates;
  }

  #chosen(end: End): End | "ambiguous" | null {
    const candidates = this.#candidates(end);
    const [only] = candidates;
    if (only === undefined) return null;
    if (candidates.length === 1) return isOpposite(end, only) === false ? "ambiguous" : only;
    const opposite = candidates.filter((other) => isOpposite(end, other) === true);
    const [chosen] = opposite;
    return chosen !== undefined && opposite.length === 1 ? chosen : "ambiguous";
  }

  #candidates(end: End): End[] {
    const found = new Set<End>();
    for (const key of keysOf(end.newest.account)) {
      for (const other of this.#byKey.get(key) ?? []) {
        if (other.gateway !== end.gateway && areCompatible(end.newest.account, other.newest.account)) {
          found.add(other);
        }
      }
    }
    return [...found];
  }

  #add(key: string, end: End): void {
    const ends = this.#byKey.get(key);
    if (ends === undefined) this.#byKey.set(key, new Set([end]));
    else ends.add(end);
  }

  #remove(key: string, end: End): void {
    const ends = this.#byKey.get(key);
    ends?.delete(end);
    if (ends?.size === 0) this.#byKey.delete(key);
  }
}

/** A tunnel that ends in order, or of which nothing is heard, is no break: on demand it comes and goes all day. */
function isBreak(before: TunnelAccount, after: TunnelAccount): boolean {
  return WORKS.has(before.state) && after.state === "failing";
}

/** Whether two gateways are different peers of the tunnel; null if one of them may be either, or in between. */
function isOpposite(one: End, other: End): boolean | null {
  const [here, there] = [one.newest.account, other.newest.account];
  const orientation = orientationOf(here, there);
  if (here.self === null || there.self === null || orientation === null) return null;
  return (orientation === "same" ? there.self : 1 - there.self) !== here.self;
}

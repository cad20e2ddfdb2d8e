import { areCompatible, type DatedAccount, type End, keysOf } from "./end.js";
import type { Gateway } from "./gateway.js";
import { orientationOf } from "./orientation.js";

/** All ends that are known, and which of them belong to one tunnel. */
export class Ends {
  readonly #byId = new Map<string, End>();
  readonly #byKey = new Map<string, Set<End>>();

  get size(): number {
    return this.#byId.size;
  }

  all(): IterableIterator<End> {
    return this.#byId.values();
  }

  /** Takes an account of a gateway's tunnel. */
  take(gateway: Gateway, account: DatedAccount): void {
    const id = `${gateway.name} ${gateway.boot} ${account.account.tunnel}`;
    const known = this.#byId.get(id);
    if (known === undefined) {
      const end: End = { gateway, id, newest: account, earlier: null };
      this.#byId.set(id, end);
      for (const key of keysOf(account.account)) this.#add(key, end);
      return;
    }
    const before = new Set(keysOf(known.newest.account));
    const after = new Set(keysOf(account.account));
    // An account from before the capture began anew is not to be compared any more.
    known.earlier = known.newest.recordedSince === account.recordedSince ? known.newest : null;
    known.newest = account;
    for (const key of before) if (!after.has(key)) this.#remove(key, known);
    for (const key of after) if (!before.has(key)) this.#add(key, known);
  }

  /** Lets go of all ends of which that is true. */
  forget(isOver: (end: End) => boolean): void {
    for (const end of this.#byId.values()) {
      if (!isOver(end)) continue;
      this.#byId.delete(end.id);
      for (const key of keysOf(end.newest.account)) this.#remove(key, end);
    }
  }

  /**
   * The other end of the tunnel; null if no other gateway tells of it, and "ambiguous" if it cannot be told which of several
   * gateways is the other end.
   */
  otherOf(end: End): End | "ambiguous" | null {
    const chosen = this.#chosen(end);
    if (chosen === null || chosen === "ambiguous") return chosen;
    return this.#chosen(chosen) === end ? chosen : "ambiguous";
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

/** Whether two gateways are different peers of the tunnel; null if one of them may be either, or in between. */
function isOpposite(one: End, other: End): boolean | null {
  const [here, there] = [one.newest.account, other.newest.account];
  const orientation = orientationOf(here, there);
  if (here.self === null || there.self === null || orientation === null) return null;
  return (orientation === "same" ? there.self : 1 - there.self) !== here.self;
}

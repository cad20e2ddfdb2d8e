import type { Micros } from "../bytes/time.js";
import type { End } from "./end.js";
import type { Gateway } from "./gateway.js";
import type { PairMemory } from "./pair-memory.js";

/** Tunnels of two gateways that are looked at: their clocks are the same for all of them. */
const COMPARED_TUNNELS = 8;

/** How the clocks of two gateways differ, by all tunnels between them: one of these may not tell by itself. */
export class GatewayClocks {
  readonly #differences = new Map<string, Micros[]>();

  readonly #memory: PairMemory;

  constructor(memory: PairMemory) {
    this.#memory = memory;
  }

  /** Looks at a tunnel between two gateways. */
  add([one, other]: readonly [End, End]): void {
    const key = keyOf(one.gateway, other.gateway);
    const known = this.#differences.get(key) ?? [];
    if (known.length >= COMPARED_TUNNELS) return;
    const ahead = this.#memory.clockDifference(one, other);
    if (ahead === null) return;
    known.push(isInOrder(one.gateway, other.gateway) ? ahead : -ahead);
    this.#differences.set(key, known);
  }

  /** How far the clock of `other` is ahead of that of `one`; null if no tunnel tells. */
  between(one: Gateway, other: Gateway): Micros | null {
    const known = this.#differences.get(keyOf(one, other))?.toSorted((a, b) => a - b);
    const ahead = known?.[known.length >> 1];
    if (ahead === undefined) return null;
    return isInOrder(one, other) ? ahead : -ahead;
  }
}

function isInOrder(one: Gateway, other: Gateway): boolean {
  return one.name < other.name;
}

function keyOf(one: Gateway, other: Gateway): string {
  return isInOrder(one, other) ? `${one.name} ${other.name}` : `${other.name} ${one.name}`;
}

import type { TunnelContext } from "./context.js";
import type { TunnelRule } from "./rule.js";
import { bitOf, traitsOf } from "./traits.js";

/**
 * Of a list of rules those that may find something in a tunnel, in their order: of many thousands of tunnels that did no more
 * than come up, or were never answered, most rules need not be asked. Where hosts or several places tell of a tunnel, all are:
 * then what they look at is not in its packets alone.
 */
export class AskedRules {
  readonly #all: readonly TunnelRule[];
  /** By the traits of the tunnel. */
  readonly #asked = new Map<number, readonly TunnelRule[]>();

  constructor(all: readonly TunnelRule[]) {
    this.#all = all;
  }

  of(context: TunnelContext): readonly TunnelRule[] {
    const { hosts, places } = context.capture;
    if (hosts !== undefined || places.length > 0) return this.#all;
    const traits = traitsOf(context);
    const known = this.#asked.get(traits);
    if (known !== undefined) return known;
    const asked = this.#all.filter(({ onlyWith = [] }) =>
      onlyWith.every((trait) => (traits & bitOf(trait)) !== 0),
    );
    this.#asked.set(traits, asked);
    return asked;
  }
}

import type { EspKeys, IkeKeysV1, IkeKeysV2, KeyRing, SharedSecret } from "../secrets/key.js";

/** Keys that are tried on an IKE SA without a word that they belong to it. */
const MOST_TRIALS_AN_SA = 64;

/** Keys of one kind by what they are named for, and those that are not. */
class KeyIndex<K extends IkeKeysV1 | IkeKeysV2> {
  readonly #named = new Map<string, K[]>();
  readonly #near = new Map<string, K[]>();
  /** All in order, of which those that fitted are taken out. */
  readonly #free: Set<K>;

  /** `nameOf` gives what a key is named for, null for nothing. */
  constructor(keys: readonly K[], nameOf: (key: K) => string | null) {
    for (const key of keys) {
      const name = nameOf(key);
      if (name !== null) add(this.#named, name, key);
      if (key.nearSpi !== null) add(this.#near, key.nearSpi, key);
    }
    this.#free = new Set(keys);
  }

  get isEmpty(): boolean {
    return this.#free.size === 0 && this.#named.size === 0 && this.#near.size === 0;
  }

  named(name: string): readonly K[] {
    return this.#named.get(name) ?? [];
  }

  /** Keys of logs beside which that initiator SPI stands. */
  near(initiatorSpi: string): readonly K[] {
    return this.#near.get(initiatorSpi) ?? [];
  }

  /** Keys that have opened nothing so far, at most {@link MOST_TRIALS_AN_SA}, in the order of their source. */
  free(): K[] {
    const found: K[] = [];
    for (const key of this.#free) {
      if (found.length === MOST_TRIALS_AN_SA) break;
      found.push(key);
    }
    return found;
  }

  fitted(key: K): void {
    this.#free.delete(key);
  }
}

function add<K>(map: Map<string, K[]>, name: string, key: K): void {
  const list = map.get(name);
  if (list === undefined) map.set(name, [key]);
  else list.push(key);
}

/** All keys of a ring, by how they are looked for. */
export interface IndexedKeys {
  readonly v2: KeyIndex<IkeKeysV2>;
  readonly v1: KeyIndex<IkeKeysV1>;
  readonly esp: readonly EspKeys[];
  readonly shared: readonly SharedSecret[];
}

export function indexKeys({ keys }: KeyRing): IndexedKeys {
  return {
    v2: new KeyIndex(
      keys.filter((key) => key.kind === "ikev2"),
      ({ spis }) => (spis === null ? null : spis.initiator + spis.responder),
    ),
    v1: new KeyIndex(
      keys.filter((key) => key.kind === "ikev1"),
      ({ cookie }) => cookie,
    ),
    esp: keys.filter((key) => key.kind === "esp"),
    shared: keys.filter((key) => key.kind === "shared secret"),
  };
}

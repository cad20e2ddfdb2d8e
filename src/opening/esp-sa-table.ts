import type { EspKeys } from "../secrets/key.js";
import { type EspCandidate, espCandidate } from "./child-keys.js";
import type { KeyAccounts } from "./key-account.js";

/** Candidates of one SPI beyond which no more are kept: with PFS each shared secret of a log gives one. */
const MOST_CANDIDATES = 64;
/** Keys for any SPI that are tried on a stream. */
const MOST_FOR_ANY = 16;

/** Keys of ESP SAs by SPI: those that were given, and those that Child SAs of opened exchanges have. */
export class EspSaTable {
  readonly #bySpi = new Map<number, EspCandidate[]>();
  readonly #forAny: EspCandidate[] = [];

  constructor(keys: readonly EspKeys[], accounts: KeyAccounts) {
    for (const key of keys) {
      const candidate = espCandidate(key);
      if ("reason" in candidate) {
        const account = accounts.of(key);
        if (candidate.reason === "algorithm") account.suite = "unsupported";
        else account.wrongLength = { needed: 0, has: key.cipherKey.length };
      } else if (key.spi === null) {
        if (this.#forAny.length < MOST_FOR_ANY) this.#forAny.push(candidate);
      } else this.add(key.spi, candidate);
    }
  }

  get isEmpty(): boolean {
    return this.#bySpi.size === 0 && this.#forAny.length === 0;
  }

  add(spi: number, candidate: EspCandidate): void {
    const list = this.#bySpi.get(spi);
    if (list === undefined) this.#bySpi.set(spi, [candidate]);
    else if (list.length < MOST_CANDIDATES) list.push(candidate);
  }

  /** Those that may open packets with that SPI. */
  of(spi: number): readonly EspCandidate[] {
    const named = this.#bySpi.get(spi);
    if (named === undefined) return this.#forAny;
    return this.#forAny.length === 0 ? named : [...named, ...this.#forAny];
  }
}

import type { Key } from "../secrets/key.js";

/** IKE SAs that are named of those that a key opens. */
const MOST_NAMED = 8;

/** The use of one key. */
export interface KeyAccount {
  /** IKE messages and ESP packets that it opened. */
  opened: number;
  /** The SAs that they belong to: "IKE SA d41c05b4.. / 1bdd1453.." or "ESP 0xc26c08eb". */
  readonly opens: Set<string>;
  /** Messages whose ICV is that of the integrity key while the cipher key gives noise. */
  cipherMisfits: number;
  /** Messages of the SA that it is named for, and whose ICV is another's. */
  integrityMisfits: number;
  /** It opens messages when initiator and responder are exchanged. */
  isSwapped: boolean;
  /** It opens messages of another IKE SA than its line names. */
  fitsOther: boolean;
  /** Bytes that its cipher key should have, and has not. */
  wrongLength: { readonly needed: number; readonly has: number } | null;
  /** The SA's algorithms are not known, or cannot be computed. */
  suite: "unknown" | "unsupported" | null;
}

/** Keeps an account for each key that was given. */
export class KeyAccounts {
  readonly #accounts = new Map<Key, KeyAccount>();

  of(key: Key): KeyAccount {
    let account = this.#accounts.get(key);
    if (account === undefined) {
      account = {
        opened: 0,
        opens: new Set(),
        cipherMisfits: 0,
        integrityMisfits: 0,
        isSwapped: false,
        fitsOther: false,
        wrongLength: null,
        suite: null,
      };
      this.#accounts.set(key, account);
    }
    return account;
  }

  opened(key: Key, what: string): void {
    const account = this.of(key);
    account.opened++;
    if (account.opens.size < MOST_NAMED) account.opens.add(what);
  }
}

/** How a key is called: by the place that it was read from. */
export function sourceText({ source }: Pick<Key, "source">): string {
  return `${source.file} line ${source.line}`;
}

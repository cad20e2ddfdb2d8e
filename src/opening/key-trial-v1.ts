import { equalBytes } from "../bytes/hex.js";
import { decodePayloads } from "../ike/decode.js";
import type { IkeKeysV1 } from "../secrets/key.js";
import { u32Bytes } from "./bytes.js";
import type { KeyAccounts } from "./key-account.js";
import type { IndexedKeys } from "./key-index.js";
import type { Phase1 } from "./phase1.js";
import type { CryptoProvider } from "./provider.js";

/** After so many messages that no key opens, none is tried on a phase 1 any more. */
const MOST_FAILURES = 4;

/** A message that a key opened, and the IV that it was opened with. */
export interface OpenedV1 {
  readonly plain: Uint8Array;
  readonly key: IkeKeysV1;
  readonly iv: Uint8Array;
}

/** Tries the keys that may be those of a phase 1 on its messages, and notes which one fits. */
export class KeyTrialV1 {
  readonly #provider: CryptoProvider;
  readonly #keys: IndexedKeys;
  readonly #accounts: KeyAccounts;

  constructor(keys: IndexedKeys, accounts: KeyAccounts, provider: CryptoProvider) {
    this.#keys = keys;
    this.#accounts = accounts;
    this.#provider = provider;
  }

  /** Opens a message with the key of its phase 1 where that is known, else with each that it may be; null where none fits. */
  openOwn(
    phase: Phase1,
    iv: Uint8Array | null,
    body: Uint8Array,
    innerType: number,
    isPhase1: boolean,
  ): OpenedV1 | null {
    const { key, suite } = phase;
    if (suite === null) return null;
    if (key !== null) return iv === null ? null : this.openWith(phase, key, iv, body, innerType);
    if (phase.failures >= MOST_FAILURES) return null;
    for (const candidate of this.#candidates(phase)) {
      // A log tells the first IV where the capture has not both public values.
      const first = iv ?? (isPhase1 ? (candidate.initialIv?.reveal() ?? null) : null);
      const opened = first === null ? null : this.openWith(phase, candidate, first, body, innerType);
      if (opened === null) continue;
      phase.key = candidate;
      this.#keys.v1.fitted(candidate);
      if (candidate.cookie !== null && candidate.cookie !== phase.initiatorCookie) {
        this.#accounts.of(candidate).fitsOther = true;
      }
      return opened;
    }
    phase.failures++;
    return null;
  }

  /**
   * Opens a later message with the key of the other side; null where none fits. Where the pre-shared keys of two ends differ, what one side sends opens with the key of that side only. It could not read the
   * last messages of phase 1, so that its IVs go on from the first one.
   */
  openOther(phase: Phase1, messageId: number | null, body: Uint8Array, innerType: number): OpenedV1 | null {
    const { key, suite, firstIv } = phase;
    if (suite === null || firstIv === null || messageId === null) return null;
    if (phase.otherFailures >= MOST_FAILURES) return null;
    const iv = this.#provider.hash(suite.hash, firstIv, u32Bytes(messageId)).subarray(0, suite.block);
    const candidates = phase.otherKey === null ? this.#candidates(phase) : [phase.otherKey];
    for (const candidate of candidates) {
      if (key !== null && isSameKey(candidate, key)) continue;
      const opened = this.openWith(phase, candidate, iv, body, innerType);
      if (opened === null) continue;
      phase.otherKey = candidate;
      this.#keys.v1.fitted(candidate);
      return opened;
    }
    phase.otherFailures++;
    return null;
  }

  /** Opens a message with one key; null where it does not fit. */
  openWith(
    phase: Phase1,
    key: IkeKeysV1,
    iv: Uint8Array,
    body: Uint8Array,
    innerType: number,
  ): OpenedV1 | null {
    const { suite } = phase;
    const cipherKey = key.cipherKey?.reveal();
    if (suite === null || cipherKey === undefined || iv.length !== suite.block) return null;
    if (!this.#provider.hasCbc(suite.cipher)) {
      if (key.cookie === phase.initiatorCookie) this.#accounts.of(key).suite ??= "unsupported";
      return null;
    }
    const plain = this.#provider.decryptCbc(suite.cipher, cipherKey, iv, body);
    const isOpen = plain !== null && isChain(innerType, plain);
    if (!isOpen && key.cookie === phase.initiatorCookie) this.#accounts.of(key).integrityMisfits++;
    return isOpen ? { plain, key, iv } : null;
  }

  *#candidates({ initiatorCookie }: Phase1): Generator<IkeKeysV1> {
    const { v1 } = this.#keys;
    const tried = new Set<IkeKeysV1>();
    for (const list of [v1.near(initiatorCookie), v1.named(initiatorCookie), v1.free()]) {
      for (const key of list) {
        if (tried.has(key)) continue;
        tried.add(key);
        yield key;
      }
    }
  }
}

function isSameKey({ cipherKey: one }: IkeKeysV1, { cipherKey: other }: IkeKeysV1): boolean {
  return one !== null && other !== null && equalBytes(one.reveal(), other.reveal());
}

/**
 * Whether what came out is a chain of payloads: IKEv1 has no ICV, and a wrong key gives noise, whose lengths, reserved bytes
 * and types fit once in a million times.
 */
function isChain(innerType: number, plain: Uint8Array): boolean {
  const { payloads, problem } = decodePayloads(1, innerType, plain);
  if (problem !== null || payloads.length === 0) return false;
  return payloads.every(({ kind, offset }) => kind !== "opaque" && plain[offset + 1] === 0);
}

import { equalBytes, fromHex } from "../bytes/hex.js";
import type { IkeKeysV2, SharedSecret } from "../secrets/key.js";
import type { SecretBytes } from "../secrets/secret-bytes.js";
import type { IkeCandidate, IkeSaV2 } from "./ike-sa-v2.js";
import { sourceText } from "./key-account.js";
import type { IndexedKeys } from "./key-index.js";
import { ikeKeymat, rekeyedSkeyseed } from "./keymat.js";
import type { CryptoProvider } from "./provider.js";
import type { DirectionKeys } from "./seal-v2.js";

/** Shared secrets that are tried on one rekey. */
const MOST_SECRETS = 64;

/**
 * Keys that may be those of an IKE SA, the likely ones first: those that name it, those beside which its SPI stands in a log,
 * those that come from the IKE SA before it, those that strongSwan's save-keys names for that one, and those that nothing is
 * known of.
 */
export function* candidatesOf(
  provider: CryptoProvider,
  sa: IkeSaV2,
  keys: IndexedKeys,
): Generator<{ readonly candidate: IkeCandidate; readonly isNamed: boolean }> {
  const { v2, shared } = keys;
  const tried = new Set<IkeKeysV2>();
  const fresh = function* (list: readonly IkeKeysV2[], isNamed: boolean) {
    for (const key of list) {
      if (tried.has(key)) continue;
      tried.add(key);
      yield { candidate: givenCandidate(key, v2.near(sa.initiatorSpi)), isNamed };
    }
  };
  yield* fresh(v2.named(sa.initiatorSpi + sa.responderSpi), true);
  yield* fresh(v2.near(sa.initiatorSpi), false);
  for (const candidate of derivedCandidates(provider, sa, shared)) yield { candidate, isNamed: false };
  for (let old = sa.parent; old !== null; old = old.parent) {
    yield* fresh(v2.named(old.initiatorSpi + old.responderSpi), false);
  }
  yield* fresh(v2.free(), false);
  for (const key of v2.named(sa.initiatorSpi + sa.responderSpi)) {
    yield { candidate: swapped(givenCandidate(key, [])), isNamed: true };
  }
}

/** A key as it was given. One without SK_d borrows that of a log whose other keys are the same. */
function givenCandidate(key: IkeKeysV2, others: readonly IkeKeysV2[]): IkeCandidate {
  const same =
    key.skD !== null ? undefined : others.find((other) => other.skD !== null && isSame(other, key));
  return {
    key,
    by: sourceText(key),
    initiator: direction(key.skEi, key.skAi),
    responder: direction(key.skEr, key.skAr),
    skD: (key.skD ?? same?.skD)?.reveal() ?? null,
    isSwapped: false,
  };
}

function isSame(a: IkeKeysV2, b: IkeKeysV2): boolean {
  if (a.skEi === null || b.skEi === null) return false;
  return equalBytes(a.skEi.reveal(), b.skEi.reveal());
}

function direction(cipher: SecretBytes | null, integrity: SecretBytes | null): DirectionKeys | null {
  if (cipher === null) return null;
  return { cipherKey: cipher.reveal(), integrityKey: integrity?.reveal() ?? null };
}

function swapped(candidate: IkeCandidate): IkeCandidate {
  return { ...candidate, initiator: candidate.responder, responder: candidate.initiator, isSwapped: true };
}

/** Keys of a rekeyed IKE SA (RFC 7296 2.18), by each shared secret that a log has. */
function* derivedCandidates(
  provider: CryptoProvider,
  { parent, ni, nr, suite, initiatorSpi, responderSpi }: IkeSaV2,
  shared: readonly SharedSecret[],
): Generator<IkeCandidate> {
  const skD = parent?.fitting?.skD ?? null;
  const oldPrf = parent?.suite?.prf ?? null;
  const prf = suite?.prf ?? null;
  if (skD === null || oldPrf === null || prf === null || suite === null || ni === null || nr === null) return;
  const seed = { ni, nr, spiI: fromHex(initiatorSpi), spiR: fromHex(responderSpi) };
  for (const key of shared.slice(0, MOST_SECRETS)) {
    const skeyseed = rekeyedSkeyseed(provider, oldPrf, skD, key.secret.reveal(), ni, nr);
    const keymat =
      skeyseed === null ? null : ikeKeymat(provider, prf, skeyseed, seed, suite.cipher, suite.integrity);
    if (keymat === null) continue;
    yield {
      key,
      by: `keys derived from ${sourceText(key)}`,
      initiator: { cipherKey: keymat.skEi, integrityKey: keymat.skAi },
      responder: { cipherKey: keymat.skEr, integrityKey: keymat.skAr },
      skD: keymat.skD,
      isSwapped: false,
    };
  }
}

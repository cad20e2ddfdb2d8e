import { equalBytes } from "../bytes/hex.js";
import { u32At } from "../bytes/reader.js";
import type { Payload } from "../ike/message.js";
import { PROTOCOL } from "../ike/registries/protocols.js";
import type { IkeKeysV1, SharedSecret } from "../secrets/key.js";
import { joinBytes } from "./bytes.js";
import type { EspSaTable } from "./esp-sa-table.js";
import { sourceText } from "./key-account.js";
import type { IndexedKeys } from "./key-index.js";
import { quickModeKeymat } from "./keymat.js";
import type { MessageChain, Phase1, QuickModePart } from "./phase1.js";
import type { CryptoProvider } from "./provider.js";
import { phase2Suite } from "./v1-suite.js";

/** Shared secrets that are tried on one quick mode with PFS. */
const MOST_SECRETS = 32;

interface QuickModeTools {
  readonly provider: CryptoProvider;
  readonly keys: IndexedKeys;
  /** Takes the keys of the ESP SAs. */
  readonly esp: EspSaTable;
}

/**
 * Follows an opened message of a quick mode: the second one gives the keys of both ESP SAs (RFC 2409 5.5), for every shared
 * secret of its length where it has PFS.
 */
export function followQuickMode(
  phase: Phase1,
  chain: MessageChain,
  payloads: readonly Payload[],
  { provider, keys, esp }: QuickModeTools,
): void {
  const sa = payloads.find((payload) => payload.kind === "sa");
  const nonce = payloads.find((payload) => payload.kind === "nonce");
  const { quickMode } = chain;
  if (sa === undefined || nonce === undefined || quickMode.isDone) return;
  const suite = phase2Suite(sa);
  const { suite: phase1, key } = phase;
  if (suite === null || phase1 === null || key === null) return;
  const part: QuickModePart = { nonce: nonce.data, spi: suite.spi };
  if (quickMode.request === null) {
    quickMode.request = part;
    return;
  }
  if (equalBytes(quickMode.request.nonce, part.nonce)) return;
  quickMode.isDone = true;
  const skeyidD = key.skeyidD ?? sameKey(keys, key)?.skeyidD;
  const ke = payloads.find((payload) => payload.kind === "ke");
  if (skeyidD == null) return;
  const nonces = joinBytes(quickMode.request.nonce, part.nonce);
  const secrets: readonly (SharedSecret | null)[] =
    ke === undefined
      ? [null]
      : keys.shared
          .filter(({ secret }) => secret.length === ke.data.length || secret.length * 2 === ke.data.length)
          .slice(-MOST_SECRETS);
  const { cipher, integrity, esn } = suite;
  const keyLength = cipher.key + cipher.salt;
  for (const shared of secrets) {
    // Each SA has keys of its own, by the SPI that its receiver chose.
    for (const spi of [quickMode.request.spi, part.spi]) {
      const seed = joinBytes(
        shared?.secret.reveal() ?? new Uint8Array(0),
        Uint8Array.of(PROTOCOL.ESP),
        spi,
        nonces,
      );
      const length = keyLength + (integrity?.keyLength ?? 0);
      const keymat = quickModeKeymat(provider, phase1.hash, skeyidD.reveal(), seed, length);
      esp.add(u32At(spi, 0), {
        key: shared ?? key,
        by: `keys derived from ${sourceText(shared ?? key)}`,
        protection: { cipher, integrity, uncheckedIcv: 0 },
        keys: { cipherKey: keymat.subarray(0, keyLength), integrityKey: keymat.subarray(keyLength) },
        esn,
        from: null,
        to: null,
      });
    }
  }
}

/** Keys of a log that are those of a table, which has no SKEYID_d. */
function sameKey({ v1 }: IndexedKeys, key: IkeKeysV1): IkeKeysV1 | undefined {
  const { cipherKey } = key;
  if (cipherKey === null) return undefined;
  return v1
    .free()
    .find((other) => other.cipherKey !== null && equalBytes(other.cipherKey.reveal(), cipherKey.reveal()));
}

import { u16At, u32At } from "../bytes/reader.js";
import type { IkeKeysV1 } from "../secrets/key.js";
import type { CryptoProvider, HashName } from "./provider.js";
import type { Phase1Suite } from "./v1-suite.js";

const HASH_BYTES: Readonly<Record<HashName, number>> = {
  md5: 16,
  sha1: 20,
  sha256: 32,
  sha384: 48,
  sha512: 64,
};
const PAYLOAD_HEADER_BYTES = 4;
/** Header, domain of interpretation, protocol, SPI size, type: what notify and delete have in common (RFC 2408 3.14, 3.15). */
const NOTICE_BYTES = 12;
const DOI_IPSEC = 1;
const DOI_ISAKMP = 0;

/**
 * Whether an INFORMATIONAL of IKEv1 was encrypted with that key, whatever its IV: a wrong IV spoils its first block alone, which
 * holds nothing but the hash, and behind the hash stands a notify or a delete (RFC 2409 5.7). Null where it is too short to tell.
 */
export function isNoticeUnder(
  provider: CryptoProvider,
  suite: Phase1Suite,
  key: IkeKeysV1,
  body: Uint8Array,
): boolean | null {
  const cipherKey = key.cipherKey?.reveal();
  const at = PAYLOAD_HEADER_BYTES + HASH_BYTES[suite.hash];
  if (cipherKey === undefined || at < suite.block || body.length < at + NOTICE_BYTES) return null;
  const plain = provider.decryptCbc(suite.cipher, cipherKey, new Uint8Array(suite.block), body);
  if (plain === null) return null;
  const length = u16At(plain, at + 2);
  const doi = u32At(plain, at + PAYLOAD_HEADER_BYTES);
  return (
    plain[at + 1] === 0 &&
    length >= NOTICE_BYTES &&
    at + length <= plain.length &&
    (doi === DOI_IPSEC || doi === DOI_ISAKMP)
  );
}

import type { SaPayload, TransformAttribute } from "../ike/message.js";
import { PHASE1_ATTRIBUTE } from "../ike/registries/attributes-v1.js";
import { PHASE2_ATTRIBUTE } from "../ike/registries/ipsec-doi.js";
import { PROTOCOL } from "../ike/registries/protocols.js";
import { ENCR, INTEG } from "../ike/registries/transforms-v2.js";
import { suiteOf } from "../ike/suite.js";
import { type Cipher, cipherBy } from "./cipher.js";
import { integrityBy, type Integrity } from "./integrity.js";
import type { CbcCipher, HashName } from "./provider.js";

/** The algorithms of an IKEv1 phase 1 (RFC 2409 appendix A). */
export interface Phase1Suite {
  readonly cipher: CbcCipher;
  readonly block: number;
  readonly hash: HashName;
}

const CIPHERS: ReadonlyMap<number, CbcCipher> = new Map([
  [1, "des"],
  [3, "blowfish"],
  [5, "3des"],
  [6, "cast"],
  [7, "aes"],
  [8, "camellia"],
]);

const HASHES: ReadonlyMap<number, HashName> = new Map([
  [1, "md5"],
  [2, "sha1"],
  [4, "sha256"],
  [5, "sha384"],
  [6, "sha512"],
]);

/** The suite that the responder's SA payload chose; null where it cannot be computed, or names a PRF of its own. */
export function phase1Suite(sa: SaPayload): Phase1Suite | null {
  const suite = suiteOf(sa, 1);
  const attributes = sa.proposals[0]?.transforms[0]?.attributes ?? [];
  const cipher = CIPHERS.get(suite?.encryption?.id ?? 0);
  const hash = HASHES.get(suite?.hash?.id ?? 0);
  if (suite?.blockLength == null || cipher === undefined || hash === undefined) return null;
  if (attributes.some(({ type }) => type === PHASE1_ATTRIBUTE.PRF)) return null;
  return { cipher, block: suite.blockLength, hash };
}

/** Encryption by the DOI's transform IDs where they are not those of IKEv2. */
const OTHER_IDS: ReadonlyMap<number, number> = new Map([
  [22, ENCR.ENCR_CAMELLIA_CBC],
  [23, ENCR.ENCR_NULL_AUTH_AES_GMAC],
]);

/** Integrity by the DOI's authentication algorithms. */
const INTEGRITY: ReadonlyMap<number, number> = new Map([
  [1, INTEG.AUTH_HMAC_MD5_96],
  [2, INTEG.AUTH_HMAC_SHA1_96],
  [5, INTEG.AUTH_HMAC_SHA2_256_128],
  [6, INTEG.AUTH_HMAC_SHA2_384_192],
  [7, INTEG.AUTH_HMAC_SHA2_512_256],
  [9, INTEG.AUTH_AES_XCBC_96],
]);

/** AES of the DOI without a key length attribute has 128 bits (RFC 3602 5). */
const DEFAULT_KEY_BITS = 128;

/** The algorithms that a quick mode chose for ESP. */
export interface Phase2Suite {
  readonly cipher: Cipher;
  readonly integrity: Integrity | null;
  readonly esn: boolean;
  readonly spi: Uint8Array;
}

/** The Child SA of a quick mode's SA payload with one choice; null where it is none of ESP, or cannot be computed. */
export function phase2Suite({ proposals }: SaPayload): Phase2Suite | null {
  const proposal = proposals.find(({ protocol }) => protocol === PROTOCOL.ESP);
  const transform = proposal?.transforms[0];
  if (proposal === undefined || transform === undefined) return null;
  const value = (type: number): number | null => valueOf(transform.attributes, type);
  const bits = value(PHASE2_ATTRIBUTE.KEY_LENGTH) ?? DEFAULT_KEY_BITS;
  const cipher = cipherBy(OTHER_IDS.get(transform.id) ?? transform.id, bits / 8);
  if (cipher === null) return null;
  const auth = value(PHASE2_ATTRIBUTE.AUTHENTICATION_ALGORITHM);
  const isCombined = cipher.mode === "aead" || cipher.mode === "gmac";
  const integrity = isCombined || auth === null ? null : integrityBy(INTEGRITY.get(auth) ?? 0);
  if (!isCombined && auth !== null && integrity === null) return null;
  return {
    cipher,
    integrity,
    esn: value(PHASE2_ATTRIBUTE.EXTENDED_SEQUENCE_NUMBER) === 1,
    spi: proposal.spi,
  };
}

function valueOf(attributes: readonly TransformAttribute[], type: number): number | null {
  return attributes.find((attribute) => attribute.type === type)?.value ?? null;
}

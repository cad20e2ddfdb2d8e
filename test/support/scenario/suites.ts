import type { Proposal, SaPayload } from "../../../src/ike/message.js";
import { type Suite, suiteOf } from "../../../src/ike/suite.js";
import { proposal, type ProposalOptions } from "../ike/payloads-v2.js";

/** The algorithms that two peers of a scenario agree on in IKE_SA_INIT. */
export interface Agreed {
  readonly proposal: Proposal;
  readonly suite: Suite;
  readonly group: number;
}

function agreed(options: ProposalOptions): Agreed {
  const chosen = proposal(options);
  const payload: SaPayload = {
    kind: "sa",
    type: 33,
    offset: 0,
    length: 0,
    critical: false,
    doi: null,
    situation: null,
    proposals: [chosen],
  };
  const suite = suiteOf(payload);
  if (suite === null) throw new RangeError("a proposal without transforms agrees on nothing");
  return { proposal: chosen, suite, group: options.group?.[0] ?? 14 };
}

/** Suites by name; ENCR 20 AES-GCM-16, 12 AES-CBC, 28 ChaCha20, 3 3DES; PRF 5 SHA2-256, 2 SHA1; INTEG 12 SHA2-256-128. */
export const SUITES = {
  gcm: agreed({ encr: [[20, 256]], prf: [5], group: [19] }),
  gcmSha1: agreed({ encr: [[20, 128]], prf: [2], group: [14] }),
  gcmSha512: agreed({ encr: [[20, 256]], prf: [7], group: [21] }),
  chacha: agreed({ encr: [[28]], prf: [5], group: [31] }),
  cbc: agreed({ encr: [[12, 256]], integ: [12], prf: [5], group: [14] }),
  cbcSha1: agreed({ encr: [[12, 128]], integ: [2], prf: [2], group: [14] }),
  cbcSha512: agreed({ encr: [[12, 256]], integ: [14], prf: [7], group: [14] }),
  tripleDes: agreed({ encr: [[3]], integ: [2], prf: [2], group: [2] }),
} as const;
export type SuiteName = keyof typeof SUITES;

/** Payload lengths inside an encrypted message (RFC 7296 3), so that a test can put an answer together. */
export const INNER = {
  nothing: 0,
  bareNotify: 8,
  deleteIke: 8,
  /** One ESP SPI, or a notify with four bytes of data. */
  deleteEsp: 12,
  eapSuccess: 8,
  eapIdentity: 9,
  /** ID payload of an IPv4 address. */
  id: 12,
  /** AUTH of a pre-shared key with PRF-HMAC-SHA2-256. */
  auth: 40,
  /** SA with one ChaCha20 proposal, which has no key length, and no ESN. */
  smallestChildSa: 32,
  /** TSi and TSr, one IPv4 range each. */
  selectors: 48,
} as const;

/** IDr, AUTH, SA, TSi, TSr: what the smallest whole answer with a pre-shared key holds. */
export const SMALLEST_ANSWER = INNER.id + INNER.auth + INNER.smallestChildSa + INNER.selectors;
/** IDr, AUTH and a bare notify instead of SA, TSi and TSr. */
export const CHILD_REFUSED = INNER.id + INNER.auth + INNER.bareNotify;

import type { Transform } from "../../../src/ike/message.js";
import { PHASE1_ATTRIBUTE } from "../../../src/ike/registries/attributes-v1.js";
import { filler, u32 } from "../ike/bytes.js";
import { ikeMessage, type PayloadBytes } from "../ike/message.js";
import { keV1, nonceV1, type Phase1Options, phase1Transform, proposalsV1, saV1 } from "../ike/payloads-v1.js";
import { ikeSaInit, type InitOptions } from "./ikev2.js";
import type { Message, SaSpis } from "./wire.js";

/** Values of phase 1 attributes (RFC 2409 appendix A). */
const DES = 1;
const TRIPLE_DES = 5;
const MD5 = 1;
const SHA1 = 2;

/** Encryption, hash and group of ike-scan's offer in main mode, as it sends it if it is told nothing else. */
export const SWEEP: readonly Phase1Options[] = [2, 1].flatMap((group) =>
  [TRIPLE_DES, DES].flatMap((encryption) =>
    [SHA1, MD5].map((hash) => ({ encryption, hash, auth: 1, group, seconds: 28800 })),
  ),
);

interface ScanOptions {
  readonly sa?: SaSpis;
  /** ike-scan's own offer by default. */
  readonly offer?: readonly Phase1Options[];
  readonly aggressive?: true;
}

/** A first message as ike-scan and nmap send it: nothing is announced, and authentication stands before the group in each transform. */
export function scanV1({ sa, offer = SWEEP, aggressive }: ScanOptions = {}): Message {
  const transforms = offer.map((options, index) => inScannersOrder(phase1Transform(options, index + 1)));
  const proposal = { number: 1, protocol: 1, spi: new Uint8Array(0), transforms };
  return firstMessage(sa, aggressive === true ? 4 : 2, [
    proposalsV1([proposal]),
    ...(aggressive === true
      ? [
          keV1(filler(128, 3)),
          nonceV1(),
          { type: 5, body: Uint8Array.of(3, 17, ...u32(500).slice(2), ...filler(5, 4)) },
        ]
      : []),
  ]);
}

/** The first message of an old client that announces nothing: its transforms have the group before the authentication. */
export function bareMainMode(offer: readonly Phase1Options[], sa?: SaSpis): Message {
  return firstMessage(sa, 2, [saV1(offer)]);
}

/** IKE_SA_INIT as ike-scan sends it: one proposal with AES and DES, SHA-1 and MD5, and nothing announced. */
export function scanV2(options: Pick<InitOptions, "sa"> = {}): Message {
  return ikeSaInit({
    ...options,
    natDetection: "none",
    group: 2,
    offers: [{ encr: [[12, 256], [12, 128], [3], [2]], prf: [2, 1], integ: [2, 1], group: [2, 5, 14] }],
  });
}

function firstMessage(sa: SaSpis | undefined, exchange: number, payloads: readonly PayloadBytes[]): Message {
  return {
    ...(sa === undefined ? {} : { sa }),
    opens: true,
    encode: (envelope) =>
      ikeMessage({ version: 1, exchange, initiatorSpi: envelope.sa.initiatorSpi, payloads }),
  };
}

function inScannersOrder(transform: Transform): Transform {
  const { ENCRYPTION_ALGORITHM, HASH_ALGORITHM, AUTHENTICATION_METHOD, GROUP_DESCRIPTION } = PHASE1_ATTRIBUTE;
  const first = [ENCRYPTION_ALGORITHM, HASH_ALGORITHM, AUTHENTICATION_METHOD, GROUP_DESCRIPTION];
  const rank = (type: number): number =>
    first.includes(type as 1) ? first.indexOf(type as 1) : first.length;
  return { ...transform, attributes: transform.attributes.toSorted((a, b) => rank(a.type) - rank(b.type)) };
}

import { AUTH_METHOD } from "./authentication.js";
import { GROUP } from "./key-exchange.js";
import { PROTOCOL } from "./protocols.js";
import { ENCR, INTEG, PRF, TRANSFORM_TYPE } from "./transforms-v2.js";

/** An RFC's word against the use of an algorithm. */
export interface AlgorithmStatus {
  readonly level: "MUST NOT" | "SHOULD NOT" | "DEPRECATED";
  readonly reference: string;
}

type StatusRow = readonly [type: number, id: number, level: AlgorithmStatus["level"], reference: string];

/**
 * Status column of https://www.iana.org/assignments/ikev2-parameters, as of 2025-12: deprecated wherever it is used, by
 * RFC 9395 where no requirement of RFC 8247 or RFC 8221 is older.
 */
const DEPRECATED: readonly StatusRow[] = [
  [TRANSFORM_TYPE.ENCR, ENCR.ENCR_DES_IV64, "DEPRECATED", "RFC 9395"],
  [TRANSFORM_TYPE.ENCR, ENCR.ENCR_DES, "DEPRECATED", "RFC 8247"],
  [TRANSFORM_TYPE.ENCR, ENCR.ENCR_RC5, "DEPRECATED", "RFC 9395"],
  [TRANSFORM_TYPE.ENCR, ENCR.ENCR_IDEA, "DEPRECATED", "RFC 9395"],
  [TRANSFORM_TYPE.ENCR, ENCR.ENCR_CAST, "DEPRECATED", "RFC 9395"],
  [TRANSFORM_TYPE.ENCR, ENCR.ENCR_BLOWFISH, "DEPRECATED", "RFC 9395"],
  [TRANSFORM_TYPE.ENCR, ENCR.ENCR_3IDEA, "DEPRECATED", "RFC 9395"],
  [TRANSFORM_TYPE.ENCR, ENCR.ENCR_DES_IV32, "DEPRECATED", "RFC 9395"],
  [TRANSFORM_TYPE.PRF, PRF.PRF_HMAC_MD5, "DEPRECATED", "RFC 8247"],
  [TRANSFORM_TYPE.PRF, PRF.PRF_HMAC_TIGER, "DEPRECATED", "RFC 9395"],
  [TRANSFORM_TYPE.INTEG, INTEG.AUTH_HMAC_MD5_96, "DEPRECATED", "RFC 8247"],
  [TRANSFORM_TYPE.INTEG, INTEG.AUTH_DES_MAC, "DEPRECATED", "RFC 8247"],
  [TRANSFORM_TYPE.INTEG, INTEG.AUTH_KPDK_MD5, "DEPRECATED", "RFC 8247"],
  [TRANSFORM_TYPE.INTEG, INTEG.AUTH_HMAC_MD5_128, "DEPRECATED", "RFC 9395"],
  [TRANSFORM_TYPE.INTEG, INTEG.AUTH_HMAC_SHA1_160, "DEPRECATED", "RFC 9395"],
  [TRANSFORM_TYPE.KE, GROUP.MODP_768, "DEPRECATED", "RFC 8247"],
  [TRANSFORM_TYPE.KE, GROUP.MODP_1024_160, "DEPRECATED", "RFC 8247"],
];

/** IKE itself, RFC 8247 2.1 to 2.4. */
const IKE_REQUIREMENTS: readonly StatusRow[] = [
  [TRANSFORM_TYPE.ENCR, ENCR.ENCR_DES, "MUST NOT", "RFC 8247"],
  [TRANSFORM_TYPE.PRF, PRF.PRF_HMAC_MD5, "MUST NOT", "RFC 8247"],
  [TRANSFORM_TYPE.INTEG, INTEG.AUTH_HMAC_MD5_96, "MUST NOT", "RFC 8247"],
  [TRANSFORM_TYPE.INTEG, INTEG.AUTH_DES_MAC, "MUST NOT", "RFC 8247"],
  [TRANSFORM_TYPE.INTEG, INTEG.AUTH_KPDK_MD5, "MUST NOT", "RFC 8247"],
  [TRANSFORM_TYPE.KE, GROUP.MODP_768, "MUST NOT", "RFC 8247"],
  [TRANSFORM_TYPE.KE, GROUP.MODP_1024, "SHOULD NOT", "RFC 8247"],
  [TRANSFORM_TYPE.KE, GROUP.MODP_1536, "SHOULD NOT", "RFC 8247"],
  [TRANSFORM_TYPE.KE, GROUP.MODP_1024_160, "MUST NOT", "RFC 8247"],
  [TRANSFORM_TYPE.KE, GROUP.MODP_2048_224, "SHOULD NOT", "RFC 8247"],
  [TRANSFORM_TYPE.KE, GROUP.MODP_2048_256, "SHOULD NOT", "RFC 8247"],
];

/** ESP and AH, RFC 8221 5 and 6; the groups of Child SAs are IKE's. */
const ESP_REQUIREMENTS: readonly StatusRow[] = [
  [TRANSFORM_TYPE.ENCR, ENCR.ENCR_DES_IV64, "MUST NOT", "RFC 8221"],
  [TRANSFORM_TYPE.ENCR, ENCR.ENCR_DES, "MUST NOT", "RFC 8221"],
  [TRANSFORM_TYPE.ENCR, ENCR.ENCR_3DES, "SHOULD NOT", "RFC 8221"],
  [TRANSFORM_TYPE.ENCR, ENCR.ENCR_BLOWFISH, "MUST NOT", "RFC 8221"],
  [TRANSFORM_TYPE.ENCR, ENCR.ENCR_3IDEA, "MUST NOT", "RFC 8221"],
  [TRANSFORM_TYPE.ENCR, ENCR.ENCR_DES_IV32, "MUST NOT", "RFC 8221"],
  [TRANSFORM_TYPE.INTEG, INTEG.AUTH_HMAC_MD5_96, "MUST NOT", "RFC 8221"],
  [TRANSFORM_TYPE.INTEG, INTEG.AUTH_DES_MAC, "MUST NOT", "RFC 8221"],
  [TRANSFORM_TYPE.INTEG, INTEG.AUTH_KPDK_MD5, "MUST NOT", "RFC 8221"],
  ...IKE_REQUIREMENTS.filter(([type]) => type === TRANSFORM_TYPE.KE),
];

/** IKEv2 authentication methods, RFC 8247 3.1. */
const AUTH_METHOD_STATUS: ReadonlyMap<number, AlgorithmStatus> = new Map([
  [AUTH_METHOD.DSS_DIGITAL_SIGNATURE, { level: "SHOULD NOT", reference: "RFC 8247" }],
]);

/** Transform types have less than 256 numbers, transform IDs 65,536. */
const key = (type: number, id: number): number => type * 65_536 + id;

/** A requirement says more than the deprecation, so it comes later and wins. */
const byKey = (requirements: readonly StatusRow[]): ReadonlyMap<number, AlgorithmStatus> =>
  new Map(
    [...DEPRECATED, ...requirements].map(([type, id, level, reference]) => [
      key(type, id),
      { level, reference },
    ]),
  );

const DEPRECATION = byKey([]);
const IKE_STATUS = byKey(IKE_REQUIREMENTS);
const ESP_STATUS = byKey(ESP_REQUIREMENTS);

/**
 * What an RFC says against an IKEv2 transform in a proposal for this protocol (1 IKE, 2 AH, 3 ESP); null where nothing.
 * Additional key exchanges (RFC 9370) are judged as the first one is.
 */
export function transformStatus(protocol: number, type: number, id: number): AlgorithmStatus | null {
  const isAdditionalKe = type >= TRANSFORM_TYPE.ADDKE1 && type <= TRANSFORM_TYPE.ADDKE7;
  const table = protocol === PROTOCOL.IKE ? IKE_STATUS : ESP_STATUS;
  return table.get(key(isAdditionalKe ? TRANSFORM_TYPE.KE : type, id)) ?? null;
}

/** Whether an RFC deprecates a transform wherever it is used; null where none does. */
export function deprecation(type: number, id: number): AlgorithmStatus | null {
  return DEPRECATION.get(key(type, id)) ?? null;
}

/** The RFC that advises against an IKEv2 authentication method, and how; null where none does. */
export function authMethodStatus(method: number): AlgorithmStatus | null {
  return AUTH_METHOD_STATUS.get(method) ?? null;
}

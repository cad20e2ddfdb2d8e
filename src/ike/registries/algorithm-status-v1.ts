import { type AlgorithmStatus, deprecation, transformStatus } from "./algorithm-status.js";
import { PHASE1_ATTRIBUTE, PHASE1_ENCRYPTION, PHASE1_HASHES } from "./attributes-v1.js";
import { AH_TRANSFORMS, ESP_TRANSFORMS, PHASE2_ATTRIBUTE, PHASE2_AUTHENTICATION } from "./ipsec-doi.js";
import { PROTOCOL } from "./protocols.js";
import { numbersOf } from "./registry.js";
import { ENCR, INTEG, PRF, TRANSFORM_TYPE } from "./transforms-v2.js";

/**
 * RFC 9395 deprecates IKEv1 as a whole and closes its registries, which for that reason have no status of their own. What
 * an RFC says against an algorithm is said by its number in IKEv2, whose status column (RFC 9395) is meant for those that
 * "are associated with IKEv1" too; for ESP and AH the requirements of RFC 8221 hold, whoever negotiates them.
 */
export const IKEV1_STATUS: AlgorithmStatus = { level: "DEPRECATED", reference: "RFC 9395" };

/** The transform of IKEv2 that is the same algorithm. */
type SameInV2 = readonly [type: number, id: number];
type Rows = readonly (readonly [number: number, same: SameInV2])[];

const PHASE1 = { ...numbersOf(PHASE1_ENCRYPTION), ...numbersOf(PHASE1_HASHES) };
const ESP = numbersOf(ESP_TRANSFORMS);
const AH = numbersOf(AH_TRANSFORMS);
const PHASE2 = numbersOf(PHASE2_AUTHENTICATION);

const PHASE1_SAME: Readonly<Record<"encryption" | "hash", Rows>> = {
  encryption: [
    [PHASE1.DES_CBC, [TRANSFORM_TYPE.ENCR, ENCR.ENCR_DES]],
    [PHASE1.IDEA_CBC, [TRANSFORM_TYPE.ENCR, ENCR.ENCR_IDEA]],
    [PHASE1.BLOWFISH_CBC, [TRANSFORM_TYPE.ENCR, ENCR.ENCR_BLOWFISH]],
    [PHASE1.RC5_R16_B64_CBC, [TRANSFORM_TYPE.ENCR, ENCR.ENCR_RC5]],
    [PHASE1.CAST_CBC, [TRANSFORM_TYPE.ENCR, ENCR.ENCR_CAST]],
  ],
  hash: [
    [PHASE1.MD5, [TRANSFORM_TYPE.PRF, PRF.PRF_HMAC_MD5]],
    [PHASE1.TIGER, [TRANSFORM_TYPE.PRF, PRF.PRF_HMAC_TIGER]],
  ],
};

const ESP_SAME: Rows = [
  [ESP.ESP_DES_IV64, [TRANSFORM_TYPE.ENCR, ENCR.ENCR_DES_IV64]],
  [ESP.ESP_DES, [TRANSFORM_TYPE.ENCR, ENCR.ENCR_DES]],
  [ESP.ESP_3DES, [TRANSFORM_TYPE.ENCR, ENCR.ENCR_3DES]],
  [ESP.ESP_RC5, [TRANSFORM_TYPE.ENCR, ENCR.ENCR_RC5]],
  [ESP.ESP_IDEA, [TRANSFORM_TYPE.ENCR, ENCR.ENCR_IDEA]],
  [ESP.ESP_CAST, [TRANSFORM_TYPE.ENCR, ENCR.ENCR_CAST]],
  [ESP.ESP_BLOWFISH, [TRANSFORM_TYPE.ENCR, ENCR.ENCR_BLOWFISH]],
  [ESP.ESP_3IDEA, [TRANSFORM_TYPE.ENCR, ENCR.ENCR_3IDEA]],
  [ESP.ESP_DES_IV32, [TRANSFORM_TYPE.ENCR, ENCR.ENCR_DES_IV32]],
];

const AH_SAME: Rows = [
  [AH.AH_MD5, [TRANSFORM_TYPE.INTEG, INTEG.AUTH_HMAC_MD5_96]],
  [AH.AH_DES, [TRANSFORM_TYPE.INTEG, INTEG.AUTH_DES_MAC]],
];

const AUTHENTICATION_SAME: Rows = [
  [PHASE2.HMAC_MD5, [TRANSFORM_TYPE.INTEG, INTEG.AUTH_HMAC_MD5_96]],
  [PHASE2.DES_MAC, [TRANSFORM_TYPE.INTEG, INTEG.AUTH_DES_MAC]],
  [PHASE2.KPDK, [TRANSFORM_TYPE.INTEG, INTEG.AUTH_KPDK_MD5]],
];

/** The RFC that advises against the value of a phase 1 attribute, and how; null where none does. */
export function phase1Status(attribute: number, value: number): AlgorithmStatus | null {
  switch (attribute) {
    case PHASE1_ATTRIBUTE.ENCRYPTION_ALGORITHM:
      return deprecated(PHASE1_SAME.encryption, value);
    case PHASE1_ATTRIBUTE.HASH_ALGORITHM:
      return deprecated(PHASE1_SAME.hash, value);
    case PHASE1_ATTRIBUTE.GROUP_DESCRIPTION:
      return deprecation(TRANSFORM_TYPE.KE, value);
    default:
      return null;
  }
}

/** The same for an attribute of phase 2. */
export function phase2Status(attribute: number, value: number): AlgorithmStatus | null {
  if (attribute === PHASE2_ATTRIBUTE.GROUP_DESCRIPTION) return deprecation(TRANSFORM_TYPE.KE, value);
  return attribute === PHASE2_ATTRIBUTE.AUTHENTICATION_ALGORITHM
    ? required(PROTOCOL.ESP, AUTHENTICATION_SAME, value)
    : null;
}

/** The same for a transform ID of ESP and AH, whose registries depend on the protocol of the proposal. */
export function transformStatusV1(protocol: number, id: number): AlgorithmStatus | null {
  if (protocol === PROTOCOL.ESP) return required(protocol, ESP_SAME, id);
  return protocol === PROTOCOL.AH ? required(protocol, AH_SAME, id) : null;
}

function deprecated(rows: Rows, number: number): AlgorithmStatus | null {
  const same = sameOf(rows, number);
  return same === null ? null : deprecation(...same);
}

function required(protocol: number, rows: Rows, number: number): AlgorithmStatus | null {
  const same = sameOf(rows, number);
  return same === null ? null : transformStatus(protocol, ...same);
}

function sameOf(rows: Rows, number: number): SameInV2 | null {
  return rows.find(([own]) => own === number)?.[1] ?? null;
}

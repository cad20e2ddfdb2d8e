import { namer, numbersOf, unassigned, type NumberRange, type RegistryRow } from "./registry.js";

/**
 * IKEv1 (ISAKMP) exchange types: https://www.iana.org/assignments/isakmp-registry, as of 2025-05.
 * Identity Protection is called Main Mode, Aggressive is called Aggressive Mode (RFC 2409 5), as people do. Microsoft's
 * AuthIP has private numbers ([MS-AIPS] 2.2.1).
 */
export const EXCHANGES_V1 = [
  [0, "NONE", "RFC 2408"],
  [1, "BASE", "RFC 2408"],
  [2, "MAIN_MODE", "RFC 2408"],
  [3, "AUTHENTICATION_ONLY", "RFC 2408"],
  [4, "AGGRESSIVE_MODE", "RFC 2408"],
  [5, "INFORMATIONAL", "RFC 2408"],
  [6, "TRANSACTION", "draft-ietf-ipsec-isakmp-mode-cfg"],
  [32, "QUICK_MODE", "RFC 2409"],
  [33, "NEW_GROUP_MODE", "RFC 2409"],
  [243, "AUTHIP_MAIN_MODE", "[MS-AIPS]"],
  [244, "AUTHIP_QUICK_MODE", "[MS-AIPS]"],
  [245, "AUTHIP_EXTENDED_MODE", "[MS-AIPS]"],
  [246, "AUTHIP_NOTIFY", "[MS-AIPS]"],
] as const satisfies readonly RegistryRow[];

/** IKEv2 exchange types: https://www.iana.org/assignments/ikev2-parameters, as of 2025-05-23. */
export const EXCHANGES_V2 = [
  [34, "IKE_SA_INIT", "RFC 7296"],
  [35, "IKE_AUTH", "RFC 7296"],
  [36, "CREATE_CHILD_SA", "RFC 7296"],
  [37, "INFORMATIONAL", "RFC 7296"],
  [38, "IKE_SESSION_RESUME", "RFC 5723"],
  [39, "GSA_AUTH", "RFC 9838"],
  [40, "GSA_REGISTRATION", "RFC 9838"],
  [41, "GSA_REKEY", "RFC 9838"],
  [42, "GSA_INBAND_REKEY", "RFC 9838"],
  [43, "IKE_INTERMEDIATE", "RFC 9242"],
  [44, "IKE_FOLLOWUP_KE", "RFC 9370"],
] as const satisfies readonly RegistryRow[];

export const EXCHANGE_V1 = numbersOf(EXCHANGES_V1);
export const EXCHANGE_V2 = numbersOf(EXCHANGES_V2);

/** In both versions. */
const PRIVATE_EXCHANGES: NumberRange = [240, 255];

const nameV1 = namer(EXCHANGES_V1, [PRIVATE_EXCHANGES]);
const nameV2 = namer(EXCHANGES_V2, [PRIVATE_EXCHANGES]);

/** Name of an exchange type; `version` is the major version of the message's header. */
export function exchangeName(version: number, number: number): string {
  if (version === 1) return nameV1(number);
  return version === 2 ? nameV2(number) : unassigned(number);
}

/** Whether a message with an IKEv1 header is one of Microsoft's AuthIP, whose notifies differ. */
export function isAuthIp(exchangeType: number): boolean {
  return exchangeType >= EXCHANGE_V1.AUTHIP_MAIN_MODE && exchangeType <= EXCHANGE_V1.AUTHIP_NOTIFY;
}

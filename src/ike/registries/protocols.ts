import { namer, numbersOf, unassigned, type RegistryRow } from "./registry.js";

/** IKEv1 security protocol identifiers: https://www.iana.org/assignments/isakmp-registry, as of 2025-05. */
export const PROTOCOLS_V1 = [
  [1, "ISAKMP", "RFC 2407"],
  [2, "AH", "RFC 2407"],
  [3, "ESP", "RFC 2407"],
  [4, "IPCOMP", "RFC 2407"],
] as const satisfies readonly RegistryRow[];

/** IKEv2 security protocol identifiers: https://www.iana.org/assignments/ikev2-parameters, as of 2025-05-23. */
export const PROTOCOLS_V2 = [
  [1, "IKE", "RFC 7296"],
  [2, "AH", "RFC 7296"],
  [3, "ESP", "RFC 7296"],
  [4, "FC_ESP_HEADER", "RFC 4595"],
  [5, "FC_CT_AUTHENTICATION", "RFC 4595"],
  [6, "GIKE_UPDATE", "RFC 9838"],
] as const satisfies readonly RegistryRow[];

export const PROTOCOL = numbersOf(PROTOCOLS_V2);

const nameV1 = namer(PROTOCOLS_V1, [[249, 255]]);
const nameV2 = namer(PROTOCOLS_V2, [[201, 255]]);

/** Name of a security protocol; 0 ("none" in notifies) is unassigned as any other unknown number. */
export function protocolName(version: number, number: number): string {
  if (version === 1) return nameV1(number);
  return version === 2 ? nameV2(number) : unassigned(number);
}

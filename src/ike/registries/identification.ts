import { namer, numbersOf, type RegistryRow } from "./registry.js";

/** IKEv1 identification types (RFC 2407 4.6.2.1): https://www.iana.org/assignments/isakmp-registry, as of 2025-05. */
export const ID_TYPES_V1 = [
  [1, "IPV4_ADDR", "RFC 2407"],
  [2, "FQDN", "RFC 2407"],
  [3, "USER_FQDN", "RFC 2407"],
  [4, "IPV4_ADDR_SUBNET", "RFC 2407"],
  [5, "IPV6_ADDR", "RFC 2407"],
  [6, "IPV6_ADDR_SUBNET", "RFC 2407"],
  [7, "IPV4_ADDR_RANGE", "RFC 2407"],
  [8, "IPV6_ADDR_RANGE", "RFC 2407"],
  [9, "DER_ASN1_DN", "RFC 2407"],
  [10, "DER_ASN1_GN", "RFC 2407"],
  [11, "KEY_ID", "RFC 2407"],
  [12, "LIST", "RFC 3554"],
] as const satisfies readonly RegistryRow[];

/** IKEv2 identification types (RFC 7296 3.5): https://www.iana.org/assignments/ikev2-parameters, as of 2025-12. */
export const ID_TYPES_V2 = [
  [1, "IPV4_ADDR", "RFC 7296"],
  [2, "FQDN", "RFC 7296"],
  [3, "RFC822_ADDR", "RFC 7296"],
  [5, "IPV6_ADDR", "RFC 7296"],
  [9, "DER_ASN1_DN", "RFC 7296"],
  [10, "DER_ASN1_GN", "RFC 7296"],
  [11, "KEY_ID", "RFC 7296"],
  [12, "FC_NAME", "RFC 4595"],
  [13, "NULL", "RFC 7619"],
] as const satisfies readonly RegistryRow[];

/** Numbers of IKEv1, which those of IKEv2 share as far as they go. */
export const ID_TYPE = numbersOf(ID_TYPES_V1);

const nameV1 = namer(ID_TYPES_V1, [[249, 255]]);
const nameV2 = namer(ID_TYPES_V2, [[201, 255]]);

/** Name of an identification type without its prefix "ID_"; `version` is the major version of the message's header. */
export function idTypeName(version: number, type: number): string {
  return version === 1 ? nameV1(type) : nameV2(type);
}

import { namer, numbersOf, unassigned, type RegistryRow } from "./registry.js";

/**
 * IKEv1 (ISAKMP) payload types: https://www.iana.org/assignments/isakmp-registry, as of 2025-05. From 129 on
 * private numbers in wide use; 133 and up are Microsoft's AuthIP. IANA gave 15 and 16 to GDOI (SAK, SAT), which has a port of its own; on the ports of IKE they are
 * the NAT traversal payloads of drafts 04 to 08.
 */
export const PAYLOAD_TYPES_V1 = [
  [0, "NONE", "RFC 2408"],
  [1, "SA", "RFC 2408"],
  [2, "PROPOSAL", "RFC 2408"],
  [3, "TRANSFORM", "RFC 2408"],
  [4, "KE", "RFC 2408"],
  [5, "ID", "RFC 2408"],
  [6, "CERT", "RFC 2408"],
  [7, "CERTREQ", "RFC 2408"],
  [8, "HASH", "RFC 2408"],
  [9, "SIG", "RFC 2408"],
  [10, "NONCE", "RFC 2408"],
  [11, "NOTIFY", "RFC 2408"],
  [12, "DELETE", "RFC 2408"],
  [13, "VENDOR_ID", "RFC 2408"],
  [14, "ATTRIBUTES", "draft-ietf-ipsec-isakmp-mode-cfg"],
  [15, "NAT-D_DRAFT_04", "draft-ietf-ipsec-nat-t-ike-04"],
  [16, "NAT-OA_DRAFT_04", "draft-ietf-ipsec-nat-t-ike-04"],
  [17, "KD", "RFC 6407"],
  [18, "SEQ", "RFC 6407"],
  [19, "POP", "RFC 3547"],
  [20, "NAT-D", "RFC 3947"],
  [21, "NAT-OA", "RFC 3947"],
  [22, "GAP", "RFC 6407"],
  [129, "GSS_API", "[MS-AIPS]"],
  [130, "NAT-D_DRAFT", "draft-ietf-ipsec-nat-t-ike-03"],
  [131, "NAT-OA_DRAFT", "draft-ietf-ipsec-nat-t-ike-03"],
  [132, "FRAGMENT", "[MS-IKEE]"],
  [133, "CRYPTO", "[MS-AIPS]"],
  [134, "GSS_ID", "[MS-AIPS]"],
  [135, "AUTH", "[MS-AIPS]"],
  [136, "KEY_DICTATION", "[MS-AIPS]"],
  [137, "KEY_DICTATION_WEIGHT", "[MS-AIPS]"],
] as const satisfies readonly RegistryRow[];

/** IKEv2 payload types: https://www.iana.org/assignments/ikev2-parameters, as of 2025-05-23. */
export const PAYLOAD_TYPES_V2 = [
  [0, "NONE", "RFC 7296"],
  [33, "SA", "RFC 7296"],
  [34, "KE", "RFC 7296"],
  [35, "IDi", "RFC 7296"],
  [36, "IDr", "RFC 7296"],
  [37, "CERT", "RFC 7296"],
  [38, "CERTREQ", "RFC 7296"],
  [39, "AUTH", "RFC 7296"],
  [40, "NONCE", "RFC 7296"],
  [41, "NOTIFY", "RFC 7296"],
  [42, "DELETE", "RFC 7296"],
  [43, "VENDOR_ID", "RFC 7296"],
  [44, "TSi", "RFC 7296"],
  [45, "TSr", "RFC 7296"],
  [46, "SK", "RFC 7296"],
  [47, "CP", "RFC 7296"],
  [48, "EAP", "RFC 7296"],
  [49, "GSPM", "RFC 6467"],
  [50, "IDg", "RFC 9838"],
  [51, "GSA", "RFC 9838"],
  [52, "KD", "RFC 9838"],
  [53, "SKF", "RFC 7383"],
  [54, "PS", "RFC 8019"],
] as const satisfies readonly RegistryRow[];

export const PAYLOAD_V1 = numbersOf(PAYLOAD_TYPES_V1);
export const PAYLOAD_V2 = numbersOf(PAYLOAD_TYPES_V2);

const nameV1 = namer(PAYLOAD_TYPES_V1, [[128, 255]]);
const nameV2 = namer(PAYLOAD_TYPES_V2, [[128, 255]]);

/** Name of a payload type; `version` is the major version of the message's header. */
export function payloadName(version: number, number: number): string {
  if (version === 1) return nameV1(number);
  return version === 2 ? nameV2(number) : unassigned(number);
}

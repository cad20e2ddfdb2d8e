import { numbersOf, type RegistryRow } from "./registry.js";

/** IKEv1 (ISAKMP) notify error types, RFC 2408 3.14.1: https://www.iana.org/assignments/isakmp-registry, as of 2025-05. */
export const NOTIFY_ERRORS_V1 = [
  [1, "INVALID-PAYLOAD-TYPE", "RFC 2408"],
  [2, "DOI-NOT-SUPPORTED", "RFC 2408"],
  [3, "SITUATION-NOT-SUPPORTED", "RFC 2408"],
  [4, "INVALID-COOKIE", "RFC 2408"],
  [5, "INVALID-MAJOR-VERSION", "RFC 2408"],
  [6, "INVALID-MINOR-VERSION", "RFC 2408"],
  [7, "INVALID-EXCHANGE-TYPE", "RFC 2408"],
  [8, "INVALID-FLAGS", "RFC 2408"],
  [9, "INVALID-MESSAGE-ID", "RFC 2408"],
  [10, "INVALID-PROTOCOL-ID", "RFC 2408"],
  [11, "INVALID-SPI", "RFC 2408"],
  [12, "INVALID-TRANSFORM-ID", "RFC 2408"],
  [13, "ATTRIBUTES-NOT-SUPPORTED", "RFC 2408"],
  [14, "NO-PROPOSAL-CHOSEN", "RFC 2408"],
  [15, "BAD-PROPOSAL-SYNTAX", "RFC 2408"],
  [16, "PAYLOAD-MALFORMED", "RFC 2408"],
  [17, "INVALID-KEY-INFORMATION", "RFC 2408"],
  [18, "INVALID-ID-INFORMATION", "RFC 2408"],
  [19, "INVALID-CERT-ENCODING", "RFC 2408"],
  [20, "INVALID-CERTIFICATE", "RFC 2408"],
  [21, "CERT-TYPE-UNSUPPORTED", "RFC 2408"],
  [22, "INVALID-CERT-AUTHORITY", "RFC 2408"],
  [23, "INVALID-HASH-INFORMATION", "RFC 2408"],
  [24, "AUTHENTICATION-FAILED", "RFC 2408"],
  [25, "INVALID-SIGNATURE", "RFC 2408"],
  [26, "ADDRESS-NOTIFICATION", "RFC 2408"],
  [27, "NOTIFY-SA-LIFETIME", "RFC 2408"],
  [28, "CERTIFICATE-UNAVAILABLE", "RFC 2408"],
  [29, "UNSUPPORTED-EXCHANGE-TYPE", "RFC 2408"],
  [30, "UNEQUAL-PAYLOAD-LENGTHS", "RFC 2408"],
] as const satisfies readonly RegistryRow[];

/**
 * IKEv1 status types: the same page and, from 24576, https://www.iana.org/assignments/ipsec-registry, as of 2025-05 (IPsec DOI);
 * those above 32767 are private numbers that a document or wide use has given a meaning.
 */
export const NOTIFY_STATUS_V1 = [
  [16384, "CONNECTED", "RFC 2408"],
  [24576, "RESPONDER-LIFETIME", "RFC 2407"],
  [24577, "REPLAY-STATUS", "RFC 2407"],
  [24578, "INITIAL-CONTACT", "RFC 2407"],
  [36136, "R-U-THERE", "RFC 3706"],
  [36137, "R-U-THERE-ACK", "RFC 3706"],
  [40501, "UNITY-LOAD-BALANCE", "Cisco"],
  [40503, "UNITY-GROUP-HASH", "Cisco"],
] as const satisfies readonly RegistryRow[];

/** Numbers of both tables by name. */
export const NOTIFY_V1 = { ...numbersOf(NOTIFY_ERRORS_V1), ...numbersOf(NOTIFY_STATUS_V1) } as const;

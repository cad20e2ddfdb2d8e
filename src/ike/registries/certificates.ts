import { namer, numbersOf, type RegistryRow } from "./registry.js";

/** IKEv1 certificate encodings (RFC 2408 3.9): https://www.iana.org/assignments/isakmp-registry, as of 2025-05. */
export const CERT_ENCODINGS_V1 = [
  [0, "NONE", "RFC 2408"],
  [1, "PKCS7", "RFC 2408"],
  [2, "PGP", "RFC 2408"],
  [3, "DNS_SIGNED_KEY", "RFC 2408"],
  [4, "X509_SIGNATURE", "RFC 2408"],
  [5, "X509_KEY_EXCHANGE", "RFC 2408"],
  [6, "KERBEROS_TOKENS", "RFC 2408"],
  [7, "CRL", "RFC 2408"],
  [8, "ARL", "RFC 2408"],
  [9, "SPKI", "RFC 2408"],
  [10, "X509_ATTRIBUTE", "RFC 2408"],
] as const satisfies readonly RegistryRow[];

/** IKEv2 certificate encodings (RFC 7296 3.6): https://www.iana.org/assignments/ikev2-parameters, as of 2025-12. */
export const CERT_ENCODINGS_V2 = [
  [1, "PKCS7", "RFC 7296"],
  [2, "PGP", "RFC 7296"],
  [3, "DNS_SIGNED_KEY", "RFC 7296"],
  [4, "X509_SIGNATURE", "RFC 7296"],
  [6, "KERBEROS_TOKENS", "RFC 7296"],
  [7, "CRL", "RFC 7296"],
  [8, "ARL", "RFC 7296"],
  [9, "SPKI", "RFC 7296"],
  [10, "X509_ATTRIBUTE", "RFC 7296"],
  [11, "RAW_RSA_KEY", "RFC 7296"],
  [12, "HASH_AND_URL_X509", "RFC 7296"],
  [13, "HASH_AND_URL_BUNDLE", "RFC 7296"],
  [14, "OCSP_CONTENT", "RFC 4806"],
  [15, "RAW_PUBLIC_KEY", "RFC 7670"],
] as const satisfies readonly RegistryRow[];

export const CERT_ENCODING = numbersOf(CERT_ENCODINGS_V2);

const nameV1 = namer(CERT_ENCODINGS_V1);
const nameV2 = namer(CERT_ENCODINGS_V2, [[201, 255]]);

/** Name of a certificate encoding; `version` is the major version of the message's header. */
export function certificateEncodingName(version: number, encoding: number): string {
  return version === 1 ? nameV1(encoding) : nameV2(encoding);
}

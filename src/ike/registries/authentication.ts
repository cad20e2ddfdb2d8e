import { namer, numbersOf, type RegistryRow } from "./registry.js";

/** IKEv2 authentication methods: https://www.iana.org/assignments/ikev2-parameters, as of 2025-12. */
export const AUTH_METHODS = [
  [1, "RSA_DIGITAL_SIGNATURE", "RFC 7296"],
  [2, "SHARED_KEY_MIC", "RFC 7296"],
  [3, "DSS_DIGITAL_SIGNATURE", "RFC 7296"],
  [9, "ECDSA_SHA256_P256", "RFC 4754"],
  [10, "ECDSA_SHA384_P384", "RFC 4754"],
  [11, "ECDSA_SHA512_P521", "RFC 4754"],
  [12, "GENERIC_SECURE_PASSWORD", "RFC 6467"],
  [13, "NULL_AUTHENTICATION", "RFC 7619"],
  [14, "DIGITAL_SIGNATURE", "RFC 7427"],
] as const satisfies readonly RegistryRow[];

export const AUTH_METHOD = numbersOf(AUTH_METHODS);

/** Name of an IKEv2 authentication method. */
export const authMethodName: (method: number) => string = namer(AUTH_METHODS, [[201, 255]]);

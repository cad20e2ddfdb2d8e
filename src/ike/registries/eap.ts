import { namer, numbersOf, type RegistryRow } from "./registry.js";

/** EAP codes: https://www.iana.org/assignments/eap-numbers, as of 2025-12. */
export const EAP_CODES = [
  [1, "REQUEST", "RFC 3748"],
  [2, "RESPONSE", "RFC 3748"],
  [3, "SUCCESS", "RFC 3748"],
  [4, "FAILURE", "RFC 3748"],
  [5, "INITIATE", "RFC 6696"],
  [6, "FINISH", "RFC 6696"],
] as const satisfies readonly RegistryRow[];

/** EAP method types: the same page; those that VPNs meet. */
export const EAP_METHODS = [
  [1, "IDENTITY", "RFC 3748"],
  [2, "NOTIFICATION", "RFC 3748"],
  [3, "NAK", "RFC 3748"],
  [4, "MD5", "RFC 3748"],
  [5, "OTP", "RFC 3748"],
  [6, "GTC", "RFC 3748"],
  [13, "TLS", "RFC 5216"],
  [17, "LEAP", "Cisco"],
  [18, "SIM", "RFC 4186"],
  [21, "TTLS", "RFC 5281"],
  [23, "AKA", "RFC 4187"],
  [25, "PEAP", "[MS-PEAP]"],
  [26, "MSCHAPV2", "[MS-CHAP]"],
  [43, "FAST", "RFC 4851"],
  [47, "PSK", "RFC 4764"],
  [49, "IKEV2", "RFC 5106"],
  [50, "AKA_PRIME", "RFC 9048"],
  [51, "GPSK", "RFC 5433"],
  [52, "PWD", "RFC 5931"],
  [53, "EKE", "RFC 6124"],
  [55, "TEAP", "RFC 7170"],
  [254, "EXPANDED", "RFC 3748"],
  [255, "EXPERIMENTAL", "RFC 3748"],
] as const satisfies readonly RegistryRow[];

/**
 * Vendors of expanded types: https://www.iana.org/assignments/enterprise-numbers, as of 2025-12; those that VPNs meet. 0 is
 * the IETF's own space (RFC 3748 5.7).
 */
export const EAP_VENDORS = [
  [0, "IETF", "RFC 3748"],
  [9, "Cisco", "Cisco"],
  [311, "Microsoft", "Microsoft"],
  [10415, "3GPP", "3GPP TS 24.502"],
  [14122, "Wi-Fi-Alliance", "Wi-Fi Alliance"],
] as const satisfies readonly RegistryRow[];

export const EAP_CODE = numbersOf(EAP_CODES);
export const EAP_METHOD = numbersOf(EAP_METHODS);
export const EAP_VENDOR = numbersOf(EAP_VENDORS);

export const eapCodeName: (code: number) => string = namer(EAP_CODES);
export const eapMethodName: (method: number) => string = namer(EAP_METHODS);

const vendorNames = new Map<number, string>(EAP_VENDORS.map(([number, name]) => [number, name]));

/** Name of an enterprise number that expanded EAP types use; the number itself where it has none here. */
export function eapVendorName(vendor: number): string {
  return vendorNames.get(vendor) ?? String(vendor);
}

/**
 * Why a daemon refused its peer, or was refused by it, in the daemon's own words. Causes that begin with `told` are what the other
 * side's notify or EAP message says; all others are what the host itself found.
 */
export type RefusalCause =
  | "psk-differs"
  | "psk-missing"
  | "identity-unknown"
  | "identity-differs"
  | "method-not-allowed"
  | "certificate-validity"
  | "certificate-revoked"
  | "ca-unknown"
  | "certificate-not-trusted"
  | "signature-wrong"
  | "told-authentication-failed"
  | "eap-no-secret"
  | "eap-failed"
  | "told-eap-failed"
  | "xauth-no-secret"
  | "xauth-failed"
  | "told-xauth-failed"
  | "proposals"
  | "told-no-proposal-chosen"
  | "selectors"
  | "told-ts-unacceptable";

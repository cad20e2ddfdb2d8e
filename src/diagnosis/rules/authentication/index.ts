import { authenticationFailed } from "./authentication-failed.js";
import { keysDiffer } from "./keys-differ.js";
import { certificateExpired } from "./certificate-expired.js";
import { certificateNotYetValid } from "./certificate-not-yet-valid.js";
import { eapFailed } from "./eap-failed.js";
import { eapStalled } from "./eap-stalled.js";
import { authenticationRejectedByInitiator } from "./authentication-rejected-by-initiator.js";
import { xauthStalled } from "./xauth-stalled.js";
import { ppkMismatch } from "./ppk-mismatch.js";

/** The rules of this folder. */
export const AUTHENTICATION = {
  "authentication-failed": authenticationFailed,
  "keys-differ": keysDiffer,
  "certificate-expired": certificateExpired,
  "certificate-not-yet-valid": certificateNotYetValid,
  "eap-failed": eapFailed,
  "eap-stalled": eapStalled,
  "authentication-rejected-by-initiator": authenticationRejectedByInitiator,
  "xauth-stalled": xauthStalled,
  "ppk-mismatch": ppkMismatch,
};

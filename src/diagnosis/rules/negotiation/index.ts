import { ikeNoProposalChosen } from "./ike-no-proposal-chosen.js";
import { ikeInvalidKeLoop } from "./ike-invalid-ke-loop.js";
import { ikeInvalidKeRetry } from "./ike-invalid-ke-retry.js";
import { ikeVersionMismatch } from "./ike-version-mismatch.js";
import { cookieChallenge } from "./cookie-challenge.js";
import { ikeUnsupportedExtension } from "./ike-unsupported-extension.js";
import { ikeRefused } from "./ike-refused.js";
import { ikeMalformed } from "./ike-malformed.js";
import { ikeScanned } from "./ike-scanned.js";
import { weakCrypto } from "./weak-crypto.js";
import { redirected } from "./redirected.js";
import { redirectLoop } from "./redirect-loop.js";
import { cookieLoop } from "./cookie-loop.js";
import { ikeModeMismatch } from "./ike-mode-mismatch.js";
import { ikeIntermediateFailed } from "./ike-intermediate-failed.js";

/** The rules of this folder. */
export const NEGOTIATION = {
  "ike-no-proposal-chosen": ikeNoProposalChosen,
  "ike-invalid-ke-loop": ikeInvalidKeLoop,
  "ike-invalid-ke-retry": ikeInvalidKeRetry,
  "ike-version-mismatch": ikeVersionMismatch,
  "cookie-challenge": cookieChallenge,
  "ike-unsupported-extension": ikeUnsupportedExtension,
  "ike-refused": ikeRefused,
  "ike-malformed": ikeMalformed,
  "ike-scanned": ikeScanned,
  "weak-crypto": weakCrypto,
  redirected,
  "redirect-loop": redirectLoop,
  "cookie-loop": cookieLoop,
  "ike-mode-mismatch": ikeModeMismatch,
  "ike-intermediate-failed": ikeIntermediateFailed,
};

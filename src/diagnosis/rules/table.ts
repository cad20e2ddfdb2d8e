import type { CaptureRule, TunnelRule } from "../context.js";
import { authenticationFailed } from "./authentication-failed.js";
import { captureCutShort } from "./capture-cut-short.js";
import { captureDuplicates } from "./capture-duplicates.js";
import { captureFilterBlind } from "./capture-filter-blind.js";
import { captureEmpty } from "./capture-empty.js";
import { captureOneDirection } from "./capture-one-direction.js";
import { captureStartsLate } from "./capture-starts-late.js";
import { captureTruncated } from "./capture-truncated.js";
import { childRejected } from "./child-rejected.js";
import { cookieChallenge } from "./cookie-challenge.js";
import { espOneWay } from "./esp-one-way.js";
import { icmpAdminProhibited, icmpHostUnreachable, icmpPortUnreachable } from "./icmp.js";
import { ikeAuthMissing } from "./ike-auth-missing.js";
import { ikeAuthUnanswered } from "./ike-auth-unanswered.js";
import { ikeFragmentsLost } from "./ike-fragments-lost.js";
import { ikeInitUnanswered } from "./ike-init-unanswered.js";
import { ikeInvalidKeLoop, ikeInvalidKeRetry } from "./ike-invalid-ke.js";
import { ikeNoProposalChosen } from "./ike-no-proposal-chosen.js";
import { ikeResponseLost } from "./ike-response-lost.js";
import { ikeVersionMismatch } from "./ike-version-mismatch.js";
import { ipFragmentsLost } from "./ip-fragments-lost.js";
import { natDetected, natForcedEncapsulation } from "./nat-detected.js";
import { natt4500Unanswered } from "./natt-4500-unanswered.js";
import { quickModeUnanswered } from "./quick-mode-unanswered.js";
import { retransmissions } from "./retransmissions.js";
import { tcpEncapsulation } from "./tcp-encapsulation.js";

/** Rules about one tunnel; where several speak, the earlier one is nearer to the root. */
export const TUNNEL_RULES: readonly TunnelRule[] = [
  captureOneDirection,
  captureFilterBlind,
  icmpPortUnreachable,
  icmpAdminProhibited,
  icmpHostUnreachable,
  ikeVersionMismatch,
  ikeNoProposalChosen,
  ikeInvalidKeLoop,
  ikeResponseLost,
  ikeInitUnanswered,
  ipFragmentsLost,
  ikeFragmentsLost,
  natt4500Unanswered,
  tcpEncapsulation,
  authenticationFailed,
  ikeAuthUnanswered,
  ikeAuthMissing,
  childRejected,
  quickModeUnanswered,
  espOneWay,
  retransmissions,
  ikeInvalidKeRetry,
  cookieChallenge,
  natDetected,
  natForcedEncapsulation,
  captureStartsLate,
  captureDuplicates,
];

/** Rules about the capture as a whole. */
export const CAPTURE_RULES: readonly CaptureRule[] = [captureEmpty, captureTruncated, captureCutShort];

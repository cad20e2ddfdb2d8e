import type { CaptureRule, TunnelRule } from "../context.js";
import { authenticationFailed } from "./authentication-failed.js";
import { captureCutShort } from "./capture-cut-short.js";
import { captureDuplicates } from "./capture-duplicates.js";
import { captureFilterBlind } from "./capture-filter-blind.js";
import { captureEmpty } from "./capture-empty.js";
import { captureOneDirection } from "./capture-one-direction.js";
import { captureStartsLate } from "./capture-starts-late.js";
import { captureTruncated } from "./capture-truncated.js";
import { certificateExpired, certificateNotYetValid } from "./certificate-validity.js";
import { childRejected } from "./child-rejected.js";
import { cookieChallenge } from "./cookie-challenge.js";
import { espOneWay } from "./esp-one-way.js";
import { espAbsent } from "./esp-absent.js";
import { espAsymmetricSpi } from "./esp-asymmetric-spi.js";
import { espBlocked } from "./esp-blocked.js";
import { espDuplicate } from "./esp-duplicate.js";
import { espLargePacketsLost } from "./esp-large-packets-lost.js";
import { espLoss } from "./esp-loss.js";
import { espNull } from "./esp-null.js";
import { espReordered } from "./esp-reordered.js";
import { espSequenceExhaustion } from "./esp-sequence-exhaustion.js";
import { espSequenceRestart } from "./esp-sequence-restart.js";
import { espStaleSpi } from "./esp-stale-spi.js";
import { espUnknownSpi } from "./esp-unknown-spi.js";
import { plaintextLeak, plaintextMirror } from "./plaintext.js";
import { perResourceSas } from "./per-resource-sas.js";
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
import { dpdTimeout } from "./dpd-timeout.js";
import { rekeyUnanswered } from "./rekey-unanswered.js";
import { rekeyFailed } from "./rekey-failed.js";
import { quickModeUnfinished } from "./quick-mode-unfinished.js";
import { responderSlow } from "./responder-slow.js";
import { saDeletedByPeer } from "./sa-deleted-by-peer.js";
import { peerRestarted } from "./peer-restarted.js";
import { authenticationRejectedByInitiator } from "./authentication-rejected-by-initiator.js";
import { cookieLoop } from "./cookie-loop.js";
import { eapFailed } from "./eap-failed.js";
import { eapStalled } from "./eap-stalled.js";
import { ikeMalformed } from "./ike-malformed.js";
import { ikeUnsupportedExtension } from "./ike-unsupported-extension.js";
import { redirected, redirectLoop } from "./redirect.js";
import { weakCrypto } from "./weak-crypto.js";
import { xauthStalled } from "./xauth-stalled.js";
import { ahThroughNat } from "./ah-through-nat.js";
import { captureDropped } from "./capture-dropped.js";
import { clockJump } from "./clock-jump.js";
import { encapsulationDisagreement } from "./encapsulation-disagreement.js";
import { espFragmented } from "./esp-fragmented.js";
import { icmpFragNeeded } from "./icmp-frag-needed.js";
import { ikeFragmentationNotNegotiated } from "./ike-fragmentation-not-negotiated.js";
import { natClientsCollide } from "./nat-clients-collide.js";
import { natEspPortDiffers } from "./nat-esp-port-differs.js";
import { natIkeAlg } from "./nat-ike-alg.js";
import { natKeepaliveMissing } from "./nat-keepalive-missing.js";
import { natMappingChanged } from "./nat-mapping-changed.js";
import { natMappingExpired } from "./nat-mapping-expired.js";
import { nattNotUsed } from "./natt-not-used.js";
import { messageIdDesync } from "./message-id-desync.js";
import { mobikeFailed } from "./mobike-failed.js";
import { saFlapping } from "./sa-flapping.js";
import { identityFlap } from "./identity-flap.js";
import { lifetimeMismatch } from "./lifetime-mismatch.js";
import { periodicDrop, reauthGap } from "./periodic-drop.js";
import { rekeyCollision } from "./rekey-collision.js";
import { simultaneousInitiation } from "./simultaneous-initiation.js";
import { halfOpenLimit } from "./half-open-limit.js";
import { ikeIntermediateFailed } from "./ike-intermediate-failed.js";
import { ikeModeMismatch } from "./ike-mode-mismatch.js";
import { lostBetweenCaptures } from "./lost-between-captures.js";
import { loadBalancerSplit } from "./load-balancer-split.js";
import { peerSelectivelySilent } from "./peer-selectively-silent.js";
import { ppkMismatch } from "./ppk-mismatch.js";
import { puzzleDemanded } from "./puzzle-demanded.js";
import { pathLost } from "./path-lost.js";
import { tcpEncapsulation } from "./tcp-encapsulation.js";

/** Rules about one tunnel; where several speak, the earlier one is nearer to the root. */
export const TUNNEL_RULES: readonly TunnelRule[] = [
  captureOneDirection,
  captureFilterBlind,
  icmpPortUnreachable,
  icmpAdminProhibited,
  icmpHostUnreachable,
  icmpFragNeeded,
  lostBetweenCaptures,
  ikeVersionMismatch,
  ikeModeMismatch,
  ikeNoProposalChosen,
  ikeInvalidKeLoop,
  ikeUnsupportedExtension,
  redirectLoop,
  loadBalancerSplit,
  cookieLoop,
  ikeResponseLost,
  peerSelectivelySilent,
  natIkeAlg,
  ikeInitUnanswered,
  ikeIntermediateFailed,
  ipFragmentsLost,
  ikeFragmentationNotNegotiated,
  ikeFragmentsLost,
  natt4500Unanswered,
  tcpEncapsulation,
  ppkMismatch,
  certificateExpired,
  certificateNotYetValid,
  authenticationFailed,
  eapFailed,
  eapStalled,
  authenticationRejectedByInitiator,
  ikeAuthUnanswered,
  ikeAuthMissing,
  halfOpenLimit,
  childRejected,
  xauthStalled,
  quickModeUnanswered,
  quickModeUnfinished,
  pathLost,
  rekeyFailed,
  natMappingExpired,
  messageIdDesync,
  mobikeFailed,
  rekeyUnanswered,
  dpdTimeout,
  peerRestarted,
  nattNotUsed,
  ahThroughNat,
  encapsulationDisagreement,
  natEspPortDiffers,
  natMappingChanged,
  natClientsCollide,
  plaintextLeak,
  espStaleSpi,
  espSequenceRestart,
  espAsymmetricSpi,
  espLargePacketsLost,
  espBlocked,
  espOneWay,
  espFragmented,
  espLoss,
  espReordered,
  espDuplicate,
  espSequenceExhaustion,
  espNull,
  espAbsent,
  natKeepaliveMissing,
  identityFlap,
  saFlapping,
  periodicDrop,
  reauthGap,
  lifetimeMismatch,
  simultaneousInitiation,
  rekeyCollision,
  responderSlow,
  retransmissions,
  ikeMalformed,
  weakCrypto,
  puzzleDemanded,
  ikeInvalidKeRetry,
  cookieChallenge,
  redirected,
  natDetected,
  natForcedEncapsulation,
  perResourceSas,
  plaintextMirror,
  saDeletedByPeer,
  espUnknownSpi,
  captureStartsLate,
  captureDuplicates,
];

/** Rules about the capture as a whole. */
export const CAPTURE_RULES: readonly CaptureRule[] = [
  captureEmpty,
  captureTruncated,
  captureCutShort,
  captureDropped,
  clockJump,
];

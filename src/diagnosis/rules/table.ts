import type { CaptureRule, TunnelRule } from "../context.js";
import { authenticationFailed } from "./authentication/authentication-failed.js";
import { captureCutShort } from "./recording/capture-cut-short.js";
import { captureDuplicates } from "./recording/capture-duplicates.js";
import { captureFilterBlind } from "./recording/capture-filter-blind.js";
import { captureEmpty } from "./recording/capture-empty.js";
import { captureOneDirection } from "./recording/capture-one-direction.js";
import { captureStartsLate } from "./recording/capture-starts-late.js";
import { captureTruncated } from "./recording/capture-truncated.js";
import { certificateNotYetValid } from "./authentication/certificate-not-yet-valid.js";
import { certificateExpired } from "./authentication/certificate-expired.js";
import { childRejected } from "./child/child-rejected.js";
import { cookieChallenge } from "./negotiation/cookie-challenge.js";
import { espOneWay } from "./esp/esp-one-way.js";
import { espAbsent } from "./esp/esp-absent.js";
import { espAsymmetricSpi } from "./esp/esp-asymmetric-spi.js";
import { espBlocked } from "./esp/esp-blocked.js";
import { espDuplicate } from "./esp/esp-duplicate.js";
import { espLargePacketsLost } from "./size/esp-large-packets-lost.js";
import { espLoss } from "./esp/esp-loss.js";
import { espNull } from "./esp/esp-null.js";
import { espReordered } from "./esp/esp-reordered.js";
import { espSequenceExhaustion } from "./esp/esp-sequence-exhaustion.js";
import { espSequenceRestart } from "./esp/esp-sequence-restart.js";
import { espStaleSpi } from "./esp/esp-stale-spi.js";
import { espUnknownSpi } from "./esp/esp-unknown-spi.js";
import { plaintextLeak } from "./esp/plaintext-leak.js";
import { plaintextMirror } from "./esp/plaintext-mirror.js";
import { perResourceSas } from "./esp/per-resource-sas.js";
import { icmpHostUnreachable } from "./reachability/icmp-host-unreachable.js";
import { icmpAdminProhibited } from "./reachability/icmp-admin-prohibited.js";
import { icmpPortUnreachable } from "./reachability/icmp-port-unreachable.js";
import { ikeAuthMissing } from "./reachability/ike-auth-missing.js";
import { ikeAuthUnanswered } from "./reachability/ike-auth-unanswered.js";
import { ikeFragmentsLost } from "./size/ike-fragments-lost.js";
import { ikeInitUnanswered } from "./reachability/ike-init-unanswered.js";
import { ikeInvalidKeRetry } from "./negotiation/ike-invalid-ke-retry.js";
import { ikeInvalidKeLoop } from "./negotiation/ike-invalid-ke-loop.js";
import { ikeNoProposalChosen } from "./negotiation/ike-no-proposal-chosen.js";
import { ikeResponseLost } from "./reachability/ike-response-lost.js";
import { ikeVersionMismatch } from "./negotiation/ike-version-mismatch.js";
import { ipFragmentsLost } from "./size/ip-fragments-lost.js";
import { natDetected } from "./nat/nat-detected.js";
import { natForcedEncapsulation } from "./nat/nat-forced-encapsulation.js";
import { natt4500Unanswered } from "./reachability/natt-4500-unanswered.js";
import { quickModeUnanswered } from "./child/quick-mode-unanswered.js";
import { retransmissions } from "./life/retransmissions.js";
import { dpdTimeout } from "./life/dpd-timeout.js";
import { rekeyUnanswered } from "./life/rekey-unanswered.js";
import { rekeyFailed } from "./life/rekey-failed.js";
import { quickModeUnfinished } from "./child/quick-mode-unfinished.js";
import { responderSlow } from "./life/responder-slow.js";
import { saDeletedByPeer } from "./life/sa-deleted-by-peer.js";
import { peerRestarted } from "./life/peer-restarted.js";
import { authenticationRejectedByInitiator } from "./authentication/authentication-rejected-by-initiator.js";
import { cookieLoop } from "./negotiation/cookie-loop.js";
import { eapFailed } from "./authentication/eap-failed.js";
import { eapStalled } from "./authentication/eap-stalled.js";
import { ikeMalformed } from "./negotiation/ike-malformed.js";
import { ikeUnsupportedExtension } from "./negotiation/ike-unsupported-extension.js";
import { redirectLoop } from "./negotiation/redirect-loop.js";
import { redirected } from "./negotiation/redirected.js";
import { weakCrypto } from "./negotiation/weak-crypto.js";
import { xauthStalled } from "./authentication/xauth-stalled.js";
import { ahThroughNat } from "./nat/ah-through-nat.js";
import { captureDropped } from "./recording/capture-dropped.js";
import { clockJump } from "./recording/clock-jump.js";
import { encapsulationDisagreement } from "./nat/encapsulation-disagreement.js";
import { espFragmented } from "./size/esp-fragmented.js";
import { icmpFragNeeded } from "./size/icmp-frag-needed.js";
import { ikeFragmentationNotNegotiated } from "./size/ike-fragmentation-not-negotiated.js";
import { natClientsCollide } from "./nat/nat-clients-collide.js";
import { natEspPortDiffers } from "./nat/nat-esp-port-differs.js";
import { natIkeAlg } from "./nat/nat-ike-alg.js";
import { natKeepaliveMissing } from "./nat/nat-keepalive-missing.js";
import { natMappingChanged } from "./nat/nat-mapping-changed.js";
import { natMappingExpired } from "./nat/nat-mapping-expired.js";
import { nattNotUsed } from "./nat/natt-not-used.js";
import { messageIdDesync } from "./life/message-id-desync.js";
import { mobikeFailed } from "./life/mobike-failed.js";
import { saFlapping } from "./life/sa-flapping.js";
import { identityFlap } from "./life/identity-flap.js";
import { lifetimeMismatch } from "./life/lifetime-mismatch.js";
import { periodicDrop } from "./life/periodic-drop.js";
import { reauthGap } from "./life/reauth-gap.js";
import { rekeyCollision } from "./life/rekey-collision.js";
import { simultaneousInitiation } from "./life/simultaneous-initiation.js";
import { halfOpenLimit } from "./reachability/half-open-limit.js";
import { ikeIntermediateFailed } from "./negotiation/ike-intermediate-failed.js";
import { ikeModeMismatch } from "./negotiation/ike-mode-mismatch.js";
import { lostBetweenCaptures } from "./reachability/lost-between-captures.js";
import { loadBalancerSplit } from "./reachability/load-balancer-split.js";
import { peerSelectivelySilent } from "./reachability/peer-selectively-silent.js";
import { ppkMismatch } from "./authentication/ppk-mismatch.js";
import { puzzleDemanded } from "./reachability/puzzle-demanded.js";
import { pathLost } from "./reachability/path-lost.js";
import { tcpEncapsulation } from "./life/tcp-encapsulation.js";

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

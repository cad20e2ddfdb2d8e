import { type Code, CODES } from "../codes.js";
import type { CaptureRule, HostRule, Rule, TunnelRule } from "../rule.js";
import { hostDropsOutbound } from "./host/host-drops-outbound.js";
import { daemonDeaf } from "./host/daemon-deaf.js";
import { hostDropsInbound } from "./host/host-drops-inbound.js";
import { kernelInstallFailed } from "./host/kernel-install-failed.js";
import { daemonNetlinkDesync } from "./host/daemon-netlink-desync.js";
import { peerConfigMissing } from "./host/peer-config-missing.js";
import { xfrmTemplateMismatch } from "./host/xfrm-template-mismatch.js";
import { xfrmNoState } from "./host/xfrm-no-state.js";
import { xfrmNoPolicy } from "./host/xfrm-no-policy.js";
import { espDroppedBeforeXfrm } from "./host/esp-dropped-before-xfrm.js";
import { kernelDaemonDisagree } from "./host/kernel-daemon-disagree.js";
import { evidenceOfAnotherHost } from "./host/evidence-of-another-host.js";
import { evidenceClockShifted } from "./host/evidence-clock-shifted.js";
import { evidenceClockUnknown } from "./host/evidence-clock-unknown.js";
import { evidenceLogPartial } from "./host/evidence-log-partial.js";
import { xfrmCounterUnexplained } from "./host/xfrm-counter-unexplained.js";
import { ikeInitUnanswered } from "./reachability/ike-init-unanswered.js";
import { natt4500Unanswered } from "./reachability/natt-4500-unanswered.js";
import { ikeAuthUnanswered } from "./reachability/ike-auth-unanswered.js";
import { ikeAuthMissing } from "./reachability/ike-auth-missing.js";
import { ikeResponseLost } from "./reachability/ike-response-lost.js";
import { icmpProtocolUnreachable } from "./reachability/icmp-protocol-unreachable.js";
import { icmpPortUnreachable } from "./reachability/icmp-port-unreachable.js";
import { icmpAdminProhibited } from "./reachability/icmp-admin-prohibited.js";
import { icmpHostUnreachable } from "./reachability/icmp-host-unreachable.js";
import { peerSelectivelySilent } from "./reachability/peer-selectively-silent.js";
import { halfOpenLimit } from "./reachability/half-open-limit.js";
import { lostBetweenCaptures } from "./reachability/lost-between-captures.js";
import { loadBalancerSplit } from "./reachability/load-balancer-split.js";
import { puzzleDemanded } from "./reachability/puzzle-demanded.js";
import { pathLost } from "./reachability/path-lost.js";
import { ikeNoProposalChosen } from "./negotiation/ike-no-proposal-chosen.js";
import { ikeInvalidKeLoop } from "./negotiation/ike-invalid-ke-loop.js";
import { ikeInvalidKeRetry } from "./negotiation/ike-invalid-ke-retry.js";
import { ikeVersionMismatch } from "./negotiation/ike-version-mismatch.js";
import { cookieChallenge } from "./negotiation/cookie-challenge.js";
import { ikeUnsupportedExtension } from "./negotiation/ike-unsupported-extension.js";
import { ikeRefused } from "./negotiation/ike-refused.js";
import { ikeMalformed } from "./negotiation/ike-malformed.js";
import { weakCrypto } from "./negotiation/weak-crypto.js";
import { redirected } from "./negotiation/redirected.js";
import { redirectLoop } from "./negotiation/redirect-loop.js";
import { cookieLoop } from "./negotiation/cookie-loop.js";
import { ikeModeMismatch } from "./negotiation/ike-mode-mismatch.js";
import { ikeIntermediateFailed } from "./negotiation/ike-intermediate-failed.js";
import { authenticationFailed } from "./authentication/authentication-failed.js";
import { keysDiffer } from "./authentication/keys-differ.js";
import { certificateExpired } from "./authentication/certificate-expired.js";
import { certificateNotYetValid } from "./authentication/certificate-not-yet-valid.js";
import { eapFailed } from "./authentication/eap-failed.js";
import { eapStalled } from "./authentication/eap-stalled.js";
import { authenticationRejectedByInitiator } from "./authentication/authentication-rejected-by-initiator.js";
import { xauthStalled } from "./authentication/xauth-stalled.js";
import { ppkMismatch } from "./authentication/ppk-mismatch.js";
import { childRejected } from "./child/child-rejected.js";
import { childTsUnacceptable } from "./child/child-ts-unacceptable.js";
import { childTsNarrowed } from "./child/child-ts-narrowed.js";
import { childNoProposalChosen } from "./child/child-no-proposal-chosen.js";
import { quickModeUnanswered } from "./child/quick-mode-unanswered.js";
import { quickModeUnfinished } from "./child/quick-mode-unfinished.js";
import { ipFragmentsLost } from "./size/ip-fragments-lost.js";
import { ikeFragmentsLost } from "./size/ike-fragments-lost.js";
import { ikeFragmentationNotNegotiated } from "./size/ike-fragmentation-not-negotiated.js";
import { icmpFragNeeded } from "./size/icmp-frag-needed.js";
import { espLargePacketsLost } from "./size/esp-large-packets-lost.js";
import { espFragmented } from "./size/esp-fragmented.js";
import { natDetected } from "./nat/nat-detected.js";
import { natForcedEncapsulation } from "./nat/nat-forced-encapsulation.js";
import { nattNotUsed } from "./nat/natt-not-used.js";
import { encapsulationDisagreement } from "./nat/encapsulation-disagreement.js";
import { natEspPortDiffers } from "./nat/nat-esp-port-differs.js";
import { natMappingChanged } from "./nat/nat-mapping-changed.js";
import { natKeepaliveMissing } from "./nat/nat-keepalive-missing.js";
import { natMappingExpired } from "./nat/nat-mapping-expired.js";
import { natIkeAlg } from "./nat/nat-ike-alg.js";
import { natClientsCollide } from "./nat/nat-clients-collide.js";
import { ahThroughNat } from "./nat/ah-through-nat.js";
import { espOneWay } from "./esp/esp-one-way.js";
import { espBlocked } from "./esp/esp-blocked.js";
import { espAbsent } from "./esp/esp-absent.js";
import { espAsymmetricSpi } from "./esp/esp-asymmetric-spi.js";
import { espStaleSpi } from "./esp/esp-stale-spi.js";
import { espUnknownSpi } from "./esp/esp-unknown-spi.js";
import { espLoss } from "./esp/esp-loss.js";
import { espReordered } from "./esp/esp-reordered.js";
import { espDuplicate } from "./esp/esp-duplicate.js";
import { espSequenceRestart } from "./esp/esp-sequence-restart.js";
import { espSequenceExhaustion } from "./esp/esp-sequence-exhaustion.js";
import { espIntegrityFailed } from "./esp/esp-integrity-failed.js";
import { espNull } from "./esp/esp-null.js";
import { perResourceSas } from "./esp/per-resource-sas.js";
import { plaintextLeak } from "./esp/plaintext-leak.js";
import { plaintextMirror } from "./esp/plaintext-mirror.js";
import { retransmissions } from "./life/retransmissions.js";
import { tcpEncapsulation } from "./life/tcp-encapsulation.js";
import { dpdTimeout } from "./life/dpd-timeout.js";
import { rekeyUnanswered } from "./life/rekey-unanswered.js";
import { rekeyFailed } from "./life/rekey-failed.js";
import { responderSlow } from "./life/responder-slow.js";
import { saDeletedByPeer } from "./life/sa-deleted-by-peer.js";
import { peerRestarted } from "./life/peer-restarted.js";
import { messageIdDesync } from "./life/message-id-desync.js";
import { mobikeFailed } from "./life/mobike-failed.js";
import { saFlapping } from "./life/sa-flapping.js";
import { identityFlap } from "./life/identity-flap.js";
import { periodicDrop } from "./life/periodic-drop.js";
import { reauthGap } from "./life/reauth-gap.js";
import { simultaneousInitiation } from "./life/simultaneous-initiation.js";
import { rekeyCollision } from "./life/rekey-collision.js";
import { lifetimeMismatch } from "./life/lifetime-mismatch.js";
import { captureEmpty } from "./recording/capture-empty.js";
import { captureTruncated } from "./recording/capture-truncated.js";
import { captureCutShort } from "./recording/capture-cut-short.js";
import { captureEndsEarly } from "./recording/capture-ends-early.js";
import { captureFilterBlind } from "./recording/capture-filter-blind.js";
import { captureOneDirection } from "./recording/capture-one-direction.js";
import { captureStartsLate } from "./recording/capture-starts-late.js";
import { captureDuplicates } from "./recording/capture-duplicates.js";
import { captureDropped } from "./recording/capture-dropped.js";
import { clockJump } from "./recording/clock-jump.js";

/** Every verdict that ikescope knows, in the order in which they are listed: from reachability to the recording itself. */
export const RULES: { readonly [C in Code]: Rule<C> } = {
  // reachability
  "ike-init-unanswered": ikeInitUnanswered,
  "natt-4500-unanswered": natt4500Unanswered,
  "ike-auth-unanswered": ikeAuthUnanswered,
  "ike-auth-missing": ikeAuthMissing,
  "ike-response-lost": ikeResponseLost,
  "icmp-port-unreachable": icmpPortUnreachable,
  "icmp-admin-prohibited": icmpAdminProhibited,
  "icmp-host-unreachable": icmpHostUnreachable,
  "icmp-protocol-unreachable": icmpProtocolUnreachable,
  "peer-selectively-silent": peerSelectivelySilent,
  "half-open-limit": halfOpenLimit,
  "lost-between-captures": lostBetweenCaptures,
  "load-balancer-split": loadBalancerSplit,
  "puzzle-demanded": puzzleDemanded,
  "path-lost": pathLost,

  // host
  "host-drops-outbound": hostDropsOutbound,
  "daemon-deaf": daemonDeaf,
  "host-drops-inbound": hostDropsInbound,
  "kernel-install-failed": kernelInstallFailed,
  "daemon-netlink-desync": daemonNetlinkDesync,
  "peer-config-missing": peerConfigMissing,
  "xfrm-template-mismatch": xfrmTemplateMismatch,
  "xfrm-no-state": xfrmNoState,
  "xfrm-no-policy": xfrmNoPolicy,
  "esp-dropped-before-xfrm": espDroppedBeforeXfrm,
  "kernel-daemon-disagree": kernelDaemonDisagree,
  "evidence-of-another-host": evidenceOfAnotherHost,
  "evidence-clock-unknown": evidenceClockUnknown,
  "evidence-clock-shifted": evidenceClockShifted,
  "evidence-log-partial": evidenceLogPartial,
  "xfrm-counter-unexplained": xfrmCounterUnexplained,

  // negotiation
  "ike-no-proposal-chosen": ikeNoProposalChosen,
  "ike-invalid-ke-loop": ikeInvalidKeLoop,
  "ike-invalid-ke-retry": ikeInvalidKeRetry,
  "ike-version-mismatch": ikeVersionMismatch,
  "cookie-challenge": cookieChallenge,
  "ike-unsupported-extension": ikeUnsupportedExtension,
  "ike-refused": ikeRefused,
  "ike-malformed": ikeMalformed,
  "weak-crypto": weakCrypto,
  redirected: redirected,
  "redirect-loop": redirectLoop,
  "cookie-loop": cookieLoop,
  "ike-mode-mismatch": ikeModeMismatch,
  "ike-intermediate-failed": ikeIntermediateFailed,

  // authentication
  "authentication-failed": authenticationFailed,
  "keys-differ": keysDiffer,
  "certificate-expired": certificateExpired,
  "certificate-not-yet-valid": certificateNotYetValid,
  "eap-failed": eapFailed,
  "eap-stalled": eapStalled,
  "authentication-rejected-by-initiator": authenticationRejectedByInitiator,
  "xauth-stalled": xauthStalled,
  "ppk-mismatch": ppkMismatch,

  // child
  "child-rejected": childRejected,
  "child-ts-unacceptable": childTsUnacceptable,
  "child-no-proposal-chosen": childNoProposalChosen,
  "child-ts-narrowed": childTsNarrowed,
  "quick-mode-unanswered": quickModeUnanswered,
  "quick-mode-unfinished": quickModeUnfinished,

  // size
  "ip-fragments-lost": ipFragmentsLost,
  "ike-fragments-lost": ikeFragmentsLost,
  "ike-fragmentation-not-negotiated": ikeFragmentationNotNegotiated,
  "icmp-frag-needed": icmpFragNeeded,
  "esp-large-packets-lost": espLargePacketsLost,
  "esp-fragmented": espFragmented,

  // nat
  "nat-detected": natDetected,
  "nat-forced-encapsulation": natForcedEncapsulation,
  "natt-not-used": nattNotUsed,
  "encapsulation-disagreement": encapsulationDisagreement,
  "nat-esp-port-differs": natEspPortDiffers,
  "nat-mapping-changed": natMappingChanged,
  "nat-keepalive-missing": natKeepaliveMissing,
  "nat-mapping-expired": natMappingExpired,
  "nat-ike-alg": natIkeAlg,
  "nat-clients-collide": natClientsCollide,
  "ah-through-nat": ahThroughNat,

  // esp
  "esp-one-way": espOneWay,
  "esp-blocked": espBlocked,
  "esp-absent": espAbsent,
  "esp-asymmetric-spi": espAsymmetricSpi,
  "esp-stale-spi": espStaleSpi,
  "esp-unknown-spi": espUnknownSpi,
  "esp-loss": espLoss,
  "esp-reordered": espReordered,
  "esp-duplicate": espDuplicate,
  "esp-sequence-restart": espSequenceRestart,
  "esp-sequence-exhaustion": espSequenceExhaustion,
  "esp-null": espNull,
  "esp-integrity-failed": espIntegrityFailed,
  "per-resource-sas": perResourceSas,
  "plaintext-leak": plaintextLeak,
  "plaintext-mirror": plaintextMirror,

  // life
  retransmissions: retransmissions,
  "tcp-encapsulation": tcpEncapsulation,
  "dpd-timeout": dpdTimeout,
  "rekey-unanswered": rekeyUnanswered,
  "rekey-failed": rekeyFailed,
  "responder-slow": responderSlow,
  "sa-deleted-by-peer": saDeletedByPeer,
  "peer-restarted": peerRestarted,
  "message-id-desync": messageIdDesync,
  "mobike-failed": mobikeFailed,
  "sa-flapping": saFlapping,
  "identity-flap": identityFlap,
  "periodic-drop": periodicDrop,
  "reauth-gap": reauthGap,
  "simultaneous-initiation": simultaneousInitiation,
  "rekey-collision": rekeyCollision,
  "lifetime-mismatch": lifetimeMismatch,

  // recording
  "capture-empty": captureEmpty,
  "capture-truncated": captureTruncated,
  "capture-cut-short": captureCutShort,
  "capture-ends-early": captureEndsEarly,
  "capture-filter-blind": captureFilterBlind,
  "capture-one-direction": captureOneDirection,
  "capture-starts-late": captureStartsLate,
  "capture-duplicates": captureDuplicates,
  "capture-dropped": captureDropped,
  "clock-jump": clockJump,
};

const byPrecedence: readonly Rule[] = CODES.map((code) => RULES[code]);

/** Rules about one tunnel, by precedence. */
export const TUNNEL_RULES: readonly TunnelRule[] = byPrecedence.filter((rule) => rule.about === "tunnel");

/** Rules about the capture as a whole. */
export const CAPTURE_RULES: readonly CaptureRule[] = byPrecedence.filter((rule) => rule.about === "capture");

/** Rules about what hosts themselves say, by precedence. */
export const HOST_RULES: readonly HostRule[] = byPrecedence.filter((rule) => rule.about === "host");

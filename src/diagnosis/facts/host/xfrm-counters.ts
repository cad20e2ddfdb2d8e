import type { Message } from "../../../texts/message.js";
import type { Code } from "../../codes.js";

/** A counter of /proc/net/xfrm_stat. */
interface XfrmCounter {
  /** The packets that it counts, behind "packets". */
  readonly counts: Message;
  /** Findings that say where such packets come from, at whichever host or tunnel. */
  readonly explainedBy: readonly Code[];
  /** Somebody wanted it so, or it is everyday: nothing to warn of. */
  readonly isEveryday?: true;
}

/** Findings of a setup that does not come up: packets that wait for it are dropped. */
const NOT_UP: readonly Code[] = [
  "icmp-port-unreachable",
  "icmp-admin-prohibited",
  "icmp-host-unreachable",
  "host-drops-outbound",
  "host-drops-inbound",
  "daemon-deaf",
  "daemon-netlink-desync",
  "kernel-install-failed",
  "peer-config-missing",
  "ike-version-mismatch",
  "ike-mode-mismatch",
  "ike-no-proposal-chosen",
  "ike-invalid-ke-loop",
  "ike-init-unanswered",
  "ike-response-lost",
  "ike-fragments-lost",
  "natt-4500-unanswered",
  "keys-differ",
  "certificate-expired",
  "certificate-not-yet-valid",
  "authentication-failed",
  "authentication-rejected-by-initiator",
  "eap-failed",
  "ike-auth-unanswered",
  "half-open-limit",
  "child-ts-unacceptable",
  "child-no-proposal-chosen",
  "child-rejected",
  "quick-mode-unanswered",
  "path-lost",
  "dpd-timeout",
  "rekey-failed",
  "rekey-unanswered",
];

/** Rekeying that went wrong: one side uses a state that the other no longer has. */
const OLD_STATES: readonly Code[] = [
  "esp-stale-spi",
  "rekey-failed",
  "rekey-unanswered",
  "rekey-collision",
  "lifetime-mismatch",
  "reauth-gap",
  "peer-restarted",
  "sa-deleted-by-peer",
];

/** Linux: net/xfrm and Documentation/networking/xfrm_proc.rst, as of 6.18. What a later kernel adds is named without a meaning. */
const COUNTERS: Readonly<Record<string, XfrmCounter>> = {
  XfrmInError: { counts: "refused on the way in for another reason than those below", explainedBy: [] },
  XfrmInBufferError: { counts: "for which the kernel had no memory", explainedBy: [] },
  XfrmInHdrError: { counts: "whose ESP or AH header is damaged", explainedBy: ["esp-integrity-failed"] },
  XfrmInNoStates: {
    counts: "in an SPI for which the kernel has no state",
    explainedBy: ["xfrm-no-state", "kernel-daemon-disagree", ...OLD_STATES],
  },
  XfrmInStateProtoError: {
    counts: "whose ICV is wrong, or that were decrypted to nonsense",
    explainedBy: ["esp-integrity-failed", "keys-differ"],
  },
  XfrmInStateModeError: {
    counts: "of another mode (tunnel, transport) than their state",
    explainedBy: ["encapsulation-disagreement"],
  },
  XfrmInStateSeqError: {
    counts: "repeated, or older than the replay window",
    explainedBy: ["esp-duplicate", "esp-reordered", "esp-sequence-restart", "esp-sequence-exhaustion"],
  },
  XfrmInStateExpired: { counts: "in a state whose lifetime is over", explainedBy: OLD_STATES },
  XfrmInStateMismatch: {
    counts: "with UDP encapsulation although their state has none, or the reverse",
    explainedBy: ["encapsulation-disagreement", "nat-esp-port-differs", "nat-mapping-changed"],
  },
  XfrmInStateInvalid: { counts: "in a state that is being deleted", explainedBy: OLD_STATES },
  XfrmInTmplMismatch: {
    counts: "that were decrypted, or came in clear, and are not what their policy requires",
    explainedBy: ["xfrm-template-mismatch", "esp-asymmetric-spi", "plaintext-leak"],
  },
  XfrmInNoPols: {
    counts: "that were decrypted, and that no policy lets in",
    explainedBy: ["xfrm-no-policy"],
  },
  XfrmInPolBlock: {
    counts: "that a policy blocks on the way in",
    explainedBy: [],
    isEveryday: true,
  },
  XfrmInPolError: { counts: "whose policy on the way in is in error", explainedBy: [] },
  XfrmOutError: { counts: "refused on the way out for another reason than those below", explainedBy: [] },
  XfrmOutBundleGenError: {
    counts: "for which no chain of states could be made",
    explainedBy: ["xfrm-no-state", "kernel-install-failed"],
  },
  XfrmOutBundleCheckError: { counts: "whose chain of states is out of date", explainedBy: [] },
  XfrmOutNoStates: {
    counts: "whose policy finds no state to send them with",
    explainedBy: ["xfrm-no-state", ...NOT_UP],
  },
  XfrmOutStateProtoError: { counts: "that could not be encrypted", explainedBy: [] },
  XfrmOutStateModeError: {
    counts: "too large for the path, or of another mode than their state",
    explainedBy: ["icmp-frag-needed", "esp-large-packets-lost", "esp-fragmented"],
  },
  XfrmOutStateSeqError: {
    counts: "for which no sequence number was left",
    explainedBy: ["esp-sequence-exhaustion"],
  },
  XfrmOutStateExpired: {
    counts: "for a state whose lifetime is over",
    explainedBy: [...OLD_STATES, ...NOT_UP],
  },
  XfrmOutPolBlock: { counts: "that a policy blocks on the way out", explainedBy: [], isEveryday: true },
  XfrmOutPolDead: { counts: "whose policy was being deleted", explainedBy: [] },
  XfrmOutPolError: { counts: "whose policy on the way out is in error", explainedBy: [] },
  XfrmFwdHdrError: { counts: "to be forwarded whose header is damaged", explainedBy: [] },
  XfrmOutStateInvalid: {
    counts: "for a state that is being deleted",
    explainedBy: [...OLD_STATES, ...NOT_UP],
  },
  XfrmAcquireError: {
    counts: "for which no daemon could be asked for a state",
    explainedBy: NOT_UP,
  },
  XfrmOutStateDirError: { counts: "for a state that is for the way in", explainedBy: [] },
  XfrmInStateDirError: { counts: "in a state that is for the way out", explainedBy: [] },
  XfrmInIptfsError: { counts: "whose IP-TFS content is damaged", explainedBy: [] },
  XfrmOutNoQueueSpace: { counts: "for which a queue had no room", explainedBy: [] },
};

/** How that counter is to be read; one that is not known counts what nothing explains. */
export function xfrmCounter(name: string): XfrmCounter {
  return COUNTERS[name] ?? { counts: "of a kind that is not known here", explainedBy: [] };
}

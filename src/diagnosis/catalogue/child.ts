import type { CatalogueEntry } from "./entry.js";

export const CHILD = {
  "child-rejected": {
    severity: "critical",
    title: "The peers authenticate, but the Child SA is refused",
    explanation:
      "The IKE SA comes up, yet the SA that would carry traffic does not: its proposal or its traffic selectors are not accepted.",
    signature:
      "IKEv2: the answer to IKE_AUTH is too long for one notify and too short for SA, TSi and TSr under the negotiated suite, and neither ESP nor another child follows. IKEv1: quick mode 1 is met by an INFORMATIONAL instead of quick mode 2.",
    remedies: [
      "Compare the subnets on both sides: one side's local must be the other side's remote.",
      "Compare the ESP proposals, with PFS group.",
      "The responder's log says which of the two it was: TS_UNACCEPTABLE or NO_PROPOSAL_CHOSEN.",
    ],
    procedures: ["child", "log"],
    references: ["RFC 7296 section 1.2", "RFC 7296 section 2.9"],
  },
  "quick-mode-unanswered": {
    severity: "critical",
    title: "Phase 1 is up, but quick mode is never answered",
    explanation: "The first quick mode message is repeated and no second one comes back.",
    signature:
      "Quick mode 1 repeats on an IKE SA that is up, and neither quick mode 2 nor an INFORMATIONAL comes back.",
    remedies: [
      "Compare proxy IDs (subnets), ESP proposal and PFS group: many IKEv1 responders say nothing when they do not match.",
      "The responder's log names the mismatch.",
    ],
    procedures: ["child", "log"],
    references: ["RFC 2409 section 5.5"],
  },
  "quick-mode-unfinished": {
    severity: "critical",
    title: "Quick mode stops before its third message",
    explanation:
      "The second quick mode message arrives and is repeated, and the third never comes: the answering side does not install the SA.",
    signature:
      "Quick mode 1 is not repeated, quick mode 2 is, at least three times, and quick mode 3 never comes; or it comes each time in vain, the asker sends ESP and the answering side none.",
    remedies: [
      "The asking side's log: whether it accepts Quick Mode 2 and sends Quick Mode 3.",
      "If it does: that packet is lost on the way; capture at the answering side.",
    ],
    procedures: ["log", "capture"],
    references: ["RFC 2409 section 5.5"],
  },
} as const satisfies Record<string, CatalogueEntry>;

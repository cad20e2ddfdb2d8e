import type { CatalogueEntry } from "./entry.js";

export const NEGOTIATION = {
  "ike-no-proposal-chosen": {
    severity: "critical",
    title: "The responder accepts none of the offered IKE proposals",
    explanation:
      "The responder answered with NO_PROPOSAL_CHOSEN: no offered combination of encryption, integrity, PRF and key exchange group is allowed there, or it has no configuration for this peer.",
    remedies: [
      "Compare the printed offer with the responder's configuration and align encryption, integrity, PRF and group on one side.",
      "strongSwan: 'proposals =' of the connection; its log prints 'received proposals' and 'configured proposals'. Libreswan: 'ike='.",
      "Check at the responder that a connection exists for this peer's address and IKE version at all: some implementations answer so when there is none.",
    ],
    references: ["RFC 7296 section 2.7", "RFC 7296 section 2.21.1"],
  },
  "ike-invalid-ke-loop": {
    severity: "critical",
    title: "The peers do not find a common key exchange group",
    explanation:
      "The responder asks again and again for another group (INVALID_KE_PAYLOAD), or for one that the initiator never offered.",
    remedies: [
      "Offer the wanted group at the initiator, and put it first.",
      "Remove groups at the responder that it does not really accept.",
    ],
    references: ["RFC 7296 section 1.2"],
  },
  "ike-invalid-ke-retry": {
    severity: "info",
    title: "One extra round trip: the initiator guessed another key exchange group",
    explanation:
      "The responder asked once for another group and the initiator went on with it. That is normal operation.",
    remedies: [
      "Put the group that the responder wants first in the initiator's proposal to save the round trip.",
    ],
    references: ["RFC 7296 section 1.2"],
  },
  "ike-version-mismatch": {
    severity: "critical",
    title: "The peers speak different IKE versions",
    explanation: "One side uses IKEv1 where the other wants IKEv2, or the reverse.",
    remedies: [
      "Configure the same version at both ends, IKEv2 where both can (strongSwan: 'version = 2'; Libreswan: 'ikev2=insist').",
    ],
    references: ["RFC 7296 section 2.5"],
  },
  "cookie-challenge": {
    severity: "info",
    title: "The responder asked for a cookie before it went on",
    explanation:
      "A responder under load, or with a low threshold, makes the initiator prove its address. One round is normal.",
    remedies: [
      "Nothing to do; if it happens all the time, look at the number of half-open IKE SAs of the responder.",
    ],
    references: ["RFC 7296 section 2.6"],
  },
} as const satisfies Record<string, CatalogueEntry>;

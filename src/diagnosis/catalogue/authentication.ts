import type { CatalogueEntry } from "./entry.js";

export const AUTHENTICATION = {
  "authentication-failed": {
    severity: "critical",
    title: "Authentication fails",
    explanation:
      "The peers agree on algorithms, then the one that checks the other's identity and credentials refuses it.",
    remedies: [
      "Compare identities first, type and value: what the initiator sends as its ID must be what the responder expects, and the reverse (strongSwan: 'local.id' and 'remote.id'; Libreswan: 'leftid', 'rightid').",
      "Then the pre-shared key: the same on both sides, without stray blanks, and selected by the right addresses or identities.",
      "With certificates: the chain, the CA at the side that refuses, validity, and subjectAltName against the ID.",
      "The log of the side that refused names the reason; the wire does not show it.",
    ],
    references: ["RFC 7296 section 2.21.2"],
  },
} as const satisfies Record<string, CatalogueEntry>;

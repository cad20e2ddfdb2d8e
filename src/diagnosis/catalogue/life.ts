import type { CatalogueEntry } from "./entry.js";

export const LIFE = {
  retransmissions: {
    severity: "warning",
    title: "Messages had to be sent more than once",
    explanation: "The exchanges were answered, but only after repeats: packets are lost or answers are slow.",
    remedies: [
      "Look for packet loss on the path (mtr, interface error counters).",
      "Slow answers without loss point at the responder: load, RADIUS, CRL or OCSP look-ups, DNS.",
    ],
    references: ["RFC 7296 section 2.1"],
  },
} as const satisfies Record<string, CatalogueEntry>;

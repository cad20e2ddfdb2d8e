import type { CatalogueEntry } from "./entry.js";

export const SIZE = {
  "ip-fragments-lost": {
    severity: "critical",
    title: "IP fragments of a large IKE message are lost",
    explanation:
      "The message is too large for one packet and travels in IP fragments; not all of them get through, so the receiver never has the whole message.",
    remedies: [
      "Switch on IKE fragmentation at both ends, so that no IP fragments are needed (strongSwan: 'fragmentation = yes'; Libreswan: 'fragmentation=yes').",
      "Send less: smaller certificates, no intermediate certificates that the peer already has.",
      "Let IP fragments pass on the firewalls between the peers; many drop them by default.",
    ],
    references: ["RFC 7383 section 1"],
  },
  "ike-fragments-lost": {
    severity: "critical",
    title: "IKE fragments are lost",
    explanation:
      "The message is sent in IKE fragments (SKF payloads) and at least one of them does not reach the receiver, who can then answer nothing.",
    remedies: [
      "Lower the fragment size (strongSwan: 'fragment_size' in strongswan.conf, for example 1200 and then 576).",
      "Look for a device that polices bursts of UDP or drops packets by size.",
    ],
    references: ["RFC 7383 section 2.5"],
  },
} as const satisfies Record<string, CatalogueEntry>;

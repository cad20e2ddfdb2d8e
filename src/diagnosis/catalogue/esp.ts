import type { CatalogueEntry } from "./entry.js";

export const ESP = {
  "esp-one-way": {
    severity: "critical",
    title: "Encrypted traffic flows in one direction only",
    explanation:
      "One side sends ESP packets and none comes back, although both sides' IKE messages are seen here.",
    signature:
      "ESP of one side counts up and none of the other side comes, though both sides' IKE messages are seen here; or one direction stops and the other goes on.",
    remedies: [
      "At the silent side: do the packets arrive and get decrypted ('ip -s xfrm state', 'swanctl --list-sas': bytes in)? If not: a firewall on the way drops ESP or UDP 4500 data.",
      "If they are decrypted there: routing behind the silent side, its firewall towards the inner network, and a NAT rule that catches the replies before IPsec.",
      "Compare the selectors: replies must match the Child SA's traffic selectors to be encrypted.",
    ],
    procedures: ["status", "route", "firewall"],
    references: ["RFC 4301 section 5.1"],
  },
} as const satisfies Record<string, CatalogueEntry>;

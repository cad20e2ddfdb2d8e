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
  "tcp-encapsulation": {
    severity: "info",
    title: "IKE and ESP over TCP",
    explanation:
      "The peers use TCP instead of UDP, as they do where UDP is blocked. It works, but packets in a tunnel in TCP wait for one another; where the connection fails, the tunnel has no other way.",
    remedies: [
      "Where it works: use UDP 500 and 4500 if the network allows it; TCP costs throughput and delay.",
      "Where the connection is not answered: open the TCP port (4500, or the one configured) in every firewall and cloud security group on the way.",
      "Where it is refused or reset: check that the gateway listens on that TCP port ('ss -ltnp') and speaks IKE there (Libreswan: 'listen-tcp=yes'); a proxy or load balancer on 443 may end connections that are not TLS.",
    ],
    references: ["RFC 9329 section 3", "RFC 9329 section 4", "RFC 9329 section 6.1"],
  },
} as const satisfies Record<string, CatalogueEntry>;

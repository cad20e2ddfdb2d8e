import type { CatalogueEntry } from "./entry.js";

export const NAT = {
  "nat-detected": {
    severity: "info",
    title: "There is address translation between the peers",
    explanation:
      "The NAT detection hashes do not match the addresses and ports on the wire, so a device translates them on the way.",
    remedies: ["Nothing to do: with UDP 4500 open and keepalives on, this is normal operation."],
    references: ["RFC 7296 section 2.23"],
  },
  "nat-forced-encapsulation": {
    severity: "info",
    title: "UDP encapsulation is forced",
    explanation:
      "A peer sends a NAT detection hash of its own address that is wrong on purpose, so that ESP travels in UDP even without NAT.",
    remedies: ["Nothing to do: it is a setting (strongSwan: 'encap = yes', or a userland ESP stack)."],
    references: ["RFC 7296 section 2.23"],
  },
} as const satisfies Record<string, CatalogueEntry>;

import type { Product } from "./product.js";

/** pfSense; its IKE daemon is strongSwan. */
export const PFSENSE: Product = {
  name: "pfSense",
  id: "pfsense",
  implementations: [],
  captureForm: "pcap",
  commands: {
    status: ["Status > IPsec"],
    log: ["Status > System Logs > IPsec", "VPN > IPsec > Advanced Settings: IPsec Debug"],
    capture: ["Diagnostics > Packet Capture"],
    proposals: ["VPN > IPsec: the Phase 1 entry, Encryption Algorithm"],
    child: ["VPN > IPsec > Show Phase 2 Entries"],
    version: ["VPN > IPsec: the Phase 1 entry"],
    credentials: ["VPN > IPsec: the Phase 1 entry", "System > Cert Manager > Certificates"],
    firewall: ["Firewall > Rules > IPsec", "Status > System Logs > Firewall"],
    mss: ["VPN > IPsec > Advanced Settings: Enable MSS clamping on VPN traffic"],
    natTraversal: ["VPN > IPsec: the Phase 1 entry, NAT Traversal"],
  },
};

import type { Product } from "./product.js";

/** OPNsense; its IKE daemon is strongSwan. */
export const OPNSENSE: Product = {
  name: "OPNsense",
  id: "opnsense",
  implementations: [],
  captureForm: "pcap",
  commands: {
    status: ["VPN > IPsec > Status Overview", "VPN > IPsec > Security Policy Database"],
    capture: ["Interfaces > Diagnostics > Packet capture"],
    proposals: ["VPN > IPsec > Connections"],
    child: ["VPN > IPsec > Connections", "VPN > IPsec > Security Policy Database"],
    credentials: ["VPN > IPsec > Pre-Shared Keys", "VPN > IPsec > Key Pairs"],
    firewall: ["Firewall > Rules > WAN", "Firewall > Rules > IPsec"],
    deadPeer: ["VPN > IPsec > Connections: DPD delay (s)"],
    lifetimes: ["VPN > IPsec > Tunnel Settings: Lifetime"],
  },
};

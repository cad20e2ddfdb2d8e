import type { Product } from "./product.js";

/** SonicWall, SonicOS. */
export const SONICWALL: Product = {
  name: "SonicWall",
  id: "sonicwall",
  alsoCalled: ["sonicos"],
  implementations: ["SonicWall"],
  captureForm: "pcap",
  commands: {
    capture: ["System > Packet Monitor"],
    proposals: ["VPN > Settings > Proposals: DH Group, Encryption, Authentication"],
    child: ["VPN > Settings > Proposals: Ipsec (Phase 2) Proposal", "VPN > Settings > Network"],
    version: ["VPN > Settings > Proposals: Exchange"],
    credentials: ["VPN > Settings > General: Shared Secret, Local IKE ID, Peer IKE ID"],
    mss: ["VPN > Advanced: Enable Fragmented Packet Handling, Ignore DF Bit"],
    natTraversal: ["VPN > Advanced: Enable NAT Traversal"],
    deadPeer: ["VPN > Advanced: Enable IKE Dead Peer Detection"],
    lifetimes: ["VPN > Settings > Proposals: Life Time"],
    start: ["VPN > Settings > Advanced: Enable Keep Alive"],
  },
};

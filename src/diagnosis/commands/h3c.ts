import type { Product } from "./product.js";

/** H3C routers and SecPath firewalls, Comware 7. */
export const H3C: Product = {
  name: "H3C",
  id: "h3c",
  alsoCalled: ["comware", "secpath", "新华三"],
  implementations: [],
  captureForm: "pcap",
  commands: {
    status: ["display ike sa", "display ipsec sa", "display ipsec statistics"],
    log: ["debugging ike error remote-address PEER", "debugging ipsec error"],
    capture: ["packet-capture local interface INTERFACE bidirection write flash:/vpn.pcap"],
    proposals: ["display ike proposal", "encryption-algorithm", "authentication-algorithm", "dh"],
    child: ["display ipsec transform-set", "display ipsec policy", "pfs", "security acl"],
    version: ["exchange-mode"],
    credentials: ["ike keychain", "pre-shared-key", "local-identity", "match remote"],
    keepalive: ["ike nat-keepalive"],
    restart: ["reset ike sa", "reset ipsec sa"],
    deadPeer: ["ike dpd"],
    lifetimes: ["sa duration", "ipsec sa global-duration"],
    replayWindow: ["ipsec anti-replay window"],
  },
};

import type { Product } from "./product.js";

/** VyOS 1.4 and newer; its IKE daemon is strongSwan. */
export const VYOS: Product = {
  name: "VyOS",
  id: "vyos",
  implementations: [],
  captureForm: "pcap",
  commands: {
    status: ["show vpn ike sa", "show vpn ipsec sa detail"],
    log: ["show log ipsec"],
    capture: ["monitor traffic interface NAME save"],
    proposals: [
      "set vpn ipsec ike-group NAME proposal 1 encryption aes256gcm128",
      "set vpn ipsec ike-group NAME proposal 1 hash sha256",
      "set vpn ipsec ike-group NAME proposal 1 dh-group 19",
    ],
    child: [
      "show vpn ipsec policy",
      "set vpn ipsec esp-group NAME pfs dh-group19",
      "set vpn ipsec site-to-site peer NAME tunnel 0 local prefix 10.1.0.0/24",
      "set vpn ipsec site-to-site peer NAME tunnel 0 remote prefix 10.2.0.0/24",
    ],
    version: ["set vpn ipsec ike-group NAME key-exchange ikev2"],
    credentials: ["show vpn ike secrets", "set vpn ipsec site-to-site peer NAME authentication remote-id ID"],
    firewall: [
      "set firewall ipv4 input filter rule 10 destination port '500,4500'",
      "set firewall ipv4 input filter rule 15 protocol 'esp'",
    ],
    mss: ["set interfaces ethernet NAME ip adjust-mss MSS"],
    natTraversal: ["show vpn ike sa nat-traversal"],
    mobike: ["set vpn ipsec ike-group NAME disable-mobike"],
    restart: ["reset vpn ipsec site-to-site peer NAME", "restart ipsec"],
    deadPeer: [
      "set vpn ipsec ike-group NAME dead-peer-detection interval 30",
      "set vpn ipsec ike-group NAME dead-peer-detection timeout 120",
      "set vpn ipsec ike-group NAME dead-peer-detection action restart",
    ],
    lifetimes: ["set vpn ipsec ike-group NAME lifetime 28800", "set vpn ipsec esp-group NAME lifetime 3600"],
    start: ["set vpn ipsec site-to-site peer NAME connection-type respond"],
  },
};

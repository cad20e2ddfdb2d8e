import type { Product } from "./product.js";

/** Cisco IOS and IOS XE. */
export const CISCO_IOS: Product = {
  name: "Cisco IOS",
  id: "cisco-ios",
  alsoCalled: ["ios", "ios-xe", "cisco"],
  implementations: ["Cisco"],
  commands: {
    status: ["show crypto ikev2 sa detailed", "show crypto isakmp sa detail", "show crypto ipsec sa"],
    log: ["debug crypto ikev2", "debug crypto isakmp", "undebug all"],
    route: ["show ip route PEER", "show ip cef PEER"],
    load: ["show crypto ikev2 stats", "show processes cpu sorted"],
    clock: ["show clock detail", "show ntp status"],
    aaa: ["test aaa group radius USER PASSWORD new-code"],
    proposals: [
      "show crypto ikev2 proposal",
      "crypto ikev2 proposal NAME",
      "encryption aes-gcm-256",
      "prf sha384",
      "group 20",
    ],
    child: ["show crypto map", "set transform-set NAME", "set pfs group20"],
    credentials: ["show crypto ikev2 profile", "show crypto pki certificates"],
    firewall: [
      "show ip access-lists",
      "permit udp host PEER host ADDRESS eq isakmp",
      "permit udp host PEER host ADDRESS eq non500-isakmp",
      "permit esp host PEER host ADDRESS",
    ],
    fragmentation: ["crypto ikev2 fragmentation mtu 1280"],
    mss: ["ip tcp adjust-mss MSS", "ip mtu MTU", "crypto ipsec fragmentation before-encryption"],
    natTraversal: ["crypto ipsec nat-transparency udp-encapsulation"],
    keepalive: ["crypto isakmp nat keepalive 20"],
    restart: ["clear crypto session remote PEER"],
    deadPeer: ["crypto ikev2 dpd 30 5 periodic", "crypto isakmp keepalive 30 5 periodic"],
    lifetimes: ["lifetime 28800", "set security-association lifetime seconds 3600"],
    halfOpen: ["crypto ikev2 cookie-challenge 100"],
    replayWindow: [
      "crypto ipsec security-association replay window-size 1024",
      "show crypto ipsec sa | include replay",
    ],
  },
};

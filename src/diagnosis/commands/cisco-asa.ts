import type { Product } from "./product.js";

/** Cisco ASA. */
export const CISCO_ASA: Product = {
  name: "Cisco ASA",
  id: "cisco-asa",
  alsoCalled: ["asa", "ftd"],
  implementations: ["Cisco", "Cisco ASA"],
  commands: {
    status: ["show crypto ikev2 sa detail", "show crypto ikev1 sa detail", "show crypto ipsec sa"],
    log: ["debug crypto condition peer PEER", "debug crypto ikev2 protocol 127", "debug crypto ikev1 127"],
    listen: ["show asp table socket", "show running-config crypto ikev2"],
    capture: ["capture VPN interface outside match ip host ADDRESS host PEER", "show capture VPN"],
    route: ["show route", "packet-tracer input outside udp PEER 500 ADDRESS 500"],
    load: ["show crypto ikev2 stats", "show cpu usage"],
    clock: ["show clock detail", "show ntp status"],
    aaa: ["test aaa-server authentication GROUP host SERVER username USER password PASSWORD"],
    proposals: [
      "show running-config crypto ikev2",
      "crypto ikev2 policy 10",
      "encryption aes-gcm-256",
      "integrity null",
      "prf sha384",
      "group 20",
    ],
    child: ["show running-config crypto map", "crypto map NAME 10 set pfs group20"],
    version: ["crypto map NAME 10 set ikev1 phase1-mode main"],
    credentials: ["show running-config tunnel-group", "show crypto ca certificates"],
    firewall: ["show access-list", "packet-tracer input outside udp PEER 4500 ADDRESS 4500"],
    fragmentation: ["crypto ikev2 fragmentation mtu 576 preferred-method ietf"],
    mss: ["sysopt connection tcpmss MSS", "crypto ipsec fragmentation before-encryption outside"],
    natTraversal: ["crypto isakmp nat-traversal 20"],
    keepalive: ["crypto isakmp nat-traversal 20"],
    restart: ["clear crypto ikev2 sa PEER", "clear crypto ipsec sa peer PEER"],
    deadPeer: ["isakmp keepalive threshold 30 retry 5"],
    lifetimes: [
      "lifetime seconds 28800",
      "crypto map NAME 10 set security-association lifetime seconds 3600",
    ],
    start: ["crypto map NAME 10 set connection-type answer-only"],
    halfOpen: ["crypto ikev2 cookie-challenge 50"],
    replayWindow: ["crypto ipsec security-association replay window-size 1024"],
  },
};

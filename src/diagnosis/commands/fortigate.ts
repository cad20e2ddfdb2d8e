import type { Product } from "./product.js";

/** Fortinet FortiGate. */
export const FORTIGATE: Product = {
  name: "FortiGate",
  id: "fortigate",
  alsoCalled: ["fortinet", "fortios"],
  implementations: ["Fortinet FortiGate"],
  captureForm: "text",
  commands: {
    status: ["diagnose vpn ike gateway list", "diagnose vpn tunnel list"],
    log: ["diagnose debug application ike -1", "diagnose debug enable", "diagnose debug disable"],
    capture: ["diagnose sniffer packet any 'host PEER' 6 0 a"],
    route: ["get router info routing-table details PEER"],
    load: ["get system performance status"],
    clock: ["execute time", "diagnose sys ntp status"],
    aaa: ["diagnose test authserver radius SERVER pap USER PASSWORD"],
    proposals: ["show vpn ipsec phase1-interface", "set proposal aes256gcm-prfsha384", "set dhgrp 20"],
    child: [
      "show vpn ipsec phase2-interface",
      "set proposal aes256gcm",
      "set pfs enable",
      "set dhgrp 20",
      "set src-subnet 10.1.0.0 255.255.255.0",
      "set dst-subnet 10.2.0.0 255.255.255.0",
    ],
    version: ["set ike-version 2", "set mode main"],
    credentials: ["show vpn ipsec phase1-interface"],
    fragmentation: ["set fragmentation enable", "set fragmentation-mtu 1200"],
    mss: ["set tcp-mss-sender MSS", "set tcp-mss-receiver MSS", "set ip-fragmentation pre-encapsulation"],
    natTraversal: ["set nattraversal enable", "set nattraversal forced"],
    keepalive: ["set keepalive 10"],
    restart: ["diagnose vpn ike gateway clear name NAME"],
    deadPeer: ["set dpd on-idle", "set dpd-retryinterval 20"],
    lifetimes: ["set keylife 28800", "set keylifeseconds 3600"],
    start: ["set auto-negotiate disable", "set passive-mode enable"],
  },
};

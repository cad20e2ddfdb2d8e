import type { Product } from "./product.js";

/** Juniper SRX, Junos. */
export const JUNIPER_SRX: Product = {
  name: "Juniper SRX",
  id: "juniper",
  alsoCalled: ["srx", "junos", "juniper-srx"],
  implementations: ["Juniper"],
  commands: {
    status: [
      "show security ike security-associations detail",
      "show security ipsec security-associations detail",
      "show security ipsec inactive-tunnels",
      "show security ipsec statistics",
    ],
    log: [
      "set security ike traceoptions file ike-debug.log",
      "set security ike traceoptions flag all",
      "show log ike-debug.log",
    ],
    mss: ["set security flow tcp-mss ipsec-vpn mss MSS"],
    firewall: ["set security zones security-zone NAME host-inbound-traffic system-services ike"],
    restart: ["clear security ike security-associations PEER", "clear security ipsec security-associations"],
  },
};

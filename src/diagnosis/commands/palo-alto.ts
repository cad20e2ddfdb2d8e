import type { Product } from "./product.js";

/** Palo Alto Networks firewalls, PAN-OS. */
export const PALO_ALTO: Product = {
  name: "Palo Alto PAN-OS",
  id: "palo-alto",
  alsoCalled: ["paloalto", "pan-os", "panos", "pan"],
  implementations: ["Palo Alto PAN-OS"],
  captureForm: "pcap",
  commands: {
    status: ["show vpn ike-sa gateway NAME", "show vpn ipsec-sa tunnel NAME", "show vpn flow"],
    log: ["tail follow yes mp-log ikemgr.log", "debug ike gateway NAME on debug"],
    capture: ["debug ike pcap on", "debug ike pcap off"],
    route: ["test routing fib-lookup virtual-router NAME ip PEER"],
    proposals: ["show vpn gateway"],
    restart: [
      "clear vpn ike-sa gateway NAME",
      "test vpn ike-sa gateway NAME",
      "test vpn ipsec-sa tunnel NAME",
    ],
  },
};

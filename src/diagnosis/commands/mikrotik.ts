import type { Product } from "./product.js";

/** MikroTik RouterOS. */
export const MIKROTIK: Product = {
  name: "MikroTik RouterOS",
  id: "mikrotik",
  alsoCalled: ["routeros"],
  implementations: [],
  captureForm: "pcap",
  commands: {
    status: ["/ip ipsec active-peers print", "/ip ipsec installed-sa print"],
    log: ["/system logging add topics=ipsec,!packet", '/log print follow-only where topics~"ipsec"'],
    capture: ["/tool sniffer set file-name=vpn.pcap", "/tool sniffer start", "/tool sniffer stop"],
    restart: ["/ip ipsec active-peers kill-connections", "/ip ipsec installed-sa flush"],
  },
};

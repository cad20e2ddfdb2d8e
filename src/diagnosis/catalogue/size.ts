import type { CatalogueEntry } from "./entry.js";

export const SIZE = {
  "ip-fragments-lost": {
    severity: "critical",
    title: "IP fragments of a large IKE message are lost",
    explanation:
      "The message is too large for one packet and travels in IP fragments; not all of them get through, so the receiver never has the whole message.",
    signature:
      "At the sender: a message in IP fragments repeats whole without an answer, where smaller ones are answered. At the receiver: some fragments of its datagrams never come, or ICMP reports a reassembly that took too long.",
    remedies: [
      "Switch on IKE fragmentation at both ends, so that no IP fragments are needed.",
      "Send less: smaller certificates, no intermediate certificates that the peer already has.",
      "Let IP fragments pass on the firewalls between the peers; many drop them by default.",
    ],
    procedures: ["fragmentation", "firewall", "mss"],
    references: ["RFC 7383 section 1"],
  },
  "ike-fragments-lost": {
    severity: "critical",
    title: "IKE fragments are lost",
    explanation:
      "The message is sent in IKE fragments (SKF payloads) and at least one of them does not reach the receiver, who can then answer nothing.",
    signature:
      "A message in SKF fragments repeats without an answer, or the capture misses the same fragment numbers try after try.",
    remedies: [
      "Lower the fragment size.",
      "Look for a device that polices bursts of UDP or drops packets by size.",
    ],
    procedures: ["fragmentation", "mss"],
    references: ["RFC 7383 section 2.5"],
  },
  "ike-fragmentation-not-negotiated": {
    severity: "warning",
    title: "IKE fragmentation is not negotiated",
    explanation:
      "With IKE fragmentation (RFC 7383) a large IKE message travels in several small packets instead of IP fragments. It is used only where both sides announce it in IKE_SA_INIT.",
    signature:
      "Beside lost IP fragments: IKEV2_FRAGMENTATION_SUPPORTED is missing in the IKE_SA_INIT of at least one side.",
    remedies: [
      "Switch it on at the side that does not announce it.",
      "Where a side cannot do it, make its messages smaller: shorter certificate chains, elliptic curve certificates.",
    ],
    procedures: ["fragmentation"],
    references: ["RFC 7383 section 2.3"],
  },
  "icmp-frag-needed": {
    severity: "warning",
    title: "The path is too narrow for packets of the tunnel",
    explanation:
      "A router reported by ICMP that packets of the tunnel are larger than the next link can carry. Where the sender heeds it, only the first packets are lost; where it does not, all large packets are, while small ones (ping, logins) pass.",
    signature:
      "ICMP type 3 code 4 with an MTU (ICMPv6 type 2) that quotes an IKE or ESP packet of the tunnel larger than that MTU. Critical where larger packets go on long after the report, or within seconds while none of them is ever answered.",
    remedies: [
      "Let ICMP type 3 code 4 (IPv6: ICMPv6 type 2) reach the gateway that sent the large packets, through every firewall before it.",
      "Clamp the TCP MSS of what goes into the tunnel to the number in the finding.",
      "Where UDP or other traffic is large too, set the MTU of the tunnel interface instead: MSS plus 40.",
    ],
    procedures: ["mss", "firewall"],
    references: ["RFC 4301 section 8.2", "RFC 1191"],
  },
  "esp-large-packets-lost": {
    severity: "critical",
    title: "Large packets are lost in the tunnel",
    explanation:
      "Small packets through the tunnel are answered, large ones never: logins and pings work, file transfers and web pages hang. A link on the way carries less than the sender believes, and the reports about it (ICMP) do not come back.",
    signature:
      "ESP packets of one large size come again at intervals that double, as TCP repeats, or all in one run of equal intervals, as pings; nothing of the other side comes meanwhile, and smaller packets are answered. Not said near the receiver, nor of packets of up to 576 bytes.",
    remedies: [
      "Clamp the TCP MSS of what goes into the tunnel to the number in the finding.",
      "Measure what the path carries, from the inner network: pings of growing size that must not be fragmented, until they fail.",
      "Let ICMP type 3 code 4 (IPv6: ICMPv6 type 2) pass on every firewall between the gateways, so that path MTU discovery works.",
    ],
    procedures: ["mss", "firewall"],
    references: ["RFC 4301 section 8.2"],
  },
  "esp-fragmented": {
    severity: "warning",
    title: "Encrypted packets are cut into IP fragments",
    explanation:
      "Packets become larger than the link when they are encrypted and are fragmented after that. Each fragment that is lost costs the whole packet, receivers must put them together before decryption, and many firewalls drop fragments.",
    signature:
      "ESP packets, natively or in UDP, come in several IP fragments, three of them or more in one direction; or part of the fragments of such packets never comes, again and again.",
    remedies: [
      "Clamp the TCP MSS of what goes into the tunnel to the number in the finding.",
      "Fragment before encryption where it must be, or lower the MTU of the tunnel interface or of the route into the tunnel.",
    ],
    procedures: ["mss"],
    references: ["RFC 4301 section 8.2"],
  },
} as const satisfies Record<string, CatalogueEntry>;

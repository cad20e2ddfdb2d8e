import type { CatalogueEntry } from "./entry.js";

export const SIZE = {
  "ip-fragments-lost": {
    severity: "critical",
    title: "IP fragments of a large IKE message are lost",
    explanation:
      "The message is too large for one packet and travels in IP fragments; not all of them get through, so the receiver never has the whole message.",
    remedies: [
      "Switch on IKE fragmentation at both ends, so that no IP fragments are needed (strongSwan: 'fragmentation = yes'; Libreswan: 'fragmentation=yes').",
      "Send less: smaller certificates, no intermediate certificates that the peer already has.",
      "Let IP fragments pass on the firewalls between the peers; many drop them by default.",
    ],
    references: ["RFC 7383 section 1"],
  },
  "ike-fragments-lost": {
    severity: "critical",
    title: "IKE fragments are lost",
    explanation:
      "The message is sent in IKE fragments (SKF payloads) and at least one of them does not reach the receiver, who can then answer nothing.",
    remedies: [
      "Lower the fragment size (strongSwan: 'fragment_size' in strongswan.conf, for example 1200 and then 576).",
      "Look for a device that polices bursts of UDP or drops packets by size.",
    ],
    references: ["RFC 7383 section 2.5"],
  },
  "ike-fragmentation-not-negotiated": {
    severity: "warning",
    title: "IKE fragmentation is not negotiated",
    explanation:
      "With IKE fragmentation (RFC 7383) a large IKE message travels in several small packets instead of IP fragments. It is used only where both sides announce it in IKE_SA_INIT.",
    remedies: [
      "Switch it on at the side that does not announce it. strongSwan: 'fragmentation = yes' (the default). Libreswan: 'fragmentation=yes'. FortiGate, phase1-interface: 'set fragmentation enable'. Cisco IOS: 'crypto ikev2 fragmentation mtu 1280'.",
      "Where a side cannot do it, make its messages smaller: shorter certificate chains, elliptic curve certificates.",
    ],
    references: ["RFC 7383 section 2.3"],
  },
  "icmp-frag-needed": {
    severity: "warning",
    title: "The path is too narrow for packets of the tunnel",
    explanation:
      "A router reported by ICMP that packets of the tunnel are larger than the next link can carry. Where the sender heeds it, only the first packets are lost; where it does not, all large packets are, while small ones (ping, logins) pass.",
    remedies: [
      "Let ICMP type 3 code 4 (IPv6: ICMPv6 type 2) reach the gateway that sent the large packets, through every firewall before it.",
      "Clamp the TCP MSS of what goes into the tunnel to the number in the finding. Linux: 'nft add rule inet filter forward tcp flags syn tcp option maxseg size set MSS' or 'iptables -t mangle -A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss MSS'. Cisco: 'ip tcp adjust-mss MSS' on the tunnel interface. FortiGate: 'set tcp-mss-sender MSS' and 'set tcp-mss-receiver MSS' in the firewall policy.",
      "Where UDP or other traffic is large too, set the MTU of the tunnel interface instead: MSS plus 40.",
    ],
    references: ["RFC 4301 section 8.2", "RFC 1191"],
  },
  "esp-fragmented": {
    severity: "warning",
    title: "Encrypted packets are cut into IP fragments",
    explanation:
      "Packets become larger than the link when they are encrypted and are fragmented after that. Each fragment that is lost costs the whole packet, receivers must put them together before decryption, and many firewalls drop fragments.",
    remedies: [
      "Clamp the TCP MSS of what goes into the tunnel to the number in the finding. Linux: 'nft add rule inet filter forward tcp flags syn tcp option maxseg size set MSS'. Cisco: 'ip tcp adjust-mss MSS'. FortiGate: 'set tcp-mss-sender MSS'.",
      "Fragment before encryption where it must be. Cisco: 'crypto ipsec fragmentation before-encryption'. FortiGate, phase1-interface: 'set ip-fragmentation pre-encapsulation'. Linux: lower the MTU of the tunnel interface or of the route into the tunnel ('ip route ... mtu').",
    ],
    references: ["RFC 4301 section 8.2"],
  },
} as const satisfies Record<string, CatalogueEntry>;

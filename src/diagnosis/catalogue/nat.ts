import type { CatalogueEntry } from "./entry.js";

export const NAT = {
  "nat-detected": {
    severity: "info",
    title: "There is address translation between the peers",
    explanation:
      "The NAT detection hashes do not match the addresses and ports on the wire, so a device translates them on the way.",
    signature:
      "NAT detection hashes (NAT_DETECTION_*_IP, in IKEv1 NAT-D), recomputed for the addresses and ports on the wire, differ for one side, and not in the way that forced encapsulation shows.",
    remedies: ["Nothing to do: with UDP 4500 open and keepalives on, this is normal operation."],
    procedures: ["natTraversal"],
    references: ["RFC 7296 section 2.23"],
  },
  "nat-forced-encapsulation": {
    severity: "info",
    title: "UDP encapsulation is forced",
    explanation:
      "A peer sends a NAT detection hash of its own address that is wrong on purpose, so that ESP travels in UDP even without NAT.",
    signature:
      "Both sides' hashes of their own address are wrong and both of the other's address are right, which no single translator does.",
    remedies: ["Nothing to do: it is a setting."],
    procedures: ["natTraversal"],
    references: ["RFC 7296 section 2.23"],
  },
  "natt-not-used": {
    severity: "critical",
    title: "NAT between the peers, but NAT traversal is not used",
    explanation:
      "A device translates addresses between the peers, yet they stay on UDP 500 and send ESP as IP protocol 50, which has no ports that a translator could tell clients apart by.",
    signature:
      "NAT is proven by the hashes, the peers stay on port 500, and ESP goes as IP protocol 50 in one direction only.",
    remedies: [
      "Enable NAT traversal at the side that the finding names; a Windows client of a server behind NAT needs a registry value for it.",
      "Open UDP 4500 on the firewalls between the peers.",
    ],
    procedures: ["natTraversal", "firewall"],
    references: ["RFC 7296 section 2.23", "RFC 3947"],
  },
  "encapsulation-disagreement": {
    severity: "critical",
    title: "One side sends ESP in UDP, the other as IP protocol 50",
    explanation:
      "The two directions of the tunnel are encapsulated differently. The standard asks receivers to take both, but Linux and many others accept only what they send themselves and drop the rest.",
    signature:
      "At the same time one direction of the tunnel is IP protocol 50 and the other ESP in UDP 4500, neither of them brisk enough to show that it is accepted.",
    remedies: [
      "Force UDP encapsulation at both ends.",
      "On Linux 'ip -s xfrm state' shows what each end expects ('encap type espinudp'), and XfrmInStateMismatch in /proc/net/xfrm_stat counts what was dropped.",
    ],
    procedures: ["natTraversal", "status"],
    references: ["RFC 7296 section 2.23", "RFC 3948"],
  },
  "nat-esp-port-differs": {
    severity: "critical",
    title: "ESP comes from another port than IKE",
    explanation:
      "IKE and ESP in UDP of one peer must share one pair of ports, so that the translator has one mapping for both. Here a device gives ESP a port of its own, and replies go to the port of IKE.",
    signature:
      "ESP in UDP of one peer comes from another source port than its IKE on 4500, from its first packet on, and IKE never moves there.",
    remedies: [
      "Look for a device that treats IPsec specially: switch 'IPsec passthrough', 'VPN passthrough' or the IPsec ALG off on the router of that side.",
      "Cloud and carrier NAT: check that one rule, not two, translates UDP 4500.",
    ],
    procedures: ["natTraversal", "capture"],
    references: ["RFC 3948 section 2.1"],
  },
  "nat-mapping-changed": {
    severity: "warning",
    title: "The translator changed a peer's port",
    explanation:
      "The port that the translator gives a peer changed while the tunnel was up. Until the other side follows, what it sends goes to a port that leads nowhere.",
    signature:
      "The port or address of a peer behind NAT changes within one IKE SA. Critical where the other side goes on sending to the old one.",
    remedies: [
      "Shorten the NAT keepalive interval of the side behind NAT to 20 s or less so that the mapping does not expire.",
      "Lengthen the UDP timeout of the translator for port 4500.",
      "Enable MOBIKE (IKEv2) so that the peer learns of the new address.",
    ],
    procedures: ["mobike", "keepalive"],
    references: ["RFC 7296 section 2.23"],
  },
  "nat-keepalive-missing": {
    severity: "warning",
    title: "The side behind NAT sends no keepalives",
    explanation:
      "A translator forgets a UDP mapping after some time without packets, often 30 s. The side behind NAT should send a packet at least every 20 s; here it does not.",
    signature:
      "A peer is behind NAT, its tunnel pauses for more than 30 s in both directions, and it sends neither keepalives nor anything else.",
    remedies: [
      "Enable NAT keepalives at the side behind NAT, every 20 s.",
      "Where it cannot be set: DPD at that side, at an interval below the translator's UDP timeout.",
    ],
    procedures: ["keepalive", "deadPeer"],
    references: ["RFC 3948 section 4"],
  },
  "nat-mapping-expired": {
    severity: "critical",
    title: "The translator forgot the peer behind it",
    explanation:
      "After a time without packets from the side behind NAT, nothing that is sent to it arrives, until it sends again by itself: the translator's mapping had expired.",
    signature:
      "The initiator is behind NAT and sends nothing for more than 30 s, no keepalives either; a request of the responder in that time is sent three times without an answer; then the initiator sends by itself.",
    remedies: [
      "NAT keepalives at the side behind NAT, every 20 s.",
      "Lengthen the UDP timeout of the translator.",
    ],
    procedures: ["keepalive", "natTraversal"],
    references: ["RFC 3948 section 4"],
  },
  "nat-ike-alg": {
    severity: "critical",
    title: "The translator handles IPsec itself, for one client only",
    explanation:
      'The translator keeps source port 500 and passes ESP as IP protocol 50 ("IPsec passthrough"). That works for one client; the next one behind it gets no answer.',
    signature:
      "NAT is proven by the hashes while source port 500 is kept and ESP is native; one client works, and first messages of another from the same address repeat without an answer.",
    remedies: [
      "Switch 'IPsec passthrough' or the IKE ALG off on the translator, so that NAT traversal (UDP 4500) is used instead.",
      "Enable NAT traversal at both peers and open UDP 4500.",
    ],
    procedures: ["natTraversal", "firewall"],
    references: ["RFC 3715"],
  },
  "nat-clients-collide": {
    severity: "warning",
    title: "Two clients behind one address displace each other",
    explanation:
      "Two clients come from one outer address. Since the second one connected, the gateway sends nothing to the first, which goes on sending: to the gateway both look the same.",
    signature:
      "Two clients come from one address; since the second one is up, the gateway sends ESP to it alone, while the first goes on sending.",
    remedies: [
      "Give every client an inner address of its own: tunnel mode with a virtual IP from a pool, not transport mode (L2TP over IPsec) from one address.",
      "Give every client an identity of its own; two clients with one identity replace each other.",
    ],
    procedures: ["credentials", "uniqueness", "status"],
    references: ["RFC 3948 section 5"],
  },
  "ah-through-nat": {
    severity: "critical",
    title: "AH cannot pass address translation",
    explanation:
      "AH protects the IP addresses themselves. A translator changes them, so every packet fails its check at the receiver.",
    signature: "NAT is proven by the hashes, and AH packets go one way without any coming back.",
    remedies: [
      "Use ESP (with UDP encapsulation) instead of AH, or remove the translation between the peers.",
    ],
    procedures: ["natTraversal"],
    references: ["RFC 3715"],
  },
} as const satisfies Record<string, CatalogueEntry>;

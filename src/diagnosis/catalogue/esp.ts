import type { CatalogueEntry } from "./entry.js";

export const ESP = {
  "esp-one-way": {
    severity: "critical",
    title: "Encrypted traffic flows in one direction only",
    explanation:
      "One side sends ESP packets and none comes back, although both sides' IKE messages are seen here.",
    signature:
      "ESP of one side counts up and none of the other side comes, though both sides' IKE messages are seen here: on a new SA at intervals of pings, or repeated as TCP does. Other traffic on a new SA, and pings on an older one or without an end, make it a possible warning; packets of many sizes, as log messages have, an explanation. Or packets took turns, and then one direction stops while the other goes on with the same sizes and IKE still comes.",
    remedies: [
      "At the silent side: do the packets arrive and get decrypted ('ip -s xfrm state', 'swanctl --list-sas': bytes in)? If not: a firewall on the way drops ESP or UDP 4500 data.",
      "If they are decrypted there: routing behind the silent side, its firewall towards the inner network, and a NAT rule that catches the replies before IPsec.",
      "Compare the selectors: replies must match the Child SA's traffic selectors to be encrypted.",
    ],
    procedures: ["status", "route", "firewall"],
    references: ["RFC 4301 section 5.1"],
  },
  "esp-blocked": {
    severity: "critical",
    title: "ESP as IP protocol 50 is blocked",
    explanation:
      "The SA is up and IKE over UDP passes both ways, but ESP, which travels as an IP protocol of its own without NAT, leaves and none ever comes. Firewalls, home routers and mobile networks often pass UDP and drop protocol 50.",
    signature:
      "ESP as protocol 50 on a new SA from one side only, at intervals of pings or of TCP repeats, none from the other side since the setup, and an IKE exchange that is answered meanwhile. Not said near the receiver. Other traffic, which may need no answer, makes it a possible warning, or an explanation where it has many sizes, as log messages have.",
    remedies: [
      "Allow IP protocol 50 in both directions on every firewall between the peers, cloud security groups included.",
      "Or force ESP into UDP 4500 at both ends.",
      "Look at the counters of the SA at the other end: zero bytes in means that nothing arrives.",
    ],
    procedures: ["firewall", "natTraversal", "status"],
    references: ["RFC 4303", "RFC 7296 section 2.23"],
  },
  "esp-absent": {
    severity: "warning",
    title: "The tunnel is up and carries nothing",
    explanation:
      "The IKE SA lives, its liveness checks are answered, and no ESP packet passes in either direction for a long time. That is right for a spare line; where somebody expects traffic it goes elsewhere.",
    signature:
      "An IKEv2 SA that was set up in the capture, liveness checks answered ten minutes later, and no ESP either way, though the capture would hold it: IKE is on port 4500, or other packets prove that no filter was on.",
    remedies: [
      "At both ends: does traffic match the selectors, and do the counters of the policies move?",
      "Look at the route to the other network, with the inner source address, and for a NAT rule that changes addresses before IPsec sees them.",
    ],
    procedures: ["status", "route"],
    references: ["RFC 4301 section 5.1"],
  },
  "esp-asymmetric-spi": {
    severity: "critical",
    title: "Requests and replies use different pairs of SAs",
    explanation:
      "Two Child SAs for the same traffic are up, one end sends in the first and the other answers in the second. Where the SAs have different policies (reqid, selectors, marks), the receiver decrypts the packet and drops it because it came in the wrong SA.",
    signature:
      "Packets of two SPIs took turns, a second pair was made, and since then replies come in the new SPI while requests stay in the old one, for more than two minutes. Not said with more than two SAs at once in a direction, or where each carries DSCP values of its own; a warning in IKEv1.",
    remedies: [
      "Remove the duplicate: let one side only initiate, and make both ends replace an older SA of the same peer.",
      "Put all subnets into one child, or give each pair of subnets exactly one child on both ends.",
      "Linux: XfrmInTmplMismatch in /proc/net/xfrm_stat counts the packets that are dropped for it, and the state shows the reqid of each SA.",
    ],
    procedures: ["status", "uniqueness", "restart"],
    references: ["RFC 7296 section 2.8"],
  },
  "esp-stale-spi": {
    severity: "critical",
    title: "ESP is sent to an SA that is gone",
    explanation:
      "One side still encrypts into an SA that the other side has deleted or lost in a restart. The receiver knows no key for it and drops every packet.",
    signature:
      "ESP goes on for ten seconds and more to an SPI whose IKE SA was deleted (by the length of the message), or whose receiver began a new IKE SA and sends in new SPIs, or says INVALID_SPI in clear, while the other direction of that SA has ended.",
    remedies: [
      "At the sending side: remove the old SAs and set the tunnel up anew.",
      "Switch on dead peer detection at the sending side, so that it notices by itself.",
      "With devices in a cluster: synchronise SAs between the nodes, or let the survivor announce itself (INITIAL_CONTACT).",
    ],
    procedures: ["status", "restart", "deadPeer"],
    references: ["RFC 7296 section 1.5", "RFC 7296 section 2.4", "RFC 3706"],
  },
  "esp-unknown-spi": {
    severity: "info",
    title: "ESP whose negotiation is not in the capture",
    explanation:
      "The SA was made before the capture began, or on another path. How it was negotiated cannot be said; whether its packets come in order can.",
    signature:
      "An SPI that carries ESP before any exchange of the capture that makes a Child SA, or begins in the middle of its numbers.",
    remedies: [
      "To see the negotiation, keep the capture running and set the tunnel up anew, or wait for the next rekey.",
    ],
    references: ["RFC 4303"],
  },
  "esp-loss": {
    severity: "warning",
    title: "ESP packets are lost",
    explanation:
      "Each ESP packet carries a number that grows by one. Numbers that never come are packets that were sent and lost before this place. TCP in the tunnel slows down with a loss of one in a hundred, speech suffers with less.",
    signature:
      "Sequence numbers of a direction that are never seen, five and one in a hundred at least; fewer, or near the sender, as information. Not said where the capture says that it dropped packets itself, nor of a counter that jumps ahead or of a pause between two files.",
    remedies: [
      "Find where: capture at both ends at the same time and compare the missing numbers, or ping along the path outside the tunnel with packets of the same size.",
      "Look for a policer, a full link, or a CPU at its limit: loss that grows with the load.",
      "Where only large packets are missing, it is the size: lower the MSS of what goes into the tunnel.",
      "Let the sniffer prove that it did not lose them itself: a larger buffer, its count of dropped packets at the end.",
    ],
    procedures: ["load", "capture", "mss"],
    references: ["RFC 4303 section 3.4.3"],
  },
  "esp-reordered": {
    severity: "warning",
    title: "ESP packets come out of order",
    explanation:
      "Packets overtake each other on the way. A receiver remembers only so many sequence numbers behind the highest (its anti-replay window); what comes later than that is dropped as a replay, though it is genuine.",
    signature:
      "Packets behind a higher sequence number that were not seen before; a warning where a window of 32 would have dropped three or more. Not said of files that overlap in time.",
    remedies: [
      "Enlarge the anti-replay window at the receiver to the number in the finding.",
      "Where queues by class put packets of one SA out of order: one SA for each class, or the same class for all packets of the tunnel.",
      "Where several links or processors do it: keep one tunnel on one path (hash by addresses and SPI).",
    ],
    procedures: ["replayWindow", "status"],
    references: ["RFC 4303 section 3.4.3"],
  },
  "esp-duplicate": {
    severity: "warning",
    title: "ESP packets come twice",
    explanation:
      "The same sequence number comes again on the same SA. A sender never does that, so a device on the way copies packets; receivers drop the copies as replays, but links and logs carry them.",
    signature:
      "Sequence numbers of a stream that come again, three at least, with the same TTL, in a capture whose IKE has no copies. Where nearly every packet is there twice, the capture made the copies.",
    remedies: [
      "Look for a loop between switches or a bridge that floods, and for a redundancy protocol that sends on two links (PRP, bonding in broadcast mode).",
      "Check the counter of replays at the receiver (Linux: XfrmInStateSeqError in /proc/net/xfrm_stat): where it stays, the copies were made for the sniffer only.",
    ],
    procedures: ["capture"],
    references: ["RFC 4303 section 3.4.3"],
  },
  "esp-sequence-restart": {
    severity: "critical",
    title: "The sequence numbers of an SA begin anew",
    explanation:
      "A sender counts up for the whole life of an SA. Here the numbers fall back to the bottom on the same SPI; a receiver that checks for replays drops all packets until they pass the old number.",
    signature:
      "Three packets in a row from the bottom of the numbers, far behind the highest of the same SPI, and no exchange in between that could have made a new SA. A warning where the other side goes on answering.",
    remedies: [
      "In a cluster: synchronise the counters between the nodes, or set up the SAs anew after a fail-over.",
      "Set the tunnel up anew: new SAs begin at 1 with a new SPI.",
      "With manual keys: do not load the same SA again after a restart.",
    ],
    procedures: ["restart"],
    references: ["RFC 4303 section 3.3.3", "RFC 6311"],
  },
  "esp-sequence-exhaustion": {
    severity: "warning",
    title: "The sequence numbers of an SA run out",
    explanation:
      "Without extended sequence numbers an SA carries 2^32 - 1 packets and must then be replaced. A lifetime by time alone can be too long for a fast link.",
    signature:
      "The sequence number of an SPI is in the last sixteenth before 2^32, and at the rate that is seen it gets there within eight hours, the longest usual time to a rekey. An explanation with the date where three quarters are used and the rest lasts less than a year, or where at the rate of a minute and more it lasts less than a day. Not said where the number has wrapped: then it is an extended one.",
    remedies: ["Rekey by packets or bytes too.", "Negotiate extended sequence numbers where both ends can."],
    procedures: ["lifetimes", "status"],
    references: ["RFC 4303 section 3.3.3"],
  },
  "esp-null": {
    severity: "warning",
    title: "ESP without encryption",
    explanation:
      "The Child SA uses NULL encryption: it proves who sent a packet, perhaps, but everyone on the way can read it.",
    signature:
      "Behind the ESP header stands an IP packet of the right length and checksum, in four of five of the packets that were looked into, two at least. In transport mode: UDP, TCP, ICMP echo or GRE whose header fits, with their number and right padding before the ICV.",
    remedies: ["If that is not wanted: take NULL out of the ESP proposals at both ends."],
    procedures: ["child"],
    references: ["RFC 2410"],
  },
  "per-resource-sas": {
    severity: "info",
    title: "Several Child SAs carry traffic at once",
    explanation:
      "A pair of SAs for each processor (RFC 9611), or one for each pair of subnets. An answer may then come in another pair than its question.",
    signature:
      "Three and more SPIs in each direction carry traffic for most of the same time, and none takes over from another.",
    remedies: ["Nothing to do. The SAs at either end tell which of the two it is: by their selectors."],
    references: ["RFC 9611"],
  },
  "plaintext-leak": {
    severity: "critical",
    title: "Packets for the tunnel leave in clear",
    explanation:
      "Packets between private networks leave the gateway without ESP, over the same link and towards the same next hop as its ESP did. They are lost at the next router at best; anybody on the way can read them.",
    signature:
      "Packets between private addresses with the MAC addresses and VLAN of a public gateway's IKE or ESP: while its tunnel is up and it sends no ESP, within a minute after its last ESP, or as replies to what is decrypted. Not what comes within 5 ms of an ESP packet; not in cooked captures of version 1, nor between private gateways.",
    remedies: [
      "Keep them from leaving when the tunnel is down: a trap policy, or a blocking route to the other network.",
      "Exempt the tunnel's traffic from NAT, before the masquerading rule.",
      "Compare the inner addresses in the finding with the selectors of the Child SA: what does not match is not encrypted.",
    ],
    procedures: ["trap", "route"],
    references: ["RFC 4301 section 5.1"],
  },
  "plaintext-mirror": {
    severity: "info",
    title: "Decrypted packets are shown beside their ESP",
    explanation:
      "On a Linux gateway a sniffer sees what comes in twice: as ESP, and once more in clear when it has been decrypted. The packets in clear were never on the wire.",
    signature:
      "Packets in clear with a private address that each come within 5 ms after an ESP packet on the same link, in the same direction.",
    remedies: ["Nothing to do: it is no leak. A capture on the next router shows ESP only."],
    references: ["RFC 4301"],
  },
} as const satisfies Record<string, CatalogueEntry>;

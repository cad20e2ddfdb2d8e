import type { CatalogueEntry } from "./entry.js";

export const ESP = {
  "esp-one-way": {
    severity: "critical",
    title: "Encrypted traffic flows in one direction only",
    explanation:
      "One side sends ESP packets and none comes back, although both sides' IKE messages are seen here.",
    signature:
      "ESP of one side counts up and none of the other side comes, though both sides' IKE messages are seen here; or one direction stops and the other goes on.",
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
    remedies: [
      "Allow IP protocol 50 in both directions on every firewall between the peers, cloud security groups included. Linux: 'nft add rule inet filter forward ip protocol esp accept'.",
      "Or force ESP into UDP 4500. strongSwan: 'encap = yes'. Libreswan: 'encapsulation=yes'. FortiGate, phase1-interface: 'set nattraversal forced'. Cisco IOS with IKEv2: 'crypto ikev2 nat keepalive' needs NAT, so allow the protocol there.",
      "Look at the counters of the SA at the other end: zero bytes in means that nothing arrives.",
    ],
    references: ["RFC 4303 section 2", "RFC 7296 section 2.23"],
  },
  "esp-absent": {
    severity: "warning",
    title: "The tunnel is up and carries nothing",
    explanation:
      "The IKE SA lives, its liveness checks are answered, and no ESP packet passes in either direction for a long time. That is right for a spare line; where somebody expects traffic it goes elsewhere.",
    remedies: [
      "At both ends: does traffic match the selectors? Linux: 'ip xfrm policy', counters in 'nft list ruleset' or 'iptables -L -v'. FortiGate: 'diagnose vpn tunnel list'. Cisco: 'show crypto ipsec sa' (encaps and decaps).",
      "Look at the route to the other network ('ip route get ...', with the inner source address), and for a NAT rule that changes addresses before IPsec sees them.",
    ],
    references: ["RFC 4301 section 5.1"],
  },
  "esp-asymmetric-spi": {
    severity: "critical",
    title: "Requests and replies use different pairs of SAs",
    explanation:
      "Two Child SAs for the same traffic are up, one end sends in the first and the other answers in the second. Where the SAs have different policies (reqid, selectors, marks), the receiver decrypts the packet and drops it because it came in the wrong SA.",
    remedies: [
      "Remove the duplicate: let one side only initiate, make both ends delete the older Child SA. strongSwan: 'unique = replace', 'start_action' on one side only. Libreswan: 'auto=ondemand' at one end.",
      "Put all subnets into one child, or give each pair of subnets exactly one child on both ends.",
      "Linux: XfrmInTmplMismatch in /proc/net/xfrm_stat counts the packets that are dropped for it; 'ip xfrm state' shows the reqid of each SA.",
    ],
    references: ["RFC 7296 section 2.8", "RFC 4301 section 5.2"],
  },
  "esp-stale-spi": {
    severity: "critical",
    title: "ESP is sent to an SA that is gone",
    explanation:
      "One side still encrypts into an SA that the other side has deleted or lost in a restart. The receiver knows no key for it and drops every packet.",
    remedies: [
      "At the sending side: remove the old SAs ('swanctl --terminate --ike NAME', 'ipsec auto --down NAME', 'clear crypto sa peer ADDRESS', 'diagnose vpn tunnel flush NAME') and set the tunnel up anew.",
      "Switch on dead peer detection at the sending side, so that it notices by itself. strongSwan: 'dpd_delay = 30s', 'dpd_action = restart'. Cisco: 'crypto isakmp keepalive 10 periodic'.",
      "With devices in a cluster: synchronise SAs between the nodes, or let the survivor announce itself (INITIAL_CONTACT).",
    ],
    references: ["RFC 7296 section 1.5", "RFC 7296 section 2.4", "RFC 3706"],
  },
  "esp-unknown-spi": {
    severity: "info",
    title: "ESP whose negotiation is not in the capture",
    explanation:
      "The SA was made before the capture began, or on another path. How it was negotiated cannot be said; whether its packets come in order can.",
    remedies: [
      "To see the negotiation, keep the capture running and set the tunnel up anew, or wait for the next rekey.",
    ],
    references: ["RFC 4303 section 2.1"],
  },
  "esp-loss": {
    severity: "warning",
    title: "ESP packets are lost",
    explanation:
      "Each ESP packet carries a number that grows by one. Numbers that never come are packets that were sent and lost before this place. TCP in the tunnel slows down with a loss of one in a hundred, speech suffers with less.",
    remedies: [
      "Find where: capture at both ends at the same time and compare the missing numbers, or ping along the path outside the tunnel with packets of the same size.",
      "Look for a policer, a full link, or a CPU at its limit: loss that grows with the load. Linux: 'tc -s qdisc', 'ethtool -S', 'nstat'.",
      "Where only large packets are missing, it is the size: lower the MSS of what goes into the tunnel.",
      "Let the sniffer prove that it did not lose them itself: larger buffer ('tcpdump -B 65536'), its count of dropped packets at the end.",
    ],
    references: ["RFC 4303 section 2.2", "RFC 4303 section 3.4.3"],
  },
  "esp-reordered": {
    severity: "warning",
    title: "ESP packets come out of order",
    explanation:
      "Packets overtake each other on the way. A receiver remembers only so many sequence numbers behind the highest (its anti-replay window); what comes later than that is dropped as a replay, though it is genuine.",
    remedies: [
      "Enlarge the anti-replay window at the receiver to the number in the finding. strongSwan: 'replay_window = 1024' in the child. Libreswan: 'replay-window=1024'. Cisco: 'crypto ipsec security-association replay window-size 1024'. FortiGate: 'set replay' has a fixed window.",
      "Where queues by class put packets of one SA out of order: one SA for each class (RFC 4301 section 4.1), or the same class for all packets of the tunnel.",
      "Where several links or processors do it: keep one tunnel on one path (hash by addresses and SPI).",
    ],
    references: ["RFC 4303 section 3.4.3", "RFC 4301 section 4.1"],
  },
  "esp-duplicate": {
    severity: "warning",
    title: "ESP packets come twice",
    explanation:
      "The same sequence number comes again on the same SA. A sender never does that, so a device on the way copies packets; receivers drop the copies as replays, but links and logs carry them.",
    remedies: [
      "Look for a loop between switches or a bridge that floods, and for a redundancy protocol that sends on two links (PRP, bonding in broadcast mode).",
      "Check the counter of replays at the receiver (Linux: XfrmInStateSeqError in /proc/net/xfrm_stat): where it stays, the copies were made for the sniffer only.",
    ],
    references: ["RFC 4303 section 3.4.3"],
  },
  "esp-sequence-restart": {
    severity: "critical",
    title: "The sequence numbers of an SA begin anew",
    explanation:
      "A sender counts up for the whole life of an SA. Here the numbers fall back to the bottom on the same SPI; a receiver that checks for replays drops all packets until they pass the old number.",
    remedies: [
      "In a cluster: synchronise the counters between the nodes (RFC 6311), or set up the SAs anew after a fail-over.",
      "Set the tunnel up anew: new SAs begin at 1 with a new SPI.",
      "With manual keys: do not load the same SA again after a restart.",
    ],
    references: ["RFC 4303 section 3.3.3", "RFC 6311 section 6"],
  },
  "esp-sequence-exhaustion": {
    severity: "warning",
    title: "The sequence numbers of an SA run out",
    explanation:
      "Without extended sequence numbers an SA carries 2^32 - 1 packets and must then be replaced. A lifetime by time alone can be too long for a fast link.",
    remedies: [
      "Rekey by packets or bytes too. strongSwan: 'rekey_packets = 3000000000' in the child. Libreswan: 'ipsec-max-packets='. Cisco: 'set security-association lifetime kilobytes'.",
      "Negotiate extended sequence numbers where both ends can. strongSwan: '-esn' in 'esp_proposals'. Libreswan: 'esn=yes'.",
    ],
    references: ["RFC 4303 section 2.2.1", "RFC 4303 section 3.3.3"],
  },
  "esp-null": {
    severity: "warning",
    title: "ESP without encryption",
    explanation:
      "The Child SA uses NULL encryption: it proves who sent a packet, perhaps, but everyone on the way can read it.",
    remedies: [
      "If that is not wanted: take 'null' out of the ESP proposals at both ends. strongSwan: 'esp_proposals = aes256gcm16'. Cisco: no 'esp-null' in the transform set. FortiGate, phase2-interface: 'set proposal aes256gcm'.",
    ],
    references: ["RFC 2410", "RFC 8221 section 5"],
  },
  "per-resource-sas": {
    severity: "info",
    title: "Several Child SAs carry traffic at once",
    explanation:
      "A pair of SAs for each processor (RFC 9611), or one for each pair of subnets. An answer may then come in another pair than its question.",
    remedies: ["Nothing to do. The SAs at either end tell which of the two it is: by their selectors."],
    references: ["RFC 9611"],
  },
  "plaintext-leak": {
    severity: "critical",
    title: "Packets for the tunnel leave in clear",
    explanation:
      "Packets between private networks leave the gateway without ESP, over the same link and towards the same next hop as its ESP did. They are lost at the next router at best; anybody on the way can read them.",
    remedies: [
      "Keep them from leaving when the tunnel is down: a trap policy (strongSwan: 'start_action = trap'; Libreswan: 'auto=ondemand'), or a blocking route ('ip route add unreachable NETWORK metric 9999').",
      "Exempt the tunnel's traffic from NAT, before the masquerading rule: 'nft insert rule ip nat postrouting meta ipsec exists accept' or 'iptables -t nat -I POSTROUTING -m policy --pol ipsec --dir out -j ACCEPT'.",
      "Compare the inner addresses in the finding with the selectors of the Child SA: what does not match is not encrypted.",
    ],
    references: ["RFC 4301 section 5.1"],
  },
  "plaintext-mirror": {
    severity: "info",
    title: "Decrypted packets are shown beside their ESP",
    explanation:
      "On a Linux gateway a sniffer sees what comes in twice: as ESP, and once more in clear when it has been decrypted. The packets in clear were never on the wire.",
    remedies: ["Nothing to do: it is no leak. A capture on the next router shows ESP only."],
    references: ["RFC 4301 section 5.2"],
  },
} as const satisfies Record<string, CatalogueEntry>;

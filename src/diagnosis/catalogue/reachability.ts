import type { CatalogueEntry } from "./entry.js";

export const REACHABILITY = {
  "ike-init-unanswered": {
    severity: "critical",
    title: "The peer never answers the first IKE message",
    explanation:
      "The initiator repeats its first message and nothing comes back: either the message does not arrive, the peer ignores it, or its answer is lost.",
    signature:
      "The first message (IKE_SA_INIT, main mode 1, aggressive mode 1) is sent again, byte for byte, and the capture goes on without any packet of the responder and without an ICMP error about it. Not said of one try, nor where ESP or an answer in the other IKE version follows.",
    remedies: [
      "Capture at the responder at the same time: does the request arrive there (udp port 500)?",
      "If it does not arrive: open UDP 500 towards the responder in every firewall, NAT rule and cloud security group on the way.",
      "If it arrives: check the responder's log and its configuration for this peer's address (strongSwan logs 'no IKE config found', Libreswan 'no connection has been authorized').",
      "Check that the responder's answer is routed back over the same path.",
    ],
    procedures: ["listen", "firewall", "capture", "log"],
    references: ["RFC 7296 section 2.1"],
  },
  "natt-4500-unanswered": {
    severity: "critical",
    title: "UDP 500 works, UDP 4500 does not",
    explanation:
      "The first exchange on port 500 was answered. Then IKE moved to port 4500, as it must behind NAT, and nothing on that port is answered.",
    signature:
      "The exchange on port 500 is answered, the next message leaves on port 4500 in one piece and is repeated, and the responder is never seen to send from 4500.",
    remedies: [
      "Open UDP 4500 in both directions, on every firewall, NAT device and cloud security group between the peers.",
      "On a responder behind NAT or a load balancer: forward 4500 as well as 500, to the same host.",
      "At the responder: 'tcpdump -n udp port 4500' shows whether the packets arrive; 'ss -lunp' shows whether the daemon listens on 4500.",
    ],
    procedures: ["firewall", "listen", "natTraversal", "capture"],
    references: ["RFC 7296 section 2.23", "RFC 3948"],
  },
  "ike-auth-unanswered": {
    severity: "critical",
    title: "The peer answers the first exchange, then never the authentication",
    explanation:
      "The first exchange worked over the same ports, so the path is open for small packets; the authentication request is repeated without any answer.",
    signature:
      "IKE_SA_INIT is answered, and IKE_AUTH (main mode 5 in IKEv1), small and unfragmented, repeats without an answer on ports on which the responder is heard.",
    remedies: [
      "Read the responder's log first: it may have refused, crashed or waited for a backend (RADIUS, CRL, OCSP).",
      "Capture at the responder: does the request arrive there?",
      "Compare sizes: if only larger packets are lost, look at the path's MTU.",
    ],
    procedures: ["log", "capture", "aaa"],
    references: ["RFC 7296 section 1.2", "RFC 7296 section 2.1"],
  },
  "ike-auth-missing": {
    severity: "critical",
    title: "The first exchange succeeds, then the initiator's next message never comes",
    explanation:
      "The answer to the first exchange was not asked for again, so it arrived; the message that must follow is not in this capture.",
    signature:
      "The first exchange is answered and not asked for again, yet the message that must follow is not in a capture that goes on for 5 s. Where the capture ends sooner, it is one possibility; where nothing but port 500 was captured, it is not said.",
    remedies: [
      "Capture at the initiator: does it send the next message, and on which port?",
      "If it does: open UDP 4500 towards the responder, and check whether a large authentication message is lost as IP fragments.",
      "If it does not: read the initiator's log, it gave up (no credentials, no matching configuration, user cancelled).",
    ],
    procedures: ["log", "capture", "firewall"],
    references: ["RFC 7296 section 2.23"],
  },
  "ike-response-lost": {
    severity: "critical",
    title: "The answer is sent, but the other side never sees it",
    explanation:
      "Request and response are both in the capture, yet the requester repeats its request and the same response is sent again: the response is lost behind this point.",
    signature:
      "Request and response are both in the capture; behind the response the same request comes at least twice more, and the same response with it; the requester does nothing that needs the response.",
    remedies: [
      "Near the responder: follow the way back to the initiator (firewall state, routing, source address of the answer).",
      "Near the initiator: look at the host itself: INPUT rules ('nft list ruleset'), reverse path filter ('sysctl net.ipv4.conf.all.rp_filter'), wrong source address, checksum errors.",
      "Check that the response leaves from the address and port that the request was sent to.",
    ],
    procedures: ["route", "firewall", "capture"],
    references: ["RFC 7296 section 2.1"],
  },
  "icmp-port-unreachable": {
    severity: "critical",
    title: "Nothing listens on the IKE port",
    explanation:
      "An ICMP port unreachable came back for the IKE packet: the host is there, but no daemon has the port open.",
    signature:
      "ICMP type 3 code 3 (ICMPv6 type 1 code 4) that quotes an IKE packet of these peers; its sender tells who has no daemon.",
    remedies: [
      "Start the IKE daemon at the address that sent the ICMP message ('systemctl status strongswan ipsec').",
      "'ss -lunp | grep -E \":(500|4500)\"' there must show the daemon, on the right address.",
      "If the address that answered is not the VPN gateway: correct the peer address or the port forwarding.",
    ],
    procedures: ["listen", "status"],
    references: ["RFC 792", "RFC 4443 section 3.1"],
  },
  "icmp-admin-prohibited": {
    severity: "critical",
    title: "A firewall refuses the packets",
    explanation: "The device that sent the ICMP message says that a policy forbids this traffic.",
    signature:
      "ICMP type 3 code 9, 10 or 13 (ICMPv6 type 1 code 1) that quotes an IKE or ESP packet of these peers.",
    remedies: [
      "Change the access list or firewall rule at the address that sent the ICMP message: allow UDP 500 and 4500 (and ESP, IP protocol 50) between the peers, both ways.",
    ],
    procedures: ["firewall"],
    references: ["RFC 1812 section 5.2.7.1", "RFC 4443 section 3.1"],
  },
  "icmp-host-unreachable": {
    severity: "critical",
    title: "The peer cannot be reached by routing",
    explanation:
      "A router on the way says that it has no path to the peer, or that the packet went round too often.",
    signature:
      "ICMP type 3 code 0 or 1 (ICMPv6 type 1 code 0 or 3), or time exceeded in transit (type 11 code 0, ICMPv6 type 3 code 0), that quotes a packet of these peers.",
    remedies: [
      "Check routing at the address that sent the ICMP message: a route to the peer, and that the peer's host answers there (ARP or neighbour discovery).",
      "Time exceeded means a routing loop: follow it with traceroute.",
    ],
    procedures: ["route"],
    references: ["RFC 792", "RFC 4443 section 3.1", "RFC 4443 section 3.3"],
  },
  "peer-selectively-silent": {
    severity: "critical",
    title: "The responder answers other peers, but not this one",
    explanation:
      "The same responder answers the first message of other peers in this capture, so it runs and is reachable; this peer's first message gets no answer.",
    signature:
      "The first message of one peer repeats without an answer, while the same responder answers the first message of another peer within a minute of it.",
    remedies: [
      "At the responder: a configuration for this peer's address, and the address that it really comes from (NAT).",
      "Access lists and security groups that name peers by address, on the way and at the responder.",
      "Capture at the responder: does this peer's request arrive?",
    ],
    procedures: ["log", "firewall", "capture"],
    references: ["RFC 7296 section 2.1"],
  },
  "half-open-limit": {
    severity: "critical",
    title: "The responder ignores further setups: too many half-open ones from this address",
    explanation:
      "Many setups from one address were answered and not finished; then the responder, which limits half-open IKE SAs per address, answers no more.",
    signature:
      "At least five setups of one address begin within 30 s, are answered and not finished; the responder may then ask for a cookie; further first messages of that address repeat without an answer.",
    remedies: [
      "Find out first why the setups before do not finish: the other findings on this tunnel say so.",
      "Where many clients stand behind one address (NAT, load balancer): raise the limit.",
      "The log of the responder says it: 'per-IP half-open IKE_SA limit of 5 reached'.",
    ],
    procedures: ["load", "halfOpen", "log"],
    references: ["RFC 7296 section 2.6"],
  },
  "lost-between-captures": {
    severity: "critical",
    title: "Packets pass one capture's place and never come to the next one's",
    explanation:
      "Captures from two places on one way were read together. What the first one has and the second one has not was lost between them: this is seen, not concluded from silence.",
    signature:
      "Two files overlap in time and hold the same packets; TTLs, or which end a file was taken at, say which place comes first. Of an IKE message no try (two at least), or of an ESP stream nothing, nothing from a moment on, nothing above a size, or by the sequence numbers only a part comes to the second place, whose file was recording by its clock and holds other packets of that kind.",
    remedies: [
      "What lies between the two places: firewalls, NAT devices, provider routers, security groups. One of them drops these packets, in this direction.",
      "A third capture halfway tells in which half they are lost.",
      "If they are large ones only, clamp the MSS or lower the MTU of the tunnel.",
    ],
    procedures: ["capture", "firewall", "route"],
    references: ["RFC 4303 section 3.4.3", "RFC 7296 section 2.1"],
  },
  "load-balancer-split": {
    severity: "critical",
    title: "Several hosts behind one address answer the same client",
    explanation:
      "The first exchange is accepted and the next message with the same SPIs is answered with INVALID_IKE_SPI, or one first message is accepted twice under two SPIs: several hosts share the address, and the packets of one client reach different ones.",
    signature:
      "IKE_SA_INIT is accepted and IKE_AUTH with its SPIs is met by INVALID_IKE_SPI in clear, with nothing normal behind it. Or one IKE_SA_INIT request is accepted under two responder SPIs within 30 s, and the answers differ in TTL, alternate, or come too close for a restart. COOKIE and INVALID_KE_PAYLOAD do not count.",
    remedies: [
      "Load balancer or anycast: persistence by the client's address over UDP 500 and UDP 4500 (and ESP) together, not by port.",
      "Behind NAT with port forwarding: forward 500 and 4500 to the same host.",
      "The logs of the hosts: one has the IKE_SA_INIT, another the message for an unknown IKE SA.",
    ],
    procedures: ["capture", "status", "log"],
    references: ["RFC 7296 section 1.5", "RFC 7296 section 2.21.4"],
  },
  "puzzle-demanded": {
    severity: "warning",
    title: "The responder demands a puzzle before it goes on",
    explanation:
      "The responder takes itself to be under attack and makes clients compute before it answers (RFC 8019). Clients that do not know puzzles are served late or not at all.",
    signature: "The answer to IKE_SA_INIT holds PUZZLE beside COOKIE.",
    remedies: [
      "At the responder: is there an attack, or are the limits of half-open IKE SAs too low for the number of clients?",
      "At the client: an implementation that knows puzzles, or patience.",
    ],
    procedures: ["load", "halfOpen"],
    references: ["RFC 8019"],
  },
  "path-lost": {
    severity: "critical",
    title: "The path to the peer, or the whole peer, failed at one moment",
    explanation:
      "The tunnel worked and carried traffic; then all packets of the peer, ESP and IKE, stopped at once, while this side went on sending.",
    signature:
      "Steady ESP of one peer stops, IKE requests of the other side begun within a minute of that stay unanswered, and the other side's own ESP goes on for at least 5 s.",
    remedies: [
      "At that time: link and interface events, routing changes, provider outages and WAN fail-over on both sides.",
      "Ping or traceroute the peer's address outside of the tunnel: if it answers, only IPsec traffic is cut (a firewall state or policy change).",
      "If the peer has a second line: MOBIKE or a second tunnel takes over where both ends support it.",
    ],
    procedures: ["route", "deadPeer", "status"],
    references: ["RFC 7296 section 2.4"],
  },
} as const satisfies Record<string, CatalogueEntry>;

import type { CatalogueEntry } from "./entry.js";

export const LIFE = {
  retransmissions: {
    severity: "warning",
    title: "Messages had to be sent more than once",
    explanation: "The exchanges were answered, but only after repeats: packets are lost or answers are slow.",
    remedies: [
      "Look for packet loss on the path (mtr, interface error counters).",
      "Slow answers without loss point at the responder: load, RADIUS, CRL or OCSP look-ups, DNS.",
    ],
    references: ["RFC 7296 section 2.1"],
  },
  "tcp-encapsulation": {
    severity: "info",
    title: "IKE and ESP over TCP",
    explanation:
      "The peers use TCP instead of UDP, as they do where UDP is blocked. It works, but packets in a tunnel in TCP wait for one another; where the connection fails, the tunnel has no other way.",
    remedies: [
      "Where it works: use UDP 500 and 4500 if the network allows it; TCP costs throughput and delay.",
      "Where the connection is not answered: open the TCP port (4500, or the one configured) in every firewall and cloud security group on the way.",
      "Where it is refused or reset: check that the gateway listens on that TCP port ('ss -ltnp') and speaks IKE there (Libreswan: 'listen-tcp=yes'); a proxy or load balancer on 443 may end connections that are not TLS.",
    ],
    references: ["RFC 9329 section 3", "RFC 9329 section 4", "RFC 9329 section 6.1"],
  },
  "dpd-timeout": {
    severity: "critical",
    title: "The peer no longer answers liveness checks (dead peer detection)",
    explanation:
      "The tunnel was up, and one side's checks whether the other is alive are no longer answered. It gives the tunnel up when they have failed; where ESP still comes in, only IKE is cut.",
    remedies: [
      "Is the silent peer up (ping, its console, its log at that time)? A reboot, a fail-over or an address change answers nothing on the old SA.",
      "Look for a firewall or NAT on the way that forgets the UDP state while the tunnel is idle: keepalives must come more often than its timeout (strongSwan: 'charon.keep_alive'; Libreswan: 'nat-keepalive=yes').",
      "Where ESP still comes in but IKE does not: a rule or rate limit for UDP 500 or 4500 alone, often at the silent side.",
      "Capture at the silent side: the checks arrive and no answer leaves (host), or they do not arrive (path).",
    ],
    references: ["RFC 7296 section 2.4", "RFC 3706"],
  },
  "rekey-unanswered": {
    severity: "critical",
    title: "A rekey is never answered",
    explanation:
      "CREATE_CHILD_SA repeats and no answer comes. The asker gives up and closes the IKE SA, and the tunnel goes with it.",
    remedies: [
      "The peer's log at that time: whether the request arrives.",
      "Compare sizes: a rekey with a large key exchange may be fragmented where liveness checks are not (IKE fragmentation at both ends: strongSwan 'fragmentation = yes', Libreswan 'fragmentation=yes').",
      "Where the tunnel was idle before: a firewall or NAT on the way has forgotten the UDP state.",
    ],
    references: ["RFC 7296 section 2.1", "RFC 7296 section 2.8"],
  },
  "rekey-failed": {
    severity: "critical",
    title: "The peer refuses the rekey again and again",
    explanation:
      "CREATE_CHILD_SA is answered with one error each time. The tunnel works until the old SA reaches its lifetime, then it drops.",
    remedies: [
      "Compare the PFS group of the ESP proposals: the first child needs none, so a mismatch shows at the first rekey only (strongSwan: 'esp_proposals' with the same group at both ends, or without; Libreswan: 'pfs=' and the group in 'esp='; Cisco: 'set pfs'; FortiGate: 'set pfs' and 'set dhgrp' in phase 2).",
      "The refusing side's log names the reason: NO_PROPOSAL_CHOSEN, INVALID_KE_PAYLOAD, TS_UNACCEPTABLE.",
      "Compare the proposals of the IKE SA too: its rekey negotiates them anew.",
    ],
    references: ["RFC 7296 section 1.3", "RFC 7296 section 2.8"],
  },
  "responder-slow": {
    severity: "warning",
    title: "The peer takes seconds to answer",
    explanation:
      "Answers come, but seconds after the request, without packet loss. Setups may time out under load.",
    remedies: [
      "At the slow side: load of the host, and what the daemon waits for (RADIUS, CRL and OCSP servers, DNS).",
      "strongSwan: 'swanctl --stats' shows busy workers; raise 'charon.threads' or cache CRLs.",
    ],
    references: [],
  },
  "sa-deleted-by-peer": {
    severity: "info",
    title: "The tunnel was ended in order",
    explanation:
      "One side deleted the IKE SA and the other acknowledged it. That is an explanation, no fault.",
    remedies: [
      "The log of the side that deleted it says why: idle timeout, reload, an operator, a policy of the number of logins.",
    ],
    references: ["RFC 7296 section 1.4.1"],
  },
  "peer-restarted": {
    severity: "warning",
    title: "The peer lost the state of the tunnel",
    explanation:
      "One side no longer knows the IKE SA that the other still uses: it was restarted, or another node took over without its state.",
    remedies: [
      "The peer's log: a start of the daemon or a fail-over at that time; find out why.",
      "Let the other side notice sooner: dead peer detection with a short delay (strongSwan: 'dpd_delay = 30s'; Libreswan: 'dpddelay=30', 'dpdtimeout=120'), and start actions that set the tunnel up again.",
      "In a cluster: synchronise the state, or keep a peer on one node.",
    ],
    references: ["RFC 7296 section 2.4"],
  },
  "message-id-desync": {
    severity: "critical",
    title: "The Message IDs of the two sides no longer fit",
    explanation:
      "A request has a Message ID that its receiver does not wait for, so it is ignored, and so is every one that follows.",
    remedies: [
      "In a cluster: check that the nodes synchronise the IKE counters, and that both sides support it.",
      "Restart the IKE SA (strongSwan: 'swanctl --terminate --ike NAME' and '--initiate --child NAME'; Libreswan: 'ipsec auto --down NAME' and '--up NAME').",
    ],
    references: ["RFC 7296 section 2.2", "RFC 6311"],
  },
  "mobike-failed": {
    severity: "critical",
    title: "A peer changed its address, and the other side does not follow",
    explanation:
      "The IKE SA goes on from a new address, and no answer comes to it, so the tunnel keeps the old one.",
    remedies: [
      "Does the other side support MOBIKE (strongSwan: 'mobike = yes' at both ends; Libreswan: 'mobike=yes')?",
      "Does its firewall let the new address in on UDP 4500?",
      "Where the address changes for good: set the tunnel up again.",
    ],
    references: ["RFC 4555 section 3.5"],
  },
  "sa-flapping": {
    severity: "critical",
    title: "The tunnel is set up again and again",
    explanation:
      "Setups succeed and are replaced seconds later. Another finding beside it may name the cause.",
    remedies: [
      "The log of both sides between two setups: who deletes or gives up the SA, and why.",
      "Look for a second client with the same identity, start and close actions at both ends that fight (let one side only initiate), and a liveness check that fails.",
    ],
    references: [],
  },
  "identity-flap": {
    severity: "critical",
    title: "Two clients with one identity throw each other out",
    explanation: "The responder keeps one IKE SA per identity, and two clients use the same.",
    remedies: [
      "Give each client an identity of its own (strongSwan: 'local.id'; Libreswan: 'leftid').",
      "Or allow several: strongSwan 'unique = no' in the connection, Libreswan 'uniqueids=no'.",
    ],
    references: [],
  },
  "periodic-drop": {
    severity: "warning",
    title: "The tunnel drops at a constant period",
    explanation: "Setups follow one another at equal intervals, each after an outage.",
    remedies: [
      "Find the timer of that length: IKE and ESP lifetimes of both sides, idle and session timeouts, a NAT or firewall on the way.",
      "Make the lifetimes equal, or let the side that initiates rekey first (shorter lifetime).",
    ],
    references: ["RFC 7296 section 2.8"],
  },
  "reauth-gap": {
    severity: "warning",
    title: "Traffic stops at each re-authentication",
    explanation: "The old tunnel is closed before the new one is there, so nothing passes for a while.",
    remedies: [
      "strongSwan: 'charon.make_before_break = yes' at the initiator, or rekey without re-authentication ('reauth_time = 0', 'rekey_time = 4h').",
      "Libreswan: 'reauth=no'.",
    ],
    references: ["RFC 7296 section 2.8.3"],
  },
  "simultaneous-initiation": {
    severity: "warning",
    title: "Both sides set the tunnel up at the same time",
    explanation: "Two setups cross and both succeed: two IKE SAs, and perhaps doubled children.",
    remedies: [
      "Let one side only initiate (strongSwan: 'start_action = trap' or none at the other; Libreswan: 'auto=add' there).",
    ],
    references: ["RFC 7296 section 2.8"],
  },
  "rekey-collision": {
    severity: "warning",
    title: "Both sides rekey at the same time",
    explanation:
      "Rekeys of both sides cross. The protocol solves that, but it costs, and not every daemon does it well.",
    remedies: [
      "Give the sides different lifetimes, or more jitter (strongSwan: 'rand_time'; Libreswan: 'rekeyfuzz').",
    ],
    references: ["RFC 7296 section 2.8.1"],
  },
  "lifetime-mismatch": {
    severity: "warning",
    title: "The two sides have different lifetimes",
    explanation:
      "IKEv1 negotiates lifetimes, and the two sides offer different ones. Daemons treat that differently.",
    remedies: ["Configure the same phase 1 and phase 2 lifetimes at both sides."],
    references: ["RFC 2407 section 4.5.4"],
  },
} as const satisfies Record<string, CatalogueEntry>;

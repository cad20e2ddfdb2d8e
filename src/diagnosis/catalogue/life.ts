import type { CatalogueEntry } from "./entry.js";

export const LIFE = {
  retransmissions: {
    severity: "warning",
    title: "Messages had to be sent more than once",
    explanation: "The exchanges were answered, but only after repeats: packets are lost or answers are slow.",
    signature:
      "At least three requests were sent again before an answer came. Fewer are told as information.",
    remedies: [
      "Look for packet loss on the path (mtr, interface error counters).",
      "Slow answers without loss point at the responder: load, RADIUS, CRL or OCSP look-ups, DNS.",
    ],
    procedures: ["route", "load"],
    references: ["RFC 7296 section 2.1"],
  },
  "tcp-encapsulation": {
    severity: "info",
    title: "IKE and ESP over TCP",
    explanation:
      "The peers use TCP instead of UDP, as they do where UDP is blocked. It works, but packets in a tunnel in TCP wait for one another; where the connection fails, the tunnel has no other way.",
    signature:
      "A TCP stream that begins with IKETCP. Critical where RST, FIN or silence takes the place of an answer during the setup.",
    remedies: [
      "Where it works: use UDP 500 and 4500 if the network allows it; TCP costs throughput and delay.",
      "Where the connection is not answered: open the TCP port (4500, or the one configured) in every firewall and cloud security group on the way.",
      "Where it is refused or reset: check that the gateway listens on that TCP port ('ss -ltnp') and speaks IKE there; a proxy or load balancer on 443 may end connections that are not TLS.",
    ],
    procedures: ["tcp", "firewall"],
    references: ["RFC 9329"],
  },
  "dpd-timeout": {
    severity: "critical",
    title: "The peer no longer answers liveness checks (dead peer detection)",
    explanation:
      "The tunnel was up, and one side's checks whether the other is alive are no longer answered. It gives the tunnel up when they have failed; where ESP still comes in, only IKE is cut.",
    signature:
      "An INFORMATIONAL of a living IKE SA is sent at least three times without an answer, and nothing of the other side shows that it was received; in IKEv1 one that looks like R-U-THERE.",
    remedies: [
      "Is the silent peer up (ping, its console, its log at that time)? A reboot, a fail-over or an address change answers nothing on the old SA.",
      "Look for a firewall or NAT on the way that forgets the UDP state while the tunnel is idle: keepalives must come more often than its timeout.",
      "Where ESP still comes in but IKE does not: a rule or rate limit for UDP 500 or 4500 alone, often at the silent side.",
      "Capture at the silent side: the checks arrive and no answer leaves (host), or they do not arrive (path).",
    ],
    procedures: ["deadPeer", "status", "keepalive", "firewall"],
    references: ["RFC 7296 section 2.4", "RFC 3706"],
  },
  "rekey-unanswered": {
    severity: "critical",
    title: "A rekey is never answered",
    explanation:
      "CREATE_CHILD_SA repeats and no answer comes. The asker gives up and closes the IKE SA, and the tunnel goes with it.",
    signature: "CREATE_CHILD_SA is sent at least three times and given up without an answer.",
    remedies: [
      "The peer's log at that time: whether the request arrives.",
      "Compare sizes: a rekey with a large key exchange may be fragmented where liveness checks are not; switch on IKE fragmentation at both ends.",
      "Where the tunnel was idle before: a firewall or NAT on the way has forgotten the UDP state.",
    ],
    procedures: ["log", "fragmentation", "lifetimes"],
    references: ["RFC 7296 section 2.1", "RFC 7296 section 2.8"],
  },
  "rekey-failed": {
    severity: "critical",
    title: "The peer refuses the rekey again and again",
    explanation:
      "CREATE_CHILD_SA is answered with one error each time. The tunnel works until the old SA reaches its lifetime, then it drops.",
    signature:
      "At least two CREATE_CHILD_SA in a row are answered with a message that has room for one notify only, and none succeeds behind them. Critical where the traffic then stops.",
    remedies: [
      "Compare the PFS group of the ESP proposals: the first child needs none, so a mismatch shows at the first rekey only.",
      "The refusing side's log names the reason: NO_PROPOSAL_CHOSEN, INVALID_KE_PAYLOAD, TS_UNACCEPTABLE.",
      "Compare the proposals of the IKE SA too: its rekey negotiates them anew.",
    ],
    procedures: ["child", "lifetimes", "log"],
    references: ["RFC 7296 section 1.3", "RFC 7296 section 2.8"],
  },
  "responder-slow": {
    severity: "warning",
    title: "The peer takes seconds to answer",
    explanation:
      "Answers come, but seconds after the request, without packet loss. Setups may time out under load.",
    signature:
      "At least two answers of one side come 2 s or more after a request that was sent once (near the answering side: after its first try); rounds of EAP do not count.",
    remedies: [
      "At the slow side: load of the host, and what the daemon waits for (RADIUS, CRL and OCSP servers, DNS).",
      "Where all workers of the daemon are busy, give it more (strongSwan: 'charon.threads'), and let it cache CRLs.",
    ],
    procedures: ["load", "aaa"],
    references: [],
  },
  "sa-deleted-by-peer": {
    severity: "info",
    title: "The tunnel was ended in order",
    explanation:
      "One side deleted the IKE SA and the other acknowledged it. That is an explanation, no fault.",
    signature:
      "An INFORMATIONAL with the length of a delete, acknowledged, behind which neither IKE nor ESP of that IKE SA follows.",
    remedies: [
      "The log of the side that deleted it says why: idle timeout, reload, an operator, a policy of the number of logins.",
    ],
    procedures: ["log", "restart"],
    references: ["RFC 7296 section 1.4.1"],
  },
  "peer-restarted": {
    severity: "warning",
    title: "The peer lost the state of the tunnel",
    explanation:
      "One side no longer knows the IKE SA that the other still uses: it was restarted, or another node took over without its state.",
    signature:
      "INVALID_IKE_SPI in clear meets a living IKE SA, or the peer begins a new IKE SA while the old one is in use, and the old one is never answered again.",
    remedies: [
      "The peer's log: a start of the daemon or a fail-over at that time; find out why.",
      "Let the other side notice sooner: dead peer detection with a short delay, and start actions that set the tunnel up again.",
      "In a cluster: synchronise the state, or keep a peer on one node.",
    ],
    procedures: ["deadPeer", "restart", "log"],
    references: ["RFC 7296 section 2.4"],
  },
  "message-id-desync": {
    severity: "critical",
    title: "The Message IDs of the two sides no longer fit",
    explanation:
      "A request has a Message ID that its receiver does not wait for, so it is ignored, and so is every one that follows.",
    signature:
      "A request whose Message ID lies beyond the one that has to follow is repeated and never answered.",
    remedies: [
      "In a cluster: check that the nodes synchronise the IKE counters, and that both sides support it.",
      "Restart the IKE SA.",
    ],
    procedures: ["restart", "log"],
    references: ["RFC 7296 section 2.2", "RFC 6311"],
  },
  "mobike-failed": {
    severity: "critical",
    title: "A peer changed its address, and the other side does not follow",
    explanation:
      "The IKE SA goes on from a new address, and no answer comes to it, so the tunnel keeps the old one.",
    signature:
      "Requests of an IKE SA come from another address than before, are repeated, and no answer goes there.",
    remedies: [
      "Does the other side support MOBIKE?",
      "Does its firewall let the new address in on UDP 4500?",
      "Where the address changes for good: set the tunnel up again.",
    ],
    procedures: ["mobike", "firewall"],
    references: ["RFC 4555 section 3.5"],
  },
  "sa-flapping": {
    severity: "critical",
    title: "The tunnel is set up again and again",
    explanation:
      "Setups succeed and are replaced seconds later. Another finding beside it may name the cause.",
    signature:
      "At least four whole setups of the same peers follow one another within 30 s each, and each ends the one before; or at least six that are refused.",
    remedies: [
      "The log of both sides between two setups: who deletes or gives up the SA, and why.",
      "Look for a second client with the same identity, start and close actions at both ends that fight (let one side only initiate), and a liveness check that fails.",
    ],
    procedures: ["log", "start", "uniqueness"],
    references: [],
  },
  "identity-flap": {
    severity: "critical",
    title: "Two clients with one identity throw each other out",
    explanation: "The responder keeps one IKE SA per identity, and two clients use the same.",
    signature:
      "Setups from two addresses or ports alternate, and within 2 s of each the responder ends the other client's IKE SA, at least three times.",
    remedies: ["Give each client an identity of its own.", "Or allow several clients with one identity."],
    procedures: ["uniqueness", "credentials"],
    references: [],
  },
  "periodic-drop": {
    severity: "warning",
    title: "The tunnel drops at a constant period",
    explanation: "Setups follow one another at equal intervals, each after an outage.",
    signature:
      "At least four setups at intervals that differ by no more than 3 %, a minute or longer, each behind an unanswered request or 8 s without traffic.",
    remedies: [
      "Find the timer of that length: IKE and ESP lifetimes of both sides, idle and session timeouts, a NAT or firewall on the way.",
      "Make the lifetimes equal, or let the side that initiates rekey first (shorter lifetime).",
    ],
    procedures: ["lifetimes", "keepalive", "deadPeer"],
    references: ["RFC 7296 section 2.8"],
  },
  "reauth-gap": {
    severity: "warning",
    title: "Traffic stops at each re-authentication",
    explanation: "The old tunnel is closed before the new one is there, so nothing passes for a while.",
    signature:
      "Several whole setups replace a working IKE SA, and at each of them traffic that flowed pauses.",
    remedies: [
      "Make before break: let the initiator set up the new tunnel before it closes the old one, or rekey without re-authentication.",
    ],
    procedures: ["lifetimes"],
    references: ["RFC 7296 section 2.8.3"],
  },
  "simultaneous-initiation": {
    severity: "warning",
    title: "Both sides set the tunnel up at the same time",
    explanation: "Two setups cross and both succeed: two IKE SAs, and perhaps doubled children.",
    signature: "Each side opens an IKE SA before the other one's is up, and both come up.",
    remedies: ["Let one side only initiate."],
    procedures: ["start", "status"],
    references: ["RFC 7296 section 2.8"],
  },
  "rekey-collision": {
    severity: "warning",
    title: "Both sides rekey at the same time",
    explanation:
      "Rekeys of both sides cross. The protocol solves that: the SA that is too much is deleted, and that is only told. Not every daemon does it well: both SAs stay, or traffic stops.",
    signature:
      "CREATE_CHILD_SA requests of both sides cross: each is sent before the other one's is answered. A warning where no two deletes follow, where both SAs carry traffic, or where traffic pauses.",
    remedies: ["Give the sides different lifetimes, or more jitter."],
    procedures: ["lifetimes"],
    references: ["RFC 7296 section 2.8.1"],
  },
  "lifetime-mismatch": {
    severity: "warning",
    title: "The two sides have different lifetimes",
    explanation:
      "IKEv1 negotiates lifetimes, and the two sides offer different ones. Daemons treat that differently.",
    signature: "IKEv1: the lifetimes in the SA payloads that the two sides send as initiators differ.",
    remedies: ["Configure the same phase 1 and phase 2 lifetimes at both sides."],
    procedures: ["lifetimes"],
    references: ["RFC 2409"],
  },
} as const satisfies Record<string, CatalogueEntry>;

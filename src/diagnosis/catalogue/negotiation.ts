import type { CatalogueEntry } from "./entry.js";

export const NEGOTIATION = {
  "ike-no-proposal-chosen": {
    severity: "critical",
    title: "The responder accepts none of the offered IKE proposals",
    explanation:
      "The responder answered with NO_PROPOSAL_CHOSEN: no offered combination of encryption, integrity, PRF and key exchange group is allowed there, or it has no configuration for this peer.",
    remedies: [
      "Compare the printed offer with the responder's configuration and align encryption, integrity, PRF and group on one side.",
      "strongSwan: 'proposals =' of the connection; its log prints 'received proposals' and 'configured proposals'. Libreswan: 'ike='.",
      "Check at the responder that a connection exists for this peer's address and IKE version at all: some implementations answer so when there is none.",
    ],
    references: ["RFC 7296 section 2.7", "RFC 7296 section 2.21.1"],
  },
  "ike-invalid-ke-loop": {
    severity: "critical",
    title: "The peers do not find a common key exchange group",
    explanation:
      "The responder asks again and again for another group (INVALID_KE_PAYLOAD), or for one that the initiator never offered.",
    remedies: [
      "Offer the wanted group at the initiator, and put it first.",
      "Remove groups at the responder that it does not really accept.",
    ],
    references: ["RFC 7296 section 1.2"],
  },
  "ike-invalid-ke-retry": {
    severity: "info",
    title: "One extra round trip: the initiator guessed another key exchange group",
    explanation:
      "The responder asked once for another group and the initiator went on with it. That is normal operation.",
    remedies: [
      "Put the group that the responder wants first in the initiator's proposal to save the round trip.",
    ],
    references: ["RFC 7296 section 1.2"],
  },
  "ike-version-mismatch": {
    severity: "critical",
    title: "The peers speak different IKE versions",
    explanation: "One side uses IKEv1 where the other wants IKEv2, or the reverse.",
    remedies: [
      "Configure the same version at both ends, IKEv2 where both can (strongSwan: 'version = 2'; Libreswan: 'ikev2=insist').",
    ],
    references: ["RFC 7296 section 2.5"],
  },
  "cookie-challenge": {
    severity: "info",
    title: "The responder asked for a cookie before it went on",
    explanation:
      "A responder under load, or with a low threshold, makes the initiator prove its address. One round is normal.",
    remedies: [
      "Nothing to do; if it happens all the time, look at the number of half-open IKE SAs of the responder.",
    ],
    references: ["RFC 7296 section 2.6"],
  },
  "ike-unsupported-extension": {
    severity: "critical",
    title: "The responder does not understand an extension that the initiator asks for",
    explanation:
      "The responder refuses the request itself, not the algorithms: it holds a payload or transform that the responder's implementation does not know, such as additional key exchanges or a post-quantum pre-shared key.",
    remedies: [
      "Switch the extension off for this peer: additional key exchanges (strongSwan: no 'ke1_' to 'ke7_' in 'proposals'), PPK ('ppk_id', 'ppk_required'; Libreswan: 'ppk='), IKE_INTERMEDIATE (Libreswan: 'intermediate=no').",
      "Or update the responder to a version that knows it.",
    ],
    references: ["RFC 7296 section 2.5", "RFC 9370", "RFC 8784"],
  },
  "ike-malformed": {
    severity: "warning",
    title: "An IKE message cannot be read as its header says",
    explanation:
      "A length in the message points beyond it, or its payloads do not follow one another. The capture holds the whole packet, so it was sent so or was changed on the way.",
    remedies: [
      "Capture at the sender too: if the message is whole there, a device on the way changes it; switch off IPsec helpers (ALG, 'IPsec passthrough', inspection of IKE) on routers and firewalls between.",
      "If it is broken at the sender: update that implementation, and check that the packets are really IKE.",
    ],
    references: ["RFC 7296 section 3.1", "RFC 7296 section 3.2"],
  },
  "weak-crypto": {
    severity: "warning",
    title: "The IKE SA is protected with weak algorithms",
    explanation:
      "The chosen suite has an algorithm that the RFCs forbid or advise against: DES, 3DES, MD5, SHA1 as integrity, Diffie-Hellman groups of 1024 bits and less, or no encryption. As information it also names what is ageing, what is only offered, and aggressive mode with a pre-shared key, whose hash can be guessed offline.",
    remedies: [
      "Configure AES-GCM (or AES-CBC with SHA2-256) and group 19, 20, 31 or 14 at both ends; strongSwan: 'proposals = aes256gcm16-prfsha384-ecp384'; Libreswan: 'ike=aes_gcm256-sha2_384-dh20'.",
      "Put the strong proposal first at both ends, then remove the weak one, so that no tunnel is lost in between.",
      "Use main mode, or better IKEv2, instead of aggressive mode with a pre-shared key.",
    ],
    references: ["RFC 8247", "RFC 8221", "RFC 9395"],
  },
  redirected: {
    severity: "info",
    title: "The gateway sends the client to another gateway",
    explanation:
      "The gateway answered the first message with REDIRECT: it is full or in maintenance, or it only distributes clients. The client goes on with the gateway that is named.",
    remedies: ["Nothing to do; if it is not wanted, look at the redirect policy of the gateway's cluster."],
    references: ["RFC 5685"],
  },
  "redirect-loop": {
    severity: "critical",
    title: "Gateways redirect the client in a circle",
    explanation:
      "Each gateway sends the client on to the next, and the last one back to the first, so none of them takes it.",
    remedies: [
      "Correct the redirect policy of the named gateways: one of them has to take the client.",
      "Until then, switch redirects off at the client or connect it to one gateway only (strongSwan: 'charon.follow_redirects = no').",
    ],
    references: ["RFC 5685"],
  },
  "cookie-loop": {
    severity: "critical",
    title: "The responder asks for a cookie again and again",
    explanation:
      "Every IKE_SA_INIT is answered with COOKIE and none goes on: the returned cookie does not fit what the responder sees, or the demand never reaches the initiator.",
    remedies: [
      "Compare source address and port of the requests: a NAT that changes the mapping from packet to packet makes every cookie invalid (look for several uplinks, load sharing per packet, a pool of addresses).",
      "If several hosts stand behind the responder's address: send one client's packets to one host, since each has a secret of its own.",
      "If the initiator repeats the same request: capture there, and see whether COOKIE arrives.",
      "At the responder: why is it under load? (strongSwan: 'cookie_threshold', half-open IKE SAs in 'swanctl --stats').",
    ],
    references: ["RFC 7296 section 2.6"],
  },
  "ike-mode-mismatch": {
    severity: "critical",
    title: "The peers use different IKEv1 modes",
    explanation:
      "One side opens with main mode where the other wants aggressive mode, or the reverse; the message is refused or passed over in silence.",
    remedies: [
      "Configure the same mode at both ends (strongSwan: 'aggressive = yes' or 'no'; Libreswan: 'aggressive='; Cisco, FortiGate: mode of phase 1).",
      "Prefer main mode, or better IKEv2: aggressive mode shows identity and a hash over the pre-shared key in clear.",
    ],
    references: ["RFC 2409 section 5"],
  },
  "ike-intermediate-failed": {
    severity: "critical",
    title: "IKE_INTERMEDIATE is never answered",
    explanation:
      "Both sides agreed to exchange more keys (post-quantum methods) in IKE_INTERMEDIATE before the authentication; that message is large, and it or its answer does not arrive.",
    remedies: [
      "Switch IKE fragmentation on at both ends (RFC 7383), so that the message needs no IP fragments (strongSwan: 'fragmentation = yes'; Libreswan: 'fragmentation=yes'), and lower the fragment size if fragments are lost.",
      "Try once without additional key exchanges: if that works, the path or the implementation of IKE_INTERMEDIATE is at fault; update both.",
      "Capture at the responder: do all fragments arrive?",
    ],
    references: ["RFC 9242", "RFC 9370", "RFC 7383"],
  },
} as const satisfies Record<string, CatalogueEntry>;

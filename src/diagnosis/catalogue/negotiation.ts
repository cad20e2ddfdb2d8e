import type { CatalogueEntry } from "./entry.js";

export const NEGOTIATION = {
  "ike-no-proposal-chosen": {
    severity: "critical",
    title: "The responder accepts none of the offered IKE proposals",
    explanation:
      "The responder answered with NO_PROPOSAL_CHOSEN: no offered combination of encryption, integrity, PRF and key exchange group is allowed there, or it has no configuration for this peer.",
    signature:
      "The first message is answered with NO_PROPOSAL_CHOSEN in clear (in IKEv1 by an INFORMATIONAL), and no normal answer overrides it.",
    remedies: [
      "Compare the printed offer with the responder's configuration and align encryption, integrity, PRF and group on one side.",
      "The responder's log prints what it received and what it is configured with.",
      "Check at the responder that a connection exists for this peer's address and IKE version at all: some implementations answer so when there is none.",
    ],
    procedures: ["proposals", "log"],
    references: ["RFC 7296 section 2.7", "RFC 7296 section 2.21.1"],
  },
  "ike-invalid-ke-loop": {
    severity: "critical",
    title: "The peers do not find a common key exchange group",
    explanation:
      "The responder asks again and again for another group (INVALID_KE_PAYLOAD), or for one that the initiator never offered.",
    signature:
      "INVALID_KE_PAYLOAD answers more than one IKE_SA_INIT of a setup, or each repeat of one, or asks for a group that the offer does not have.",
    remedies: [
      "Offer the wanted group at the initiator, and put it first.",
      "Remove groups at the responder that it does not really accept.",
    ],
    procedures: ["proposals"],
    references: ["RFC 7296 section 1.2"],
  },
  "ike-invalid-ke-retry": {
    severity: "info",
    title: "One extra round trip: the initiator guessed another key exchange group",
    explanation:
      "The responder asked once for another group and the initiator went on with it. That is normal operation.",
    signature:
      "INVALID_KE_PAYLOAD answers one IKE_SA_INIT, and the next one, with the group that was asked for, is accepted.",
    remedies: [
      "Put the group that the responder wants first in the initiator's proposal to save the round trip.",
    ],
    procedures: ["proposals"],
    references: ["RFC 7296 section 1.2"],
  },
  "ike-version-mismatch": {
    severity: "critical",
    title: "The peers speak different IKE versions",
    explanation: "One side uses IKEv1 where the other wants IKEv2, or the reverse.",
    signature:
      "A message of one major version is answered with INVALID_MAJOR_VERSION or in the other version, or the initiator tries both versions in turn and only one is answered.",
    remedies: ["Configure the same version at both ends, IKEv2 where both can."],
    procedures: ["version"],
    references: ["RFC 7296 section 2.5"],
  },
  "cookie-challenge": {
    severity: "info",
    title: "The responder asked for a cookie before it went on",
    explanation:
      "A responder under load, or with a low threshold, makes the initiator prove its address. One round is normal.",
    signature: "COOKIE answers IKE_SA_INIT, the request comes again with that cookie, and goes on.",
    remedies: [
      "Nothing to do; if it happens all the time, look at the number of half-open IKE SAs of the responder.",
    ],
    procedures: ["load", "halfOpen"],
    references: ["RFC 7296 section 2.6"],
  },
  "ike-unsupported-extension": {
    severity: "critical",
    title: "The responder does not understand an extension that the initiator asks for",
    explanation:
      "The responder refuses the request itself, not the algorithms: it holds a payload or transform that the responder's implementation does not know, such as additional key exchanges or a post-quantum pre-shared key.",
    signature:
      "IKE_SA_INIT is answered with UNSUPPORTED_CRITICAL_PAYLOAD, or with INVALID_SYNTAX where the request holds additional key exchanges, USE_PPK or INTERMEDIATE_EXCHANGE_SUPPORTED; no normal answer follows.",
    remedies: [
      "Switch the extension off for this peer: additional key exchanges, PPK, IKE_INTERMEDIATE.",
      "Or update the responder to a version that knows it.",
    ],
    procedures: ["extensions", "log"],
    references: ["RFC 7296 section 2.5", "RFC 9370", "RFC 8784"],
  },
  "ike-malformed": {
    severity: "warning",
    title: "An IKE message cannot be read as its header says",
    explanation:
      "A length in the message points beyond it, or its payloads do not follow one another. The capture holds the whole packet, so it was sent so or was changed on the way.",
    signature:
      "A datagram with an IKE header whose length, or the length of a payload, points beyond its end; neither the snap length nor a missing fragment explains it.",
    remedies: [
      "Capture at the sender too: if the message is whole there, a device on the way changes it; switch off IPsec helpers (ALG, 'IPsec passthrough', inspection of IKE) on routers and firewalls between.",
      "If it is broken at the sender: update that implementation, and check that the packets are really IKE.",
    ],
    procedures: ["capture", "log"],
    references: ["RFC 7296 section 3.1", "RFC 7296 section 3.2"],
  },
  "weak-crypto": {
    severity: "info",
    title: "The IKE SA is protected with weak algorithms",
    explanation:
      "The chosen suite has an algorithm that the RFCs forbid or advise against: DES, 3DES, MD5, SHA1 as integrity, Diffie-Hellman groups of 1024 bits and less, or no encryption. As information it also names what is ageing, what is only offered, and aggressive mode with a pre-shared key, whose hash can be guessed offline.",
    signature:
      "The accepted proposal of the IKE SA has an algorithm that RFC 8247 forbids, or 3DES, NULL, HMAC-SHA1 as integrity, or a MODP group of 1024 bits and less; in IKEv1 also DES, IDEA, Blowfish, RC5, CAST and MD5. What an RFC only advises against, what was offered and not chosen, and aggressive mode with a pre-shared key are information.",
    remedies: [
      "Configure AES-GCM (or AES-CBC with SHA2-256) and group 19, 20, 31 or 14 at both ends.",
      "Put the strong proposal first at both ends, then remove the weak one, so that no tunnel is lost in between.",
      "Use main mode, or better IKEv2, instead of aggressive mode with a pre-shared key.",
    ],
    procedures: ["proposals", "version"],
    references: ["RFC 8247", "RFC 8221", "RFC 9395"],
  },
  redirected: {
    severity: "info",
    title: "The gateway sends the client to another gateway",
    explanation:
      "The gateway answered the first message with REDIRECT: it is full or in maintenance, or it only distributes clients. The client goes on with the gateway that is named.",
    signature:
      "The answer to IKE_SA_INIT holds REDIRECT in clear; the gateway that it names is in the notify.",
    remedies: ["Nothing to do; if it is not wanted, look at the redirect policy of the gateway's cluster."],
    procedures: ["extensions"],
    references: ["RFC 5685"],
  },
  "redirect-loop": {
    severity: "critical",
    title: "Gateways redirect the client in a circle",
    explanation:
      "Each gateway sends the client on to the next, and the last one back to the first, so none of them takes it.",
    signature:
      "The way of a client from REDIRECT to REDIRECT ends at a gateway that sent it on before, or each answer names the gateway that gives it; no setup of the client comes up behind that.",
    remedies: [
      "Correct the redirect policy of the named gateways: one of them has to take the client.",
      "Until then, switch redirects off at the client or connect it to one gateway only.",
    ],
    procedures: ["extensions", "log"],
    references: ["RFC 5685"],
  },
  "cookie-loop": {
    severity: "critical",
    title: "The responder asks for a cookie again and again",
    explanation:
      "Every IKE_SA_INIT is answered with COOKIE and none goes on: the returned cookie does not fit what the responder sees, or the demand never reaches the initiator.",
    signature:
      "COOKIE answers IKE_SA_INIT again although the cookie was returned, several times, or the same request without a cookie repeats behind several demands, and no setup goes on.",
    remedies: [
      "Compare source address and port of the requests: a NAT that changes the mapping from packet to packet makes every cookie invalid (look for several uplinks, load sharing per packet, a pool of addresses).",
      "If several hosts stand behind the responder's address: send one client's packets to one host, since each has a secret of its own.",
      "If the initiator repeats the same request: capture there, and see whether COOKIE arrives.",
      "At the responder: why is it under load?.",
    ],
    procedures: ["load", "halfOpen", "capture"],
    references: ["RFC 7296 section 2.6"],
  },
  "ike-mode-mismatch": {
    severity: "critical",
    title: "The peers use different IKEv1 modes",
    explanation:
      "One side opens with main mode where the other wants aggressive mode, or the reverse; the message is refused or passed over in silence.",
    signature:
      "IKEv1: the first message of one mode is refused with INVALID-EXCHANGE-TYPE or UNSUPPORTED-EXCHANGE-TYPE in clear, or repeats without an answer while the same responder answers the other mode of the same peer.",
    remedies: [
      "Configure the same mode at both ends.",
      "Prefer main mode, or better IKEv2: aggressive mode shows identity and a hash over the pre-shared key in clear.",
    ],
    procedures: ["version", "log"],
    references: ["RFC 2409 section 5"],
  },
  "ike-intermediate-failed": {
    severity: "critical",
    title: "IKE_INTERMEDIATE is never answered",
    explanation:
      "Both sides agreed to exchange more keys (post-quantum methods) in IKE_INTERMEDIATE before the authentication; that message is large, and it or its answer does not arrive.",
    signature:
      "Both sides announce INTERMEDIATE_EXCHANGE_SUPPORTED, and IKE_INTERMEDIATE (exchange type 43) repeats without an answer, in fragments or on a port on which the responder is heard.",
    remedies: [
      "Switch IKE fragmentation on at both ends (RFC 7383), so that the message needs no IP fragments, and lower the fragment size if fragments are lost.",
      "Try once without additional key exchanges: if that works, the path or the implementation of IKE_INTERMEDIATE is at fault; update both.",
      "Capture at the responder: do all fragments arrive?",
    ],
    procedures: ["fragmentation", "extensions", "capture"],
    references: ["RFC 9242", "RFC 9370", "RFC 7383"],
  },
} as const satisfies Record<string, CatalogueEntry>;

import type { CatalogueEntry } from "./entry.js";

export const AUTHENTICATION = {
  "authentication-failed": {
    severity: "critical",
    title: "Authentication fails",
    explanation:
      "The peers agree on algorithms, then the one that checks the other's identity and credentials refuses it.",
    signature:
      "IKEv2: the answer to IKE_AUTH is no longer than one bare notify under the negotiated suite, and nothing follows on that IKE SA. Main mode: message 5 repeats, or is met by an INFORMATIONAL, on a path that works. Aggressive mode: message 2 is met by an INFORMATIONAL, or message 3 never comes.",
    remedies: [
      "Compare identities first, type and value: what the initiator sends as its ID must be what the responder expects, and the reverse.",
      "Then the pre-shared key: the same on both sides, without stray blanks, and selected by the right addresses or identities.",
      "With certificates: the chain, the CA at the side that refuses, validity, and subjectAltName against the ID.",
      "The log of the side that refused names the reason; the wire does not show it.",
    ],
    procedures: ["credentials", "log"],
    references: ["RFC 7296 section 2.21.2"],
  },
  "certificate-expired": {
    severity: "critical",
    title: "A certificate has expired",
    explanation:
      "A certificate that a peer sends in clear was past its validity when it was sent, and the other side goes no further. Only IKEv1 aggressive mode shows certificates in clear; where they are encrypted, an expired one looks like any failing authentication.",
    signature:
      "A certificate in clear, as aggressive mode sends them, whose notAfter lies before the time of the capture; the other side answers with an INFORMATIONAL or goes no further. Where it goes on, it is information.",
    remedies: [
      "Renew the named certificate at the side that sends it, with its whole chain, and reload it there.",
      "Where the named certificate is that of a CA: renew it at every peer that trusts it, before those that it signed.",
      "Where it expired minutes or hours ago only: compare the clocks of both peers first ('timedatectl', 'chronyc tracking').",
    ],
    procedures: ["credentials", "clock", "log"],
    references: ["RFC 5280 section 4.1.2.5"],
  },
  "certificate-not-yet-valid": {
    severity: "critical",
    title: "A certificate is not valid yet",
    explanation:
      "The validity of a certificate that a peer sends in clear begins after it was sent, and the other side goes no further. Nearly always a clock is wrong: that of the CA when it signed, or that of the side that refuses.",
    signature:
      "A certificate in clear, as aggressive mode sends them, whose notBefore lies behind the time of the capture; the other side answers with an INFORMATIONAL or goes no further. Where it goes on, it is information.",
    remedies: [
      "Compare the clocks of both peers and of the CA with the time of this capture ('timedatectl', 'chronyc tracking'), and let all of them follow NTP.",
      "Where the clocks are right: wait until the validity begins, or have the certificate issued again.",
    ],
    procedures: ["clock", "credentials"],
    references: ["RFC 5280 section 4.1.2.5"],
  },
  "eap-failed": {
    severity: "critical",
    title: "EAP authentication fails",
    explanation:
      "The gateway accepted IKE_AUTH and spoke EAP with the client, then ended it with a message that has room for EAP-Failure or an error notify only.",
    signature:
      "Several rounds of IKE_AUTH are answered, the last answer has room for EAP-Failure or one notify only, and the client goes no further.",
    remedies: [
      "Read the log of the AAA server (RADIUS) for this user and time: wrong password, locked or expired account, a policy that does not allow VPN.",
      "Check that client and server use the same EAP method (EAP-MSCHAPv2, EAP-TLS, PEAP), and with EAP-TLS the client's certificate and the CA at the server.",
      "Gateway: the shared secret and address of the AAA server.",
    ],
    procedures: ["aaa", "login", "credentials", "log"],
    references: ["RFC 7296 section 2.16", "RFC 3748"],
  },
  "eap-stalled": {
    severity: "critical",
    title: "EAP authentication stops in the middle",
    explanation:
      "Some rounds of IKE_AUTH are answered, then one never is, or the client leaves the same round without going on in attempt after attempt.",
    signature:
      "Some rounds of IKE_AUTH are answered, then a request repeats without an answer; or attempt after attempt stops behind the same round.",
    remedies: [
      "If the gateway does not answer: check that its AAA server answers ('tcpdump -n udp port 1812' at the gateway), and how long it takes.",
      "With EAP-TLS or PEAP: lower the EAP fragment size so that no round needs IP fragments.",
      "If the client does not go on: its log; it may not trust the gateway's certificate, not know the EAP method, or wait for its user.",
    ],
    procedures: ["aaa", "login", "fragmentation", "log"],
    references: ["RFC 7296 section 2.16"],
  },
  "authentication-rejected-by-initiator": {
    severity: "critical",
    title: "The initiator refuses the responder's authentication",
    explanation:
      "The responder accepted and sent a whole IKE_AUTH response; the initiator answers it at once with one notify or delete and drops the IKE SA.",
    signature:
      "The responder's answer to IKE_AUTH is long enough for identity, AUTH and a Child SA; the initiator's next message is an INFORMATIONAL of one notify or delete at once, and no ESP follows.",
    remedies: [
      "Read the initiator's log: it names the reason (no trusted certificate, constraint check, identity mismatch).",
      "Compare the identity that the responder sends with the one that the initiator expects.",
      "Install the CA of the responder's certificate at the initiator, and check its validity, subjectAltName and extended key usage.",
    ],
    procedures: ["credentials", "log", "clock"],
    references: ["RFC 7296 section 2.21.2"],
  },
  "xauth-stalled": {
    severity: "critical",
    title: "The XAUTH login does not come to an end",
    explanation:
      "IKEv1 phase 1 is up, then the login of the user (XAUTH) or the assignment of an address (mode config) stops: a message is never answered, or the gateway ends the IKE SA.",
    signature:
      "IKEv1 phase 1 is up, a message of a transaction exchange repeats without an answer or the gateway ends the IKE SA during it, and no quick mode follows.",
    remedies: [
      "Read the gateway's log for the user: does the AAA server answer, and accept?",
      "Check that both ends are configured for XAUTH, and the same way.",
      "At the client: stored or asked-for password, and one-time passwords that need more time.",
    ],
    procedures: ["aaa", "login", "log"],
    references: ["draft-beaulieu-ike-xauth-02"],
  },
  "ppk-mismatch": {
    severity: "critical",
    title: "Only one side uses a post-quantum pre-shared key",
    explanation:
      "The initiator wants a post-quantum pre-shared key (PPK) mixed into the keys, the responder does not announce it, and the initiator stops there, as it must where the key is mandatory.",
    signature:
      "USE_PPK stands in the IKE_SA_INIT request and not in the accepted answer, and the initiator never sends the next message.",
    remedies: [
      "Configure the same PPK and PPK identity at both ends.",
      "Or make it optional at the initiator.",
      "Check that the responder's version supports RFC 8784.",
    ],
    procedures: ["ppk", "log"],
    references: ["RFC 8784 section 3"],
  },
} as const satisfies Record<string, CatalogueEntry>;

import type { CatalogueEntry } from "./entry.js";

export const AUTHENTICATION = {
  "authentication-failed": {
    severity: "critical",
    title: "Authentication fails",
    explanation:
      "The peers agree on algorithms, then the one that checks the other's identity and credentials refuses it.",
    remedies: [
      "Compare identities first, type and value: what the initiator sends as its ID must be what the responder expects, and the reverse (strongSwan: 'local.id' and 'remote.id'; Libreswan: 'leftid', 'rightid').",
      "Then the pre-shared key: the same on both sides, without stray blanks, and selected by the right addresses or identities.",
      "With certificates: the chain, the CA at the side that refuses, validity, and subjectAltName against the ID.",
      "The log of the side that refused names the reason; the wire does not show it.",
    ],
    references: ["RFC 7296 section 2.21.2"],
  },
  "certificate-expired": {
    severity: "critical",
    title: "A certificate has expired",
    explanation:
      "A certificate that a peer sends in clear was past its validity when it was sent, and the other side goes no further. Only IKEv1 aggressive mode shows certificates in clear; where they are encrypted, an expired one looks like any failing authentication.",
    remedies: [
      "Renew the named certificate at the side that sends it, with its whole chain, and reload it there (strongSwan: 'swanctl --load-creds').",
      "Where the named certificate is that of a CA: renew it at every peer that trusts it, before those that it signed.",
      "Where it expired minutes or hours ago only: compare the clocks of both peers first ('timedatectl', 'chronyc tracking').",
    ],
    references: ["RFC 5280 section 4.1.2.5"],
  },
  "certificate-not-yet-valid": {
    severity: "critical",
    title: "A certificate is not valid yet",
    explanation:
      "The validity of a certificate that a peer sends in clear begins after it was sent, and the other side goes no further. Nearly always a clock is wrong: that of the CA when it signed, or that of the side that refuses.",
    remedies: [
      "Compare the clocks of both peers and of the CA with the time of this capture ('timedatectl', 'chronyc tracking'), and let all of them follow NTP.",
      "Where the clocks are right: wait until the validity begins, or have the certificate issued again.",
    ],
    references: ["RFC 5280 section 4.1.2.5"],
  },
  "eap-failed": {
    severity: "critical",
    title: "EAP authentication fails",
    explanation:
      "The gateway accepted IKE_AUTH and spoke EAP with the client, then ended it with a message that has room for EAP-Failure or an error notify only.",
    remedies: [
      "Read the log of the AAA server (RADIUS) for this user and time: wrong password, locked or expired account, a policy that does not allow VPN.",
      "Check that client and server use the same EAP method (EAP-MSCHAPv2, EAP-TLS, PEAP), and with EAP-TLS the client's certificate and the CA at the server.",
      "Gateway: the shared secret and address of the AAA server (strongSwan: 'eap-radius' in strongswan.conf).",
    ],
    references: ["RFC 7296 section 2.16", "RFC 3748"],
  },
  "eap-stalled": {
    severity: "critical",
    title: "EAP authentication stops in the middle",
    explanation:
      "Some rounds of IKE_AUTH are answered, then one never is, or the client leaves the same round without going on in attempt after attempt.",
    remedies: [
      "If the gateway does not answer: check that its AAA server answers ('tcpdump -n udp port 1812' at the gateway), and how long it takes.",
      "With EAP-TLS or PEAP: lower the EAP fragment size (strongSwan: 'charon.plugins.eap-tls.fragment_size', FreeRADIUS: 'fragment_size') so that no round needs IP fragments.",
      "If the client does not go on: its log; it may not trust the gateway's certificate, not know the EAP method, or wait for its user.",
    ],
    references: ["RFC 7296 section 2.16"],
  },
  "authentication-rejected-by-initiator": {
    severity: "critical",
    title: "The initiator refuses the responder's authentication",
    explanation:
      "The responder accepted and sent a whole IKE_AUTH response; the initiator answers it at once with one notify or delete and drops the IKE SA.",
    remedies: [
      "Read the initiator's log: it names the reason (no trusted certificate, constraint check, identity mismatch).",
      "Compare the identity that the responder sends with the one that the initiator expects (strongSwan: 'remote.id'; Libreswan: 'rightid'; Windows: the server name of the connection must be in the certificate).",
      "Install the CA of the responder's certificate at the initiator, and check its validity, subjectAltName and extended key usage.",
    ],
    references: ["RFC 7296 section 2.21.2"],
  },
  "xauth-stalled": {
    severity: "critical",
    title: "The XAUTH login does not come to an end",
    explanation:
      "IKEv1 phase 1 is up, then the login of the user (XAUTH) or the assignment of an address (mode config) stops: a message is never answered, or the gateway ends the IKE SA.",
    remedies: [
      "Read the gateway's log for the user: does the AAA server answer, and accept?",
      "Check that both ends are configured for XAUTH, and the same way (strongSwan: 'auth = xauth'; Cisco: group policy and AAA list).",
      "At the client: stored or asked-for password, and one-time passwords that need more time.",
    ],
    references: ["draft-beaulieu-ike-xauth-02"],
  },
  "ppk-mismatch": {
    severity: "critical",
    title: "Only one side uses a post-quantum pre-shared key",
    explanation:
      "The initiator wants a post-quantum pre-shared key (PPK) mixed into the keys, the responder does not announce it, and the initiator stops there, as it must where the key is mandatory.",
    remedies: [
      "Configure the same PPK and PPK identity at both ends (strongSwan: 'ppk_id' and a 'ppk' secret; Libreswan: 'ppk=' and a PPKS secret).",
      "Or make it optional at the initiator (strongSwan: 'ppk_required = no'; Libreswan: 'ppk=propose').",
      "Check that the responder's version supports RFC 8784.",
    ],
    references: ["RFC 8784 section 3"],
  },
} as const satisfies Record<string, CatalogueEntry>;

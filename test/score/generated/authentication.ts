import { type CertificateOptions, smallCertificate } from "../../support/ike/der.js";
import { notify } from "../../support/ike/payloads-v2.js";
import {
  aggressiveMode,
  CHILD_REFUSED,
  createChild,
  createChildAnswer,
  encrypted,
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  informational,
  informationalAnswer,
  informationalV1,
  INNER,
  mainMode,
  mainModeInFragments,
  mainModeUp,
  opens,
  quickMode,
  quickModeUp,
  resumes,
  type Scenario,
  setsUp,
  SMALLEST_ANSWER,
  traffic,
  transaction,
} from "../../support/scenario/index.js";
import { ipv4, udp, zeros } from "../../support/packet/index.js";
import { failing, healthy, type Story } from "./story.js";

const USE_PPK = { notifies: [notify(16435)] };

/** EAP with these rounds, `pause` seconds of the client before each of its messages. */
function eap(talk: Scenario, rounds: readonly number[], pause: number): void {
  opens(talk);
  const all = [1300, ...rounds, INNER.eapSuccess];
  const time = (index: number): number => 0.2 + index * (pause + 0.1);
  for (const [index, inner] of all.entries()) {
    talk.at(time(index)).initiator.sends(ikeAuth({ id: index + 1, inner: index === 0 ? 220 : 60 }));
    talk.at(time(index) + 0.05).responder.sends(ikeAuthAnswer({ id: index + 1, inner }));
  }
  const id = all.length + 1;
  talk.at(time(id - 1)).initiator.sends(ikeAuth({ id, inner: INNER.auth }));
  talk.at(time(id - 1) + 0.05).responder.sends(ikeAuthAnswer({ id, inner: 132 }));
  traffic(talk, time(id), time(id) + 20);
  talk.endsAt(time(id) + 60);
}

/** Aggressive mode whose second message has this certificate and is met by INFORMATIONAL, attempt after attempt. */
function objects(talk: Scenario, options: CertificateOptions): void {
  for (const [index, sa] of [talk.sa, talk.newSa(), talk.newSa()].entries()) {
    const at = index * 20;
    talk.at(at).initiator.sends(aggressiveMode(1, { sa, signed: true }));
    const certificates = [smallCertificate(options)];
    talk.at(at + 0.1).responder.sends(aggressiveMode(2, { sa, signed: true, certificates }));
    talk.at(at + 0.2).initiator.sends(informationalV1({ sa }));
  }
  talk.endsAt(60);
}

/** Aggressive mode with the login; then the client asks for an address and gets an answer with `bytes` of ciphertext. */
function asksForAddress(talk: Scenario, bytes: number): void {
  talk.at(0).initiator.sends(aggressiveMode(1));
  talk.at(0.05).responder.sends(aggressiveMode(2));
  talk.at(0.1).initiator.sends(aggressiveMode(3));
  for (const messageId of [5, 6]) {
    talk.at(messageId / 10).responder.sends(transaction({ messageId }));
    talk.at(messageId / 10 + 0.01).initiator.sends(transaction({ messageId }));
  }
  talk.at(0.7).initiator.sends(transaction({ messageId: 7, length: 160 }));
  talk.at(0.71).responder.sends(transaction({ messageId: 7, length: bytes }));
}

export const AUTHENTICATION_STORIES: readonly Story[] = [
  {
    name: "ppk-on-one-side",
    description:
      "The initiator says USE_PPK, the responder does not; the initiator stops there, attempt after attempt.",
    ...failing("IKE_SA_INIT", "ppk-mismatch"),
    tell: (talk) => {
      for (const [index, sa] of [talk.sa, talk.newSa(), talk.newSa()].entries()) {
        talk.at(index * 30).initiator.sends(ikeSaInit({ ...USE_PPK, sa }));
        talk.at(index * 30 + 0.1).responder.sends(ikeSaInitAnswer({ sa }));
      }
      talk.endsAt(90);
    },
  },
  {
    name: "ppk-on-one-side-behind-intermediate",
    description:
      "As ppk-on-one-side, with an additional key exchange: strongSwan 6 gives up behind the answer to IKE_INTERMEDIATE.",
    ...failing("IKE_SA_INIT", "ppk-mismatch"),
    tell: (talk) => {
      for (const [index, sa] of [talk.sa, talk.newSa(), talk.newSa()].entries()) {
        const at = index * 30;
        talk.at(at).initiator.sends(ikeSaInit({ notifies: [notify(16435), notify(16438)], sa }));
        talk.at(at + 0.1).responder.sends(ikeSaInitAnswer({ notifies: [notify(16438)], sa }));
        talk.at(at + 0.2).initiator.sends(encrypted(43, false, { sa, inner: 1200 }));
        talk.at(at + 0.3).responder.sends(encrypted(43, true, { sa, inner: 1100 }));
      }
      talk.endsAt(90);
    },
  },
  {
    name: "objection-behind-initial-contact",
    description:
      "racoon: the responder announces itself behind Main Mode 6, then the initiator, who does not accept its certificate, objects to each copy of it.",
    ...failing("MAIN_MODE", "authentication-rejected-by-initiator"),
    tell: (talk) => {
      for (const number of [1, 2, 3, 4] as const) {
        talk.at(number * 0.02)[number % 2 === 1 ? "initiator" : "responder"].sends(mainMode(number));
      }
      const [request, answer] = [mainMode(5), mainMode(6)];
      talk.at(0.1, 10.1).initiator.sends(request);
      talk.at(0.15, 10.15).responder.sends(answer);
      talk.at(0.18).responder.sends(informationalV1({ length: 80 }));
      talk.at(0.2, 10.2).initiator.sends(informationalV1({ length: 64 }));
      talk.endsAt(40);
    },
  },
  {
    name: "login-refused-and-client-ended",
    description:
      "The gateway refuses the XAUTH login and ends the IKE SA; vpnc has ended as well, and its host refuses that last message by ICMP.",
    ...failing("TRANSACTION", "xauth-stalled"),
    tell: (talk) => {
      mainModeUp(talk);
      for (const messageId of [5, 6]) {
        talk.at(messageId / 10).responder.sends(transaction({ messageId }));
        talk.at(messageId / 10 + 0.01).initiator.sends(transaction({ messageId }));
      }
      talk.at(0.63).responder.sends(informationalV1({ length: 64 }));
      talk.icmp(0.631, talk.initiator, talk.responder, 3, 3);
      talk.endsAt(60);
    },
  },
  {
    name: "session-resumed",
    description:
      "Libreswan: the IKE SA is suspended and a second later resumed with its ticket; ESP of both Child SAs flows both ways.",
    ...healthy(),
    nearMissOf: ["sa-deleted-by-peer", "ike-auth-missing"],
    tell: (talk) => {
      setsUp(talk);
      traffic(talk, 1, 10);
      talk.at(11).initiator.sends(informational({ inner: INNER.bareNotify }));
      talk.at(11.1).responder.sends(informationalAnswer());
      const sa = talk.newSa();
      talk.at(12).initiator.sends(resumes(false, { sa }));
      talk.at(12.1).responder.sends(resumes(true, { sa }));
      talk.at(12.2).initiator.sends(ikeAuth({ sa }));
      talk.at(12.3).responder.sends(ikeAuthAnswer({ sa, inner: 1000 }));
      for (let at = 13; at < 30; at += 0.5) {
        talk.at(at).initiator.esp({ spi: 0xc1000099 });
        talk.at(at + 0.05).responder.esp({ spi: 0xc2000099 });
      }
      talk.endsAt(60);
    },
  },
  {
    name: "ikev1-fragments-at-128-bytes",
    description:
      "Main Mode 5 and 6 in IKEv1 fragments, of which the snap length of 128 bytes leaves the beginning; quick mode and traffic follow.",
    ...healthy("capture-truncated"),
    nearMissOf: ["retransmissions", "ike-fragments-lost"],
    recording: { snapLength: 128 },
    tell: (talk) => {
      for (const number of [1, 2, 3, 4] as const) {
        talk.at(number * 0.02)[number % 2 === 1 ? "initiator" : "responder"].sends(mainMode(number));
      }
      talk.at(0.1).initiator.sends(mainModeInFragments(4, true));
      talk.at(0.2).responder.sends(mainModeInFragments(3, true));
      quickModeUp(talk, { from: 0.4 });
      traffic(talk, 1, 20);
      talk.endsAt(60);
    },
  },
  {
    name: "mode-config-without-address",
    description: "The gateway has no address for its client, which says so and ends the IKE SA at once.",
    ...failing("TRANSACTION", "xauth-stalled"),
    tell: (talk) => {
      asksForAddress(talk, 48);
      talk.at(0.72).initiator.sends(informationalV1({ length: 48 }));
      talk.at(0.721).initiator.sends(informationalV1({ length: 64 }));
      talk.endsAt(0.8);
    },
  },
  {
    name: "mode-config-with-address",
    description: "The gateway gives its client an address, and the tunnel works.",
    ...healthy(),
    nearMissOf: ["xauth-stalled"],
    tell: (talk) => {
      asksForAddress(talk, 64);
      quickModeUp(talk, { from: 1 });
      traffic(talk, 2, 20);
      talk.endsAt(60);
    },
  },
  {
    name: "ppk-on-both-sides",
    description: "Both sides say USE_PPK, and the tunnel works.",
    ...healthy(),
    nearMissOf: ["ppk-mismatch"],
    tell: (talk) => {
      talk.at(0).initiator.sends(ikeSaInit(USE_PPK));
      talk.at(0.1).responder.sends(ikeSaInitAnswer(USE_PPK));
      talk.at(0.2).initiator.sends(ikeAuth());
      talk.at(0.3).responder.sends(ikeAuthAnswer());
      traffic(talk, 1, 20);
      talk.endsAt(60);
    },
  },
  {
    name: "certificate-expired",
    description:
      "Aggressive mode 2 brings a certificate that expired months ago; the initiator objects, three times.",
    ...failing("AGGRESSIVE_MODE", "certificate-expired", "authentication-failed"),
    tell: (talk) => objects(talk, { notBefore: "220101000000Z", notAfter: "230101000000Z" }),
  },
  {
    name: "certificate-not-yet-valid",
    description:
      "Aggressive mode 2 brings a certificate that begins in weeks; the initiator objects, three times.",
    ...failing("AGGRESSIVE_MODE", "certificate-not-yet-valid", "authentication-failed"),
    tell: (talk) => objects(talk, { notBefore: "240101000000Z", notAfter: "250101000000Z" }),
  },
  {
    name: "certificate-valid-and-refused",
    description: "Aggressive mode 2 brings a valid certificate; the initiator objects for another reason.",
    ...failing("AGGRESSIVE_MODE", "authentication-failed"),
    nearMissOf: ["certificate-expired", "certificate-not-yet-valid"],
    tell: (talk) => objects(talk, { notBefore: "231114000000Z", notAfter: "20501231235959Z" }),
  },
  {
    name: "certificate-of-a-fast-clock",
    description: "A certificate begins a minute after the capture: some clock is off; the peers do not mind.",
    ...healthy(),
    info: ["certificate-not-yet-valid"],
    nearMissOf: ["certificate-not-yet-valid", "certificate-expired"],
    tell: (talk) => {
      const certificates = [smallCertificate({ notBefore: "231114221420Z", notAfter: "20501231235959Z" })];
      talk.at(0).initiator.sends(aggressiveMode(1, { signed: true }));
      talk.at(0.1).responder.sends(aggressiveMode(2, { signed: true, certificates }));
      talk.at(0.2).initiator.sends(aggressiveMode(3));
      quickModeUp(talk, { from: 0.5 });
      traffic(talk, 1, 20);
      talk.endsAt(60);
    },
  },
  {
    name: "slow-password",
    description:
      "EAP whose person needs 20 s for each answer; it succeeds, its last message before the end is short.",
    ...healthy(),
    nearMissOf: ["eap-stalled", "eap-failed", "authentication-failed", "responder-slow"],
    tell: (talk) => eap(talk, [45, 60], 20),
  },
  {
    name: "eap-round-lost-once",
    description: "One round of EAP is lost and answered on its second try.",
    ...healthy(),
    info: ["retransmissions"],
    nearMissOf: ["eap-stalled", "retransmissions"],
    tell: (talk) => {
      opens(talk);
      talk.at(0.1).initiator.sends(ikeAuth());
      talk.at(0.2).responder.sends(ikeAuthAnswer({ inner: 1300 }));
      talk.at(0.3, 4.3).initiator.sends(ikeAuth({ id: 2, inner: 60 }));
      talk.at(4.4).responder.sends(ikeAuthAnswer({ id: 2, inner: 45 }));
      talk.at(4.5).initiator.sends(ikeAuth({ id: 3, inner: 60 }));
      talk.at(4.6).responder.sends(ikeAuthAnswer({ id: 3, inner: INNER.eapSuccess }));
      talk.at(4.7).initiator.sends(ikeAuth({ id: 4, inner: INNER.auth }));
      talk.at(4.8).responder.sends(ikeAuthAnswer({ id: 4, inner: 132 }));
      traffic(talk, 6, 20);
      talk.endsAt(60);
    },
  },
  {
    name: "eap-client-leaves-certificate",
    description:
      "The gateway answers with its certificate; the client, which has none, does not trust it and sends nothing more, as Windows does.",
    status: "suspected",
    failingPhase: "IKE_AUTH",
    findings: ["authentication-rejected-by-initiator"],
    options: {
      floats: true,
      initiator: { address: "10.0.0.5", nat: { address: "192.0.2.10", port500: 1024, port4500: 1025 } },
    },
    tell: (talk) => {
      opens(talk);
      talk.at(0.1).initiator.sends(ikeAuth());
      talk.at(0.2).responder.sends(ikeAuthAnswer({ inner: 1300 }));
      // Traffic of others shows that the capture holds more than IKE.
      const time = udp({ sourcePort: 123, destinationPort: 123, payload: zeros(48) });
      talk.put(30, ipv4({ source: "192.0.2.77", destination: "192.0.2.78", payload: time }), null);
      talk.endsAt(60);
    },
  },
  {
    name: "pre-shared-key-beside-certificate",
    description:
      "The gateway answers with its certificate to a client of which a pre-shared key is enough; its ESP begins after 25 s.",
    ...healthy(),
    options: { floats: true },
    nearMissOf: ["authentication-rejected-by-initiator", "eap-stalled"],
    tell: (talk) => {
      opens(talk);
      talk.at(0.1).initiator.sends(ikeAuth());
      talk.at(0.2).responder.sends(ikeAuthAnswer({ inner: 1300 }));
      traffic(talk, 25, 40);
      talk.endsAt(60);
    },
  },
  {
    name: "notify-right-after-setup",
    description:
      "A second after IKE_AUTH the initiator sends an INFORMATIONAL with one notify, as MOBIKE does; all works.",
    ...healthy(),
    nearMissOf: ["authentication-rejected-by-initiator", "sa-deleted-by-peer"],
    tell: (talk) => {
      setsUp(talk);
      talk.at(1.1).initiator.sends(informational({ inner: INNER.bareNotify }));
      talk.at(1.15).responder.sends(informationalAnswer());
      traffic(talk, 2, 40);
      talk.endsAt(60);
    },
  },
  {
    name: "main-mode-5-lost-once",
    description: "Main mode 5 is lost once; the second try is answered, and the tunnel works.",
    ...healthy(),
    nearMissOf: ["authentication-failed", "ike-auth-unanswered"],
    tell: (talk) => {
      talk.at(0).initiator.sends(mainMode(1));
      talk.at(0.05).responder.sends(mainMode(2));
      talk.at(0.1).initiator.sends(mainMode(3));
      talk.at(0.15).responder.sends(mainMode(4));
      talk.at(0.2, 4.2).initiator.sends(mainMode(5));
      talk.at(4.3).responder.sends(mainMode(6));
      quickModeUp(talk, { from: 4.4 });
      traffic(talk, 5, 20);
      talk.endsAt(60);
    },
  },
  {
    name: "xauth-repeated-once",
    description: "XAUTH: the client's answer comes only after the second request, then quick mode follows.",
    ...healthy(),
    nearMissOf: ["xauth-stalled"],
    tell: (talk) => {
      mainModeUp(talk);
      talk.at(1, 5).responder.sends(transaction({ messageId: 5 }));
      talk.at(6).initiator.sends(transaction({ messageId: 5 }));
      talk.at(6.1).responder.sends(transaction({ messageId: 6 }));
      talk.at(6.2).initiator.sends(transaction({ messageId: 6 }));
      quickModeUp(talk, { from: 7 });
      traffic(talk, 8, 20);
      talk.endsAt(60);
    },
  },
];

export const CHILD_STORIES: readonly Story[] = [
  {
    name: "smallest-answer",
    description: "The smallest answer to IKE_AUTH that can hold a child: pre-shared key, IPv4 identity.",
    ...healthy(),
    nearMissOf: ["child-rejected"],
    tell: (talk) => {
      opens(talk);
      talk.at(0.1).initiator.sends(ikeAuth());
      talk.at(0.2).responder.sends(ikeAuthAnswer({ inner: SMALLEST_ANSWER }));
      traffic(talk, 1, 20);
      talk.endsAt(60);
    },
  },
  {
    name: "child-later",
    description:
      "A childless initiation: IKE_AUTH asks for no child; CREATE_CHILD_SA does, half a second later.",
    ...healthy(),
    nearMissOf: ["child-rejected"],
    tell: (talk) => {
      opens(talk);
      talk.at(0.1).initiator.sends(ikeAuth({ inner: CHILD_REFUSED }));
      talk.at(0.2).responder.sends(ikeAuthAnswer({ inner: CHILD_REFUSED }));
      talk.at(0.7).initiator.sends(createChild());
      talk.at(0.8).responder.sends(createChildAnswer());
      traffic(talk, 2, 20);
      talk.endsAt(60);
    },
  },
  {
    name: "quick-mode-unanswered",
    description: "Main mode is up; quick mode 1 repeats and nothing comes back.",
    ...failing("QUICK_MODE", "quick-mode-unanswered"),
    tell: (talk) => {
      mainModeUp(talk);
      talk.at(1, 5, 12.2, 25.2).initiator.sends(quickMode(1));
      talk.endsAt(90);
    },
  },
  {
    name: "quick-mode-1-lost-once",
    description: "Quick mode 1 is lost twice; the third try is answered.",
    ...healthy(),
    nearMissOf: ["quick-mode-unanswered", "child-rejected"],
    tell: (talk) => {
      mainModeUp(talk);
      talk.at(1, 5, 12.2).initiator.sends(quickMode(1));
      talk.at(12.3).responder.sends(quickMode(2));
      talk.at(12.4).initiator.sends(quickMode(3));
      traffic(talk, 13, 30);
      talk.endsAt(60);
    },
  },
  {
    name: "quick-mode-unfinished",
    description: "Quick mode 2 repeats, quick mode 3 never comes.",
    ...failing("QUICK_MODE", "quick-mode-unfinished"),
    tell: (talk) => {
      mainModeUp(talk);
      talk.at(1).initiator.sends(quickMode(1));
      talk.at(1.1, 2.1, 4.1, 8.1).responder.sends(quickMode(2));
      talk.endsAt(90);
    },
  },
  {
    name: "quick-mode-3-lost-once",
    description: "Quick mode 3 is lost once; quick mode 2 comes again, and quick mode 3 with it.",
    ...healthy(),
    nearMissOf: ["quick-mode-unfinished"],
    tell: (talk) => {
      mainModeUp(talk);
      talk.at(1).initiator.sends(quickMode(1));
      talk.at(1.1, 5.1).responder.sends(quickMode(2));
      talk.at(1.2, 5.2).initiator.sends(quickMode(3));
      traffic(talk, 6, 30);
      talk.endsAt(60);
    },
  },
];

import { ikeMessage } from "../../support/ike/message.js";
import { filler } from "../../support/ike/bytes.js";
import { nonce, notify, sa, transform } from "../../support/ike/payloads-v2.js";
import {
  aggressiveMode,
  aggressiveModeUp,
  clearNotifyV1,
  encrypted,
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  initNotify,
  mainModeUp,
  type Message,
  noProposalChosen,
  quickModeUp,
  type Scenario,
  type ScenarioOptions,
  setsUp,
  setsUpBetween,
  traffic,
  wantsGroup,
} from "../../support/scenario/index.js";
import { failing, healthy, type Story, up } from "./story.js";

const INTERMEDIATE = 43;
const INTERMEDIATE_SUPPORTED = notify(16438);
const REDIRECT = 16407;
const REDIRECT_SUPPORTED = notify(16406);
const ADDKE = { offers: [{ encr: [[20, 256]], prf: [5], group: [19], others: [transform(6, 36)] }] } as const;
const SECOND_GATEWAY = "203.0.113.7";

/** Gateway identity of an IPv4 address (RFC 5685). */
const gateway = (address: string): Uint8Array => Uint8Array.of(1, 4, ...address.split(".").map(Number));

/** A payload that runs over the end of the message. */
const broken: Message = {
  opens: true,
  encode: ({ sa: { initiatorSpi } }) =>
    ikeMessage({
      exchange: 34,
      initiatorSpi,
      payloads: [sa(), nonce(), { type: 43, body: filler(16, 1), declaredLength: 400 }],
    }),
};

function opensWithIntermediate(talk: Scenario): void {
  talk.at(0).initiator.sends(ikeSaInit({ notifies: [INTERMEDIATE_SUPPORTED] }));
  talk.at(0.1).responder.sends(ikeSaInitAnswer({ notifies: [INTERMEDIATE_SUPPORTED] }));
}

const OVER_IPV6: ScenarioOptions = {
  initiator: { address: "2001:db8::10" },
  responder: { address: "2001:db8:1::20" },
};

export const NEGOTIATION_STORIES: readonly Story[] = [
  {
    name: "forged-no-proposal",
    description:
      "Somebody answers IKE_SA_INIT with NO_PROPOSAL_CHOSEN in clear before the responder does; the true answer overrides it.",
    ...healthy(),
    nearMissOf: ["ike-no-proposal-chosen"],
    tell: (talk) => {
      talk.at(0).initiator.sends(ikeSaInit());
      talk.at(0.01).responder.sends(noProposalChosen());
      talk.at(0.05).responder.sends(ikeSaInitAnswer());
      talk.at(0.1).initiator.sends(ikeAuth());
      talk.at(0.15).responder.sends(ikeAuthAnswer());
      traffic(talk, 1, 20);
      talk.endsAt(60);
    },
  },
  {
    name: "invalid-ke-once",
    description: "The responder asks once for another group, the initiator goes on with it.",
    ...healthy(),
    info: ["ike-invalid-ke-retry"],
    nearMissOf: ["ike-invalid-ke-loop", "cookie-challenge", "load-balancer-split"],
    tell: (talk) => {
      talk.at(0).initiator.sends(ikeSaInit({ group: 14 }));
      talk.at(0.05).responder.sends(wantsGroup(talk.agreed.group));
      talk.at(0.1).initiator.sends(ikeSaInit());
      talk.at(0.15).responder.sends(ikeSaInitAnswer());
      talk.at(0.2).initiator.sends(ikeAuth());
      talk.at(0.25).responder.sends(ikeAuthAnswer());
      traffic(talk, 1, 20);
      talk.endsAt(60);
    },
  },
  {
    name: "invalid-ke-loop-ipv6",
    description:
      "Over IPv6, which numbers no packets, the responder refuses each of two groups in turn; all within 80 ms.",
    ...failing("IKE_SA_INIT", "ike-invalid-ke-loop"),
    nearMissOf: ["capture-duplicates"],
    options: OVER_IPV6,
    tell: (talk) => {
      const tries = [ikeSaInit({ group: 14 }), ikeSaInit()];
      for (const turn of [0, 1, 2, 3]) {
        const request = tries[turn % 2];
        if (request === undefined) continue;
        talk.at(turn * 0.02).initiator.sends(request);
        talk.at(turn * 0.02 + 0.01).responder.sends(wantsGroup(turn % 2 === 0 ? talk.agreed.group : 14));
      }
      talk.endsAt(60);
    },
  },
  {
    name: "both-versions",
    description: "Two connections between the same hosts, one IKEv2 and one IKEv1; both work.",
    ...healthy(),
    nearMissOf: ["ike-version-mismatch", "simultaneous-initiation"],
    tell: (talk) => {
      setsUp(talk);
      const second = talk.newSa();
      mainModeUp(talk, { from: 5, sa: second });
      quickModeUp(talk, { from: 6, sa: second });
      traffic(talk, 7, 30);
      talk.endsAt(60);
    },
  },
  {
    name: "aggressive-mode-ignored",
    description:
      "The responder answers main mode of one connection and never the aggressive mode of another.",
    ...failing("AGGRESSIVE_MODE", "ike-mode-mismatch"),
    tell: (talk) => {
      mainModeUp(talk);
      talk.at(10, 14, 21, 34).initiator.sends(aggressiveMode(1, { sa: talk.newSa() }));
      talk.endsAt(60);
    },
  },
  {
    name: "aggressive-mode-refused",
    description: "The responder refuses aggressive mode: INVALID-EXCHANGE-TYPE in clear.",
    ...failing("AGGRESSIVE_MODE", "ike-mode-mismatch"),
    tell: (talk) => {
      talk.at(0, 10, 20).initiator.sends(aggressiveMode(1));
      talk.at(0.1).responder.sends(clearNotifyV1(7));
      talk.at(10.1).responder.sends(clearNotifyV1(7));
      talk.at(20.1).responder.sends(clearNotifyV1(7));
      talk.endsAt(60);
    },
  },
  {
    name: "both-modes",
    description:
      "One connection opens with main mode, another with aggressive mode; the same responder takes both.",
    ...healthy(),
    info: ["weak-crypto"],
    nearMissOf: ["ike-mode-mismatch"],
    tell: (talk) => {
      mainModeUp(talk);
      quickModeUp(talk, { from: 1 });
      const second = talk.newSa();
      aggressiveModeUp(talk, { from: 5, sa: second });
      quickModeUp(talk, { from: 6, sa: second }, 0x61);
      traffic(talk, 7, 30);
      talk.endsAt(60);
    },
  },
  {
    name: "opening-refused-as-syntax",
    description: "IKE_SA_INIT with nothing new in it is answered with INVALID_SYNTAX, twice.",
    ...failing("IKE_SA_INIT", "ike-refused"),
    tell: (talk) => {
      for (const [index, spis] of [talk.sa, talk.newSa()].entries()) {
        talk.at(index * 20).initiator.sends(ikeSaInit({ sa: spis }));
        talk.at(index * 20 + 0.1).responder.sends(initNotify(7, undefined, { sa: spis }));
      }
      talk.endsAt(60);
    },
  },
  {
    name: "refusal-overridden",
    description: "INVALID_SYNTAX in clear comes first, the right answer behind it, and the tunnel works.",
    ...healthy(),
    nearMissOf: ["ike-refused"],
    tell: (talk) => {
      talk.at(0).initiator.sends(ikeSaInit());
      talk.at(0.02).responder.sends(initNotify(7));
      talk.at(0.05).responder.sends(ikeSaInitAnswer());
      talk.at(0.1).initiator.sends(ikeAuth());
      talk.at(0.15).responder.sends(ikeAuthAnswer());
      traffic(talk, 1, 20);
      talk.endsAt(60);
    },
  },
  {
    name: "additional-key-exchange-refused",
    description:
      "The responder answers an offer with additional key exchanges (ADDKE) with INVALID_SYNTAX, twice.",
    ...failing("IKE_SA_INIT", "ike-unsupported-extension"),
    tell: (talk) => {
      for (const [index, spis] of [talk.sa, talk.newSa()].entries()) {
        talk.at(index * 20).initiator.sends(ikeSaInit({ ...ADDKE, sa: spis }));
        talk.at(index * 20 + 0.1).responder.sends(initNotify(7, undefined, { sa: spis }));
      }
      talk.endsAt(60);
    },
  },
  {
    name: "extensions-offered-and-not-taken",
    description:
      "The initiator offers IKE_INTERMEDIATE and PPK, the responder passes over both, and the tunnel works.",
    ...healthy(),
    nearMissOf: ["ike-unsupported-extension", "ppk-mismatch"],
    tell: (talk) => {
      talk.at(0).initiator.sends(ikeSaInit({ notifies: [INTERMEDIATE_SUPPORTED, notify(16435)] }));
      talk.at(0.05).responder.sends(ikeSaInitAnswer());
      talk.at(0.1).initiator.sends(ikeAuth());
      talk.at(0.15).responder.sends(ikeAuthAnswer());
      traffic(talk, 1, 20);
      talk.endsAt(60);
    },
  },
  {
    name: "intermediate-unanswered",
    description: "IKE_INTERMEDIATE in IP fragments repeats and is never answered.",
    ...failing("IKE_INTERMEDIATE", "ike-intermediate-failed"),
    options: { floats: true },
    tell: (talk) => {
      opensWithIntermediate(talk);
      talk
        .at(0.2, 4.2, 11.4, 24.4)
        .initiator.sends(encrypted(INTERMEDIATE, false, { inner: 2000 }), { ipFragments: 1480 });
      talk.endsAt(90);
    },
  },
  {
    name: "intermediate-lost-once",
    description: "The first try of IKE_INTERMEDIATE is lost, the second is answered, and the tunnel works.",
    ...healthy(),
    nearMissOf: ["ike-intermediate-failed", "ike-fragmentation-not-negotiated"],
    tell: (talk) => {
      opensWithIntermediate(talk);
      talk.at(0.2, 4.2).initiator.sends(encrypted(INTERMEDIATE, false, { inner: 1200 }));
      talk.at(4.3).responder.sends(encrypted(INTERMEDIATE, true, { inner: 1200 }));
      talk.at(4.4).initiator.sends(ikeAuth({ id: 2 }));
      talk.at(4.5).responder.sends(ikeAuthAnswer({ id: 2 }));
      traffic(talk, 5, 20);
      talk.endsAt(60);
    },
  },
  {
    name: "payload-over-the-end",
    description: "A payload of IKE_SA_INIT declares more bytes than the message has; nobody answers it.",
    ...failing("IKE_SA_INIT", "ike-init-unanswered", "ike-malformed"),
    vantage: "unknown",
    tell: (talk) => {
      talk.at(0, 4, 11.2, 24.2).initiator.sends(broken);
      talk.endsAt(60);
    },
  },
  {
    name: "garbage-beside-a-tunnel",
    description: "Three bytes on port 500 and one on port 4500, again and again, beside a tunnel that works.",
    ...healthy(),
    nearMissOf: ["ike-malformed"],
    options: { floats: true },
    tell: (talk) => {
      talk.at(0, 1, 2).initiator.raw(Uint8Array.of(1, 2, 3));
      talk.at(0.5, 1.5, 2.5).initiator.raw(Uint8Array.of(0), 4500);
      setsUp(talk, { from: 3 });
      traffic(talk, 4, 20);
      talk.endsAt(28);
    },
  },
  {
    name: "weak-only-offered",
    description: "The initiator offers 3DES with SHA1 and MODP_1024 last; the responder takes AES-GCM.",
    ...healthy(),
    info: ["weak-crypto"],
    nearMissOf: ["weak-crypto"],
    tell: (talk) => {
      talk.at(0).initiator.sends(
        ikeSaInit({
          offers: [
            { encr: [[20, 256]], prf: [5], group: [19] },
            { encr: [[3]], integ: [2], prf: [2], group: [2] },
          ],
        }),
      );
      talk.at(0.05).responder.sends(ikeSaInitAnswer());
      talk.at(0.1).initiator.sends(ikeAuth());
      talk.at(0.15).responder.sends(ikeAuthAnswer());
      traffic(talk, 1, 20);
      talk.endsAt(60);
    },
  },
  {
    name: "redirected-once",
    description: "The gateway redirects the client to a second one, which takes it.",
    ...up(),
    info: ["redirected"],
    nearMissOf: ["redirect-loop"],
    tell: (talk) => {
      const second = talk.host(SECOND_GATEWAY, {}, "responder");
      talk.at(0).initiator.sends(ikeSaInit({ notifies: [REDIRECT_SUPPORTED] }));
      talk.at(0.1).responder.sends(initNotify(REDIRECT, gateway(SECOND_GATEWAY)));
      setsUpBetween(talk, talk.initiator, second, { from: 0.2, sa: talk.newSa() });
      talk.endsAt(60);
    },
  },
  {
    name: "redirects-in-a-circle",
    description: "Two gateways redirect the client to one another, until it gives up.",
    ...failing("IKE_SA_INIT", "redirect-loop"),
    tell: (talk) => {
      const second = talk.host(SECOND_GATEWAY, {}, "responder");
      for (const from of [0, 2, 4]) {
        const [one, other] = [talk.newSa(), talk.newSa()];
        talk.at(from).initiator.sends(ikeSaInit({ sa: one, notifies: [REDIRECT_SUPPORTED] }));
        talk.at(from + 0.1).responder.sends(initNotify(REDIRECT, gateway(SECOND_GATEWAY), { sa: one }));
        talk.between(talk.initiator, second, from + 1).sends(ikeSaInit({ sa: other }));
        talk
          .between(second, talk.initiator, from + 1.1)
          .sends(initNotify(REDIRECT, gateway("198.51.100.20"), { sa: other }));
      }
      talk.endsAt(60);
    },
  },
  {
    name: "redirect-only-supported",
    description: "The client says that it supports redirects; the gateway takes it itself.",
    ...healthy(),
    nearMissOf: ["redirected"],
    tell: (talk) => {
      talk.at(0).initiator.sends(ikeSaInit({ notifies: [REDIRECT_SUPPORTED] }));
      talk.at(0.05).responder.sends(ikeSaInitAnswer());
      talk.at(0.1).initiator.sends(ikeAuth());
      talk.at(0.15).responder.sends(ikeAuthAnswer());
      traffic(talk, 1, 20);
      talk.endsAt(60);
    },
  },
];

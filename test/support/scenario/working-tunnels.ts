import { aggressiveModeUp, mainModeUp, opens, quickModeUp, setsUp, traffic } from "./flows.js";
import { informationalV1, transaction } from "./ikev1.js";
import {
  cookieDemand,
  createChild,
  createChildAnswer,
  fragmented,
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  informational,
  informationalAnswer,
  wantsGroup,
} from "./ikev2.js";
import type { Scenario } from "./scenario.js";
import { INNER } from "./suites.js";

/** EAP with `challenges` rounds, up to the answer that gives the child. */
function eap(talk: Scenario, challenges: readonly number[]): void {
  opens(talk);
  const rounds = [1300, ...challenges, INNER.eapSuccess];
  for (const [index, inner] of rounds.entries()) {
    const id = index + 1;
    talk.at(id / 5).initiator.sends(ikeAuth({ id, inner: index === 0 ? 220 : 60 }));
    talk.at(id / 5 + 0.1).responder.sends(ikeAuthAnswer({ id, inner }));
  }
  const id = rounds.length + 1;
  talk.at(id / 5).initiator.sends(ikeAuth({ id, inner: INNER.auth }));
  talk.at(id / 5 + 0.1).responder.sends(ikeAuthAnswer({ id, inner: 132 }));
}

/** Tunnels that work, each told from its first packet to its last. */
export const WORKING_TUNNELS: readonly (readonly [string, (talk: Scenario) => void])[] = [
  [
    "a plain setup",
    (talk) => {
      setsUp(talk);
      traffic(talk, 1, 2);
    },
  ],
  [
    "COOKIE, INVALID_KE_PAYLOAD and lost packets",
    (talk) => {
      talk.at(0).initiator.sends(ikeSaInit({ group: 15 }));
      talk.at(0.1).responder.sends(cookieDemand());
      talk.at(0.2, 4.2).initiator.sends(ikeSaInit({ group: 15, cookie: true }));
      talk.at(4.3).responder.sends(wantsGroup(talk.agreed.group));
      talk.at(4.4, 8.4).initiator.sends(ikeSaInit({ cookie: true }));
      talk.at(4.5, 8.5).responder.sends(ikeSaInitAnswer());
      talk.at(8.6, 12.6).initiator.sends(ikeAuth());
      talk.at(8.7, 12.7).responder.sends(ikeAuthAnswer());
      traffic(talk, 13, 14);
    },
  ],
  [
    "certificates in IKE and IP fragments",
    (talk) => {
      opens(talk);
      talk.at(0.1).initiator.sends(ikeAuth({ inner: 3000 }), { ipFragments: 1480 });
      talk.at(4.1).initiator.sends(fragmented(35, false, 3));
      talk.at(4.2).responder.sends(fragmented(35, true, 3));
      traffic(talk, 5, 6);
    },
  ],
  [
    "EAP-MSCHAPv2",
    (talk) => {
      eap(talk, [45, 60]);
      traffic(talk, 3, 4);
    },
  ],
  [
    "EAP-TLS",
    (talk) => {
      eap(talk, [10, 1010, 1010, 700, 10]);
      traffic(talk, 3, 4);
    },
  ],
  [
    "a life with rekeys, DPD and a delete",
    (talk) => {
      setsUp(talk);
      traffic(talk, 1, 2);
      talk.at(10).responder.sends(createChild({ id: 0 }));
      talk.at(10.1).initiator.sends(createChildAnswer({ id: 0 }));
      talk.at(10.2).responder.sends(informational({ id: 1, inner: 12 }));
      talk.at(10.3).initiator.sends(informationalAnswer({ id: 1, inner: 12 }));
      talk.at(20, 24).initiator.sends(informational({ id: 2 }));
      talk.at(24.1).responder.sends(informationalAnswer({ id: 2 }));
      setsUp(talk, { from: 30, sa: talk.newSa("responder") });
      talk.at(31).initiator.sends(informational({ id: 3, inner: 8 }));
      talk.at(31.1).responder.sends(informationalAnswer({ id: 3 }));
      traffic(talk, 32, 33);
    },
  ],
  [
    "IKEv1 main mode with XAUTH, several quick modes and DPD",
    (talk) => {
      mainModeUp(talk);
      talk.at(1).responder.sends(transaction({ messageId: 5 }));
      talk.at(1.1).initiator.sends(transaction({ messageId: 5 }));
      talk.at(1.2).responder.sends(transaction({ messageId: 6 }));
      talk.at(1.3).initiator.sends(transaction({ messageId: 6 }));
      talk.at(1.4).initiator.sends(informationalV1());
      quickModeUp(talk, { from: 2 }, 7);
      quickModeUp(talk, { from: 2.01 }, 8);
      talk.at(3).responder.sends(informationalV1());
      talk.at(3.1).initiator.sends(informationalV1());
      traffic(talk, 4, 5);
    },
  ],
  [
    "IKEv1 aggressive mode",
    (talk) => {
      aggressiveModeUp(talk);
      talk.at(0.2).initiator.sends(informationalV1());
      quickModeUp(talk, { from: 0.5 });
      traffic(talk, 1, 2);
    },
  ],
];

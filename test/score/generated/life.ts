import {
  informational,
  informationalAnswer,
  informationalV1,
  INNER,
  mainModeUp,
  quickModeUp,
  type SaSpis,
  type Scenario,
  setsUp,
  setsUpBetween,
  traffic,
} from "../../support/scenario/index.js";
import type { Peer } from "../../support/scenario/peer.js";
import { checks, every } from "./parts.js";
import { degraded, failing, healthy, type Story, up } from "./story.js";

/** Two clients with one identity set up in turn, each setup ends the other's IKE SA. */
function takesTurns(talk: Scenario, turns: number): void {
  const other = talk.host("192.0.2.99");
  let before: { peer: Peer; sa: SaSpis } | null = null;
  for (let turn = 0; turn < turns; turn++) {
    const peer = turn % 2 === 0 ? talk.initiator : other;
    const sa = talk.newSa();
    const at = turn * 20;
    setsUpBetween(talk, peer, talk.responder, { from: at, sa });
    if (before !== null) {
      const end = informational({ sa: before.sa, id: 0, inner: INNER.deleteIke });
      talk.between(talk.responder, before.peer, at + 0.2).sends(end);
      const answer = informationalAnswer({ sa: before.sa, id: 0 });
      talk.between(before.peer, talk.responder, at + 0.25).sends(answer);
    }
    before = { peer, sa };
  }
}

export const LIFE_STORIES: readonly Story[] = [
  {
    name: "slow-answers",
    description: "Two of the responder's answers to liveness checks take seconds; none is asked for twice.",
    ...degraded("responder-slow"),
    tell: (talk) => {
      setsUp(talk);
      talk.at(10).initiator.sends(informational({ id: 2 }));
      talk.at(12.5).responder.sends(informationalAnswer({ id: 2 }));
      talk.at(20).initiator.sends(informational({ id: 3 }));
      talk.at(23.5).responder.sends(informationalAnswer({ id: 3 }));
      talk.endsAt(60);
    },
  },
  {
    name: "one-slow-answer",
    description: "One answer takes three seconds.",
    ...healthy(),
    nearMissOf: ["responder-slow", "dpd-timeout"],
    tell: (talk) => {
      setsUp(talk);
      talk.at(10).initiator.sends(informational({ id: 2 }));
      talk.at(13).responder.sends(informationalAnswer({ id: 2 }));
      checks(talk, 30, 3);
      talk.endsAt(60);
    },
  },
  {
    name: "checks-lost-twice",
    description: "Liveness checks only, no traffic; one needs three tries.",
    ...healthy(),
    nearMissOf: ["dpd-timeout", "message-id-desync", "path-lost", "rekey-unanswered"],
    tell: (talk) => {
      setsUp(talk);
      checks(talk, 10, 2);
      talk.at(40, 44, 51.2).initiator.sends(informational({ id: 3 }));
      talk.at(51.3).responder.sends(informationalAnswer({ id: 3 }));
      checks(talk, 90, 4);
      talk.endsAt(95);
    },
  },
  {
    name: "checks-ikev1",
    description: "IKEv1 with liveness checks of both sides, each acknowledged.",
    ...healthy(),
    nearMissOf: ["dpd-timeout", "xauth-stalled", "authentication-failed"],
    tell: (talk) => {
      mainModeUp(talk);
      quickModeUp(talk, { from: 1 });
      traffic(talk, 2, 20);
      for (const second of [30, 60, 90]) {
        talk.at(second).initiator.sends(informationalV1());
        talk.at(second + 0.05).responder.sends(informationalV1());
        talk.at(second + 5).responder.sends(informationalV1());
        talk.at(second + 5.05).initiator.sends(informationalV1());
      }
      talk.endsAt(100);
    },
  },
  {
    name: "message-id-jumps",
    description: "After a fail-over the initiator asks with a Message ID far ahead; no try is answered.",
    ...failing("INFORMATIONAL", "message-id-desync"),
    tell: (talk) => {
      setsUp(talk);
      checks(talk, 10, 2);
      talk.at(30, 34, 41.2, 54.2, 77.5).initiator.sends(informational({ id: 40 }));
      talk.endsAt(250);
    },
  },
  {
    name: "message-id-gap",
    description: "The sniffer missed the exchanges between Message ID 2 and 40; all are answered.",
    ...healthy(),
    nearMissOf: ["message-id-desync", "capture-starts-late"],
    tell: (talk) => {
      setsUp(talk);
      checks(talk, 10, 2);
      checks(talk, 300, 40);
      talk.endsAt(310);
    },
  },
  {
    name: "moves-unanswered",
    description: "The initiator goes on from a new address, and no answer comes there.",
    ...failing("INFORMATIONAL", "mobike-failed"),
    options: { floats: true },
    tell: (talk) => {
      setsUp(talk);
      traffic(talk, 1, 30);
      const there = talk.host("203.0.113.77");
      talk.between(there, talk.responder, 30, 34, 41.2, 54.2, 77.5).sends(informational({ inner: 64 }));
      talk.endsAt(250);
    },
  },
  {
    name: "moves-and-followed",
    description:
      "The initiator goes on from a new address; one try of its update is lost, then the other side follows.",
    ...healthy(),
    nearMissOf: ["mobike-failed", "dpd-timeout"],
    options: { floats: true },
    tell: (talk) => {
      setsUp(talk);
      traffic(talk, 1, 30);
      const there = talk.host("203.0.113.77");
      talk.between(there, talk.responder, 30, 34).sends(informational({ inner: 64 }));
      talk.between(talk.responder, there, 34.1).sends(informationalAnswer({ inner: 64 }));
      talk.between(there, talk.responder, ...every(0.5, 35, 50)).esp({ sequence: 59 });
      talk.between(talk.responder, there, ...every(0.5, 35.02, 50.02)).esp({ sequence: 59 });
      talk.endsAt(75);
    },
  },
  {
    name: "one-identity-two-clients",
    description:
      "Two clients with one identity set up in turn, each setup has the gateway delete the other's IKE SA: said of both tunnels.",
    ...failing("IKE_AUTH", "identity-flap", "identity-flap"),
    tell: (talk) => {
      takesTurns(talk, 8);
      talk.endsAt(155);
    },
  },
  {
    name: "client-changes-address",
    description: "A client comes back from another address once, and its old IKE SA is deleted.",
    ...up(),
    nearMissOf: ["identity-flap", "sa-flapping", "peer-restarted"],
    tell: (talk) => {
      takesTurns(talk, 2);
      talk.endsAt(150);
    },
  },
];

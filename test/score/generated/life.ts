import {
  createChild,
  createChildAnswer,
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  informational,
  informationalAnswer,
  informationalV1,
  INNER,
  mainMode,
  mainModeUp,
  quickModeUp,
  type SaSpis,
  type Scenario,
  setsUp,
  setsUpBetween,
  traffic,
} from "../../support/scenario/index.js";
import type { Peer } from "../../support/scenario/peer.js";
import { TcpTalk } from "../../support/scenario/tcp.js";
import { degraded, failing, healthy, type Story } from "./story.js";

const every = (step: number, from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, Math.floor((to - from) / step)) }, (_, index) => from + index * step);

/** ESP both ways under SPIs of its own, every half second. */
function childTraffic(talk: Scenario, child: number, from: number, to: number): void {
  talk.at(...every(0.5, from, to)).initiator.esp({ spi: 0xc1000100 + child });
  talk.at(...every(0.5, from + 0.02, to + 0.02)).responder.esp({ spi: 0xc2000100 + child });
}

function deletes(talk: Scenario, at: number, id: number, inner: number, sa?: SaSpis): void {
  const of = sa === undefined ? {} : { sa };
  talk.at(at).initiator.sends(informational({ ...of, id, inner }));
  talk
    .at(at + 0.05)
    .responder.sends(informationalAnswer({ ...of, id, inner: inner === INNER.deleteIke ? 0 : inner }));
}

function checks(talk: Scenario, at: number, id: number): void {
  talk.at(at).initiator.sends(informational({ id }));
  talk.at(at + 0.05).responder.sends(informationalAnswer({ id }));
}

/** Setups at these seconds, each with traffic until `pause` seconds before the next one. */
function lives(talk: Scenario, starts: readonly number[], pause: number): void {
  for (const [turn, from] of starts.entries()) {
    setsUp(talk, { from, sa: talk.newSa() });
    childTraffic(talk, turn, from + 0.3, (starts[turn + 1] ?? from + 120) - pause);
  }
}

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

/** IKE and ESP over TCP from the SYN on. */
function overTcp(talk: Scenario): TcpTalk {
  const wire = new TcpTalk(talk);
  wire.opens(0);
  wire.prefix(0.05);
  wire.ike(0.1, "client", ikeSaInit());
  return wire;
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
    name: "child-deleted",
    description: "An old child is deleted after a rekey, the IKE SA lives on.",
    ...healthy(),
    nearMissOf: ["sa-deleted-by-peer", "rekey-failed", "rekey-unanswered", "rekey-collision"],
    tell: (talk) => {
      setsUp(talk);
      childTraffic(talk, 0, 1, 60);
      talk.at(59, 63).initiator.sends(createChild());
      talk.at(63.1).responder.sends(createChildAnswer());
      childTraffic(talk, 1, 63.2, 100);
      deletes(talk, 63.3, 3, INNER.deleteEsp);
      checks(talk, 95, 4);
      talk.endsAt(110);
    },
  },
  {
    name: "rekey-delayed",
    description:
      "The first try of a rekey is refused with a short notify (TEMPORARY_FAILURE), the next one a few seconds later is taken.",
    ...healthy(),
    nearMissOf: ["rekey-failed", "child-rejected"],
    tell: (talk) => {
      setsUp(talk);
      childTraffic(talk, 0, 1, 60);
      talk.at(59).initiator.sends(createChild({ id: 2 }));
      talk.at(59.05).responder.sends(createChildAnswer({ id: 2, inner: INNER.bareNotify }));
      talk.at(62).initiator.sends(createChild({ id: 3 }));
      talk.at(62.05).responder.sends(createChildAnswer({ id: 3 }));
      childTraffic(talk, 1, 62.2, 100);
      deletes(talk, 62.3, 4, INNER.deleteEsp);
      talk.endsAt(110);
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
    description:
      "The initiator goes on from a new address, and no answer comes there; ESP to the old one goes on.",
    ...failing("INFORMATIONAL", "mobike-failed"),
    options: { floats: true },
    tell: (talk) => {
      setsUp(talk);
      traffic(talk, 1, 30, "initiator");
      traffic(talk, 1, 100, "responder");
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
    ...healthy(),
    nearMissOf: ["identity-flap", "sa-flapping", "peer-restarted"],
    tell: (talk) => {
      takesTurns(talk, 2);
      talk.endsAt(150);
    },
  },
  {
    name: "every-eight-minutes",
    description:
      "The tunnel dies and is set up again every eight minutes, each time after 40 s without traffic.",
    ...degraded("periodic-drop"),
    tell: (talk) => {
      lives(talk, [0, 480, 960, 1440], 40);
      talk.endsAt(1600);
    },
  },
  {
    name: "reauthentication-with-gaps",
    description:
      "Every eight minutes the tunnel is authenticated anew, break before make: 4 s without traffic.",
    ...degraded("reauth-gap"),
    nearMissOf: ["periodic-drop", "sa-flapping"],
    tell: (talk) => {
      lives(talk, [0, 480, 960, 1440], 4);
      talk.endsAt(1600);
    },
  },
  {
    name: "reauthentication-without-gaps",
    description:
      "Every eight minutes the tunnel is authenticated anew, make before break; traffic never pauses.",
    ...healthy(),
    nearMissOf: [
      "periodic-drop",
      "reauth-gap",
      "sa-flapping",
      "peer-restarted",
      "simultaneous-initiation",
      "rekey-collision",
    ],
    tell: (talk) => {
      const starts = [0, 480, 960, 1440];
      let before: SaSpis | null = null;
      for (const [turn, from] of starts.entries()) {
        const sa = talk.newSa();
        setsUp(talk, { from, sa });
        childTraffic(talk, turn, from + 0.3, (starts[turn + 1] ?? from + 120) + 0.3);
        if (before !== null) deletes(talk, from + 0.4, 2, INNER.deleteIke, before);
        before = sa;
      }
      talk.endsAt(1580);
    },
  },
  {
    name: "rekeys-in-turn",
    description: "Both sides rekey, half a minute apart, each answered.",
    ...healthy(),
    nearMissOf: ["rekey-collision", "rekey-failed", "simultaneous-initiation"],
    tell: (talk) => {
      setsUp(talk);
      childTraffic(talk, 0, 1, 30);
      talk.at(30).initiator.sends(createChild({ id: 2 }));
      talk.at(30.05).responder.sends(createChildAnswer({ id: 2 }));
      deletes(talk, 30.2, 3, INNER.deleteEsp);
      childTraffic(talk, 1, 30.2, 60);
      talk.at(60).responder.sends(createChild({ id: 0 }));
      talk.at(60.05).initiator.sends(createChildAnswer({ id: 0 }));
      talk.at(60.1).responder.sends(informational({ id: 1, inner: INNER.deleteEsp }));
      talk.at(60.15).initiator.sends(informationalAnswer({ id: 1, inner: INNER.deleteEsp }));
      childTraffic(talk, 2, 60.2, 90);
      talk.endsAt(100);
    },
  },
  {
    name: "different-lifetimes",
    description: "Each side opens main mode once, and the two offer different lifetimes.",
    ...degraded("lifetime-mismatch"),
    tell: (talk) => {
      mainModeUp(talk);
      quickModeUp(talk, { from: 1 });
      traffic(talk, 2, 90);
      const sa = talk.newSa("responder");
      talk.at(100).responder.sends(mainMode(1, { sa, seconds: 3600 }));
      talk.at(100.05).initiator.sends(mainMode(2, { sa, seconds: 3600 }));
      talk.at(100.1).responder.sends(mainMode(3, { sa }));
      talk.at(100.15).initiator.sends(mainMode(4, { sa }));
      talk.at(100.2).responder.sends(mainMode(5, { sa }));
      talk.at(100.25).initiator.sends(mainMode(6, { sa }));
      talk.endsAt(120);
    },
  },
  {
    name: "equal-lifetimes",
    description: "Each side opens main mode once, with the same lifetime.",
    ...healthy(),
    nearMissOf: ["lifetime-mismatch", "simultaneous-initiation"],
    tell: (talk) => {
      mainModeUp(talk);
      quickModeUp(talk, { from: 1 });
      traffic(talk, 2, 90);
      mainModeUp(talk, { from: 100, sa: talk.newSa("responder") });
      talk.endsAt(120);
    },
  },
  {
    name: "tcp-works",
    description: "IKE and ESP over TCP port 4500.",
    ...healthy(),
    info: ["tcp-encapsulation"],
    nearMissOf: ["nat-detected", "retransmissions", "capture-starts-late"],
    tell: (talk) => {
      const wire = overTcp(talk);
      wire.ike(0.15, "server", ikeSaInitAnswer());
      wire.ike(0.2, "client", ikeAuth());
      wire.ike(0.25, "server", ikeAuthAnswer());
      for (let sequence = 1; sequence < 20; sequence++) {
        wire.esp(sequence, "client", sequence);
        wire.esp(sequence + 0.1, "server", sequence);
      }
      talk.endsAt(60);
    },
  },
  {
    name: "tcp-reset",
    description: "IKE_SA_INIT over TCP is met by RST.",
    ...failing("IKE_SA_INIT", "tcp-encapsulation"),
    vantage: "unknown",
    tell: (talk) => {
      overTcp(talk).reset(0.15, "server");
      talk.endsAt(60);
    },
  },
  {
    name: "tcp-443-of-others",
    description:
      "A tunnel over UDP works; beside it the initiator asks for TCP port 443 of the same host, in vain.",
    ...healthy(),
    nearMissOf: ["tcp-encapsulation"],
    tell: (talk) => {
      new TcpTalk(talk, { port: 443 }).syn(0);
      setsUp(talk, { from: 1 });
      traffic(talk, 2, 20);
      talk.endsAt(60);
    },
  },
];

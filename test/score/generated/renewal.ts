import {
  createChild,
  createChildAnswer,
  informational,
  informationalAnswer,
  INNER,
  mainMode,
  mainModeUp,
  quickModeUp,
  type SaSpis,
  type Scenario,
  setsUp,
  traffic,
} from "../../support/scenario/index.js";
import { checks, childTraffic } from "./parts.js";
import { degraded, healthy, type Story } from "./story.js";

function deletes(talk: Scenario, at: number, id: number, inner: number, sa?: SaSpis): void {
  const of = sa === undefined ? {} : { sa };
  talk.at(at).initiator.sends(informational({ ...of, id, inner }));
  talk
    .at(at + 0.05)
    .responder.sends(informationalAnswer({ ...of, id, inner: inner === INNER.deleteIke ? 0 : inner }));
}

/** Setups at these seconds, each with traffic until `pause` seconds before the next one. */
function lives(talk: Scenario, starts: readonly number[], pause: number): void {
  for (const [turn, from] of starts.entries()) {
    setsUp(talk, { from, sa: talk.newSa() });
    childTraffic(talk, turn, from + 0.3, (starts[turn + 1] ?? from + 120) - pause);
  }
}

/** Traffic to 30 s, when both sides rekey; the initiator's answer holds so many bytes. */
function rekeysCross(talk: Scenario, inner?: number): void {
  setsUp(talk);
  childTraffic(talk, 0, 1, 30.2);
  talk.at(30).initiator.sends(createChild({ id: 2 }));
  talk.at(30.01).responder.sends(createChild({ id: 0 }));
  talk.at(30.05).responder.sends(createChildAnswer({ id: 2 }));
  talk.at(30.06).initiator.sends(createChildAnswer({ id: 0, ...(inner === undefined ? {} : { inner }) }));
}

/** How SAs are replaced: rekeying, re-authentication, lifetimes. */
export const RENEWAL_STORIES: readonly Story[] = [
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
    name: "rekeys-cross",
    description:
      "Both sides rekey the child in the same moment and both are answered; the old child and the one that is too much are deleted, traffic goes on.",
    ...healthy(),
    info: ["rekey-collision"],
    nearMissOf: ["rekey-failed", "rekey-unanswered", "sa-deleted-by-peer"],
    tell: (talk) => {
      rekeysCross(talk);
      deletes(talk, 30.2, 3, INNER.deleteEsp);
      talk.at(30.2).responder.sends(informational({ id: 1, inner: INNER.deleteEsp }));
      talk.at(30.25).initiator.sends(informationalAnswer({ id: 1, inner: INNER.deleteEsp }));
      childTraffic(talk, 1, 30.2, 90);
      talk.endsAt(100);
    },
  },
  {
    name: "rekeys-cross-and-one-waits",
    description:
      "Both sides rekey in the same moment; one puts the other off with TEMPORARY_FAILURE, traffic goes on.",
    ...healthy(),
    info: ["rekey-collision"],
    nearMissOf: ["rekey-failed"],
    tell: (talk) => {
      rekeysCross(talk, INNER.bareNotify);
      deletes(talk, 30.2, 3, INNER.deleteEsp);
      childTraffic(talk, 1, 30.2, 90);
      talk.endsAt(100);
    },
  },
  {
    name: "rekeys-cross-and-both-stay",
    description:
      "Both sides rekey in the same moment, only the old child is deleted, and each new one carries traffic.",
    ...degraded("rekey-collision"),
    tell: (talk) => {
      rekeysCross(talk);
      deletes(talk, 30.2, 3, INNER.deleteEsp);
      childTraffic(talk, 1, 30.2, 90);
      childTraffic(talk, 2, 30.4, 90);
      talk.endsAt(100);
    },
  },
  {
    name: "rekeys-cross-and-traffic-pauses",
    description: "Both sides rekey in the same moment, delete too much, and traffic comes back 20 s later.",
    ...degraded("rekey-collision"),
    tell: (talk) => {
      rekeysCross(talk);
      deletes(talk, 30.2, 3, INNER.deleteEsp);
      deletes(talk, 30.4, 4, INNER.deleteEsp);
      talk.at(50).initiator.sends(createChild({ id: 5 }));
      talk.at(50.05).responder.sends(createChildAnswer({ id: 5 }));
      childTraffic(talk, 3, 50.2, 90);
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
];

import { notify } from "../../support/ike/payloads-v2.js";
import {
  fragmented,
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  opens,
  type Scenario,
  setsUp,
  traffic,
} from "../../support/scenario/index.js";
import { every } from "./parts.js";
import { degraded, failing, healthy, type Story } from "./story.js";

const ROUTER = "203.0.113.1";
const FRAGMENTATION = { notifies: [notify(16430)] };

/** Traffic both ways; at these seconds the initiator sends a packet that a router finds too large. */
function refused(talk: Scenario, until: number, seconds: readonly number[]): void {
  const usual = every(0.5, 1, until);
  talk.at(...usual.map((second) => second + 0.02)).responder.esp();
  for (const [index, second] of [...usual, ...seconds].toSorted((a, b) => a - b).entries()) {
    const isLarge = seconds.includes(second);
    talk.at(second).initiator.esp({ sequence: index + 1, ...(isLarge ? { size: 1440 } : {}) });
    if (isLarge) talk.icmp(second + 0.01, ROUTER, talk.initiator, 3, 4, 1400);
  }
}

/** Small packets both ways and large ones of the initiator, in two IP fragments, of which those come that `kept` names. */
function largeAndSmall(talk: Scenario, kept: (turn: number) => readonly number[]): void {
  for (const [turn, second] of every(1, 1, 61).entries()) {
    talk.at(second).initiator.esp();
    talk.at(second + 0.02).responder.esp();
    talk.at(second + 0.3).initiator.esp({ size: 1600, ipFragments: 1440, kept: kept(turn) });
  }
}

export const SIZE_STORIES: readonly Story[] = [
  {
    name: "frag-needed-heeded",
    description: "A router reports MTU 1400 for two large ESP packets; from then on the sender keeps to it.",
    ...degraded("icmp-frag-needed"),
    tell: (talk) => {
      setsUp(talk);
      refused(talk, 30, [2.1, 2.2]);
      talk.endsAt(60);
    },
  },
  {
    name: "frag-needed-ignored",
    description: "A router reports MTU 1400 again and again; the sender goes on with larger packets.",
    ...failing("ESP", "icmp-frag-needed"),
    options: { floats: true },
    tell: (talk) => {
      setsUp(talk);
      refused(talk, 100, [2.1, 32.1, 62.1, 92.1]);
      talk.endsAt(120);
    },
  },
  {
    name: "esp-in-ip-fragments",
    description: "Every second ESP packet of the initiator leaves in two IP fragments.",
    ...degraded("esp-fragmented"),
    tell: (talk) => {
      setsUp(talk);
      const times = Array.from({ length: 12 }, (_, index) => 1 + index);
      for (const [index, time] of times.entries()) {
        talk.at(time).initiator.esp({ sequence: 2 * index + 1 });
        talk.at(time + 0.3).initiator.esp({ size: 1600, sequence: 2 * index + 2, ipFragments: 1440 });
      }
      talk.at(...times.map((time) => time + 0.1)).responder.esp();
      talk.endsAt(60);
    },
  },
  {
    name: "esp-fragments-lost",
    description:
      "Every second ESP packet of the initiator is in two IP fragments, of which a firewall drops the second; elsewhere it lets some pass.",
    ...degraded("esp-fragmented"),
    nearMissOf: ["esp-loss", "capture-filter-blind"],
    options: { floats: true },
    tell: (talk) => {
      setsUp(talk);
      largeAndSmall(talk, (turn) => (turn % 4 === 0 ? [0, 1] : [0]));
      talk.endsAt(120);
    },
  },
  {
    name: "esp-fragments-filtered",
    description:
      "Every second ESP packet of the initiator is in two IP fragments; the filter 'udp port 500 or udp port 4500' lets the first ones through only.",
    ...healthy(),
    nearMissOf: ["esp-fragmented", "esp-loss", "esp-one-way"],
    options: { floats: true },
    tell: (talk) => {
      setsUp(talk);
      largeAndSmall(talk, () => [0]);
    },
  },
  {
    name: "one-large-esp-packet",
    description: "One ESP packet of many is in IP fragments, and one that is larger than usual is not.",
    ...healthy(),
    nearMissOf: ["esp-fragmented", "icmp-frag-needed"],
    tell: (talk) => {
      setsUp(talk);
      traffic(talk, 1, 30);
      talk.at(30.5).initiator.esp({ size: 1600, sequence: 59, ipFragments: 1440 });
      talk.at(31.5).initiator.esp({ size: 1600, sequence: 60 });
      talk.endsAt(60);
    },
  },
  {
    name: "ip-fragments-disordered",
    description:
      "IKE_AUTH in three IP fragments, which come in the wrong order; it is answered in three as well.",
    ...healthy(),
    nearMissOf: ["ip-fragments-lost", "ike-fragmentation-not-negotiated", "capture-filter-blind"],
    tell: (talk) => {
      opens(talk);
      talk.at(0.1).initiator.sends(ikeAuth({ inner: 3800 }), { ipFragments: 1480, kept: [2, 0, 1] });
      talk.at(0.2).responder.sends(ikeAuthAnswer({ inner: 3800 }), { ipFragments: 1480, kept: [1, 2, 0] });
      traffic(talk, 1, 20);
      talk.endsAt(60);
    },
  },
  {
    name: "ip-fragment-lost-once",
    description: "The second IP fragment of IKE_AUTH is lost once; the next try comes whole and is answered.",
    ...healthy(),
    nearMissOf: ["ip-fragments-lost", "ike-auth-unanswered"],
    tell: (talk) => {
      opens(talk);
      const request = ikeAuth({ inner: 3000 });
      talk.at(0.1).initiator.sends(request, { ipFragments: 1480, kept: [0, 2] });
      talk.at(4.1).initiator.sends(request, { ipFragments: 1480 });
      talk.at(4.2).responder.sends(ikeAuthAnswer());
      traffic(talk, 5, 20);
      talk.endsAt(60);
    },
  },
  {
    name: "ike-fragment-lost-once",
    description:
      "Of three IKE fragments the second is lost once; the second try comes whole and is answered.",
    ...healthy(),
    nearMissOf: ["ike-fragments-lost", "ike-fragmentation-not-negotiated"],
    options: { floats: true },
    tell: (talk) => {
      talk.at(0).initiator.sends(ikeSaInit(FRAGMENTATION));
      talk.at(0.05).responder.sends(ikeSaInitAnswer(FRAGMENTATION));
      const request = fragmented(35, false, 3);
      talk.at(0.1).initiator.sends(request.filter((_, index) => index !== 1));
      talk.at(4.1).initiator.sends(request);
      talk.at(4.2).responder.sends(fragmented(35, true, 2));
      traffic(talk, 5, 20);
      talk.endsAt(28);
    },
  },
];

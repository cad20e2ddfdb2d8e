import {
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  informational,
  informationalAnswer,
  setsUp,
  traffic,
} from "../../support/scenario/index.js";
import { failing, healthy, nothingToJudge, type Story } from "./story.js";

export const RECORDING_STORIES: readonly Story[] = [
  {
    name: "one-direction",
    description: "The sniffer saw the initiator's packets only; Message IDs advance, so they were answered.",
    ...nothingToJudge("capture-one-direction"),
    vantage: "unknown",
    nearMissOf: ["ike-init-unanswered", "ike-auth-unanswered", "esp-one-way", "dpd-timeout"],
    recording: { keeps: ({ sender }) => sender !== "responder" },
    tell: (talk) => {
      setsUp(talk);
      traffic(talk, 1, 20);
      talk.at(30).initiator.sends(informational({ id: 2 }));
      talk.at(30.05).responder.sends(informationalAnswer({ id: 2 }));
      talk.endsAt(60);
    },
  },
  {
    name: "request-repeats",
    description:
      "One request repeats and no packet comes back: nobody is there, the sniffer sees both directions.",
    ...failing("IKE_SA_INIT", "ike-init-unanswered"),
    vantage: "near-initiator",
    options: { near: "initiator" },
    nearMissOf: ["capture-one-direction", "peer-selectively-silent", "capture-filter-blind"],
    tell: (talk) => {
      talk.at(0, 4, 11.2, 24.2).initiator.sends(ikeSaInit());
      talk.endsAt(60);
    },
  },
  {
    name: "drops-counted",
    description: "The capture file says that 110 packets were dropped; the tunnel works.",
    ...healthy("capture-dropped"),
    recording: { dropped: 110 },
    tell: (talk) => {
      setsUp(talk);
      traffic(talk, 1, 20);
      talk.endsAt(60);
    },
  },
  {
    name: "no-drops-counted",
    description: "The capture file says that no packet was dropped, and ends whole.",
    ...healthy(),
    nearMissOf: ["capture-dropped", "capture-cut-short", "capture-starts-late"],
    recording: { dropped: 0 },
    tell: (talk) => {
      setsUp(talk);
      traffic(talk, 1, 20);
      talk.endsAt(60);
    },
  },
  {
    name: "clock-set-back",
    description: "The clock of the capturing host is set back by two minutes while the tunnel works.",
    ...healthy("clock-jump"),
    options: { keepsOrder: true },
    tell: (talk) => {
      setsUp(talk);
      for (let second = 1; second < 40; second++) {
        const time = second < 20 ? second : second - 120;
        talk.at(time).initiator.esp({ sequence: second });
        talk.at(time + 0.02).responder.esp({ sequence: second });
      }
      talk.at(-75).initiator.sends(informational());
      talk.at(-74.9).responder.sends(informationalAnswer());
      talk.endsAt(-60);
    },
  },
  {
    name: "written-out-of-order",
    description: "Packets of two interfaces, written up to a second out of order.",
    ...healthy(),
    nearMissOf: ["clock-jump", "retransmissions"],
    options: { keepsOrder: true },
    tell: (talk) => {
      talk.at(0.05).responder.sends(ikeSaInitAnswer());
      talk.at(0).initiator.sends(ikeSaInit());
      talk.at(0.15).responder.sends(ikeAuthAnswer());
      talk.at(0.1).initiator.sends(ikeAuth());
      talk.at(2, 3, 4).responder.esp();
      talk.at(1.5, 2.5, 3.5).initiator.esp();
      talk.endsAt(30);
    },
  },
  {
    name: "esp-cut",
    description: "The snap length cuts large ESP packets and no IKE message.",
    ...healthy(),
    nearMissOf: ["capture-truncated", "ike-malformed"],
    recording: { snapLength: 600 },
    tell: (talk) => {
      setsUp(talk);
      const times = Array.from({ length: 20 }, (_, index) => 1 + index);
      talk.at(...times).initiator.esp({ size: 1200 });
      talk.at(...times.map((time) => time + 0.05)).responder.esp({ size: 1200 });
      talk.endsAt(60);
    },
  },
  {
    name: "keepalives-only",
    description: "NAT keepalives on port 4500 and nothing else: a tunnel that idles.",
    ...nothingToJudge(),
    nearMissOf: ["capture-empty", "esp-one-way", "nat-keepalive-missing"],
    vantage: "unknown",
    options: { floats: true },
    tell: (talk) => {
      talk.at(0, 20, 40, 60).initiator.keepalive();
      talk.endsAt(70);
    },
  },
  {
    name: "setup-half-captured",
    description: "The sniffer misses IKE_AUTH; ESP of the new child follows both ways.",
    ...healthy(),
    nearMissOf: ["ike-auth-missing", "ike-response-lost", "capture-filter-blind"],
    options: { floats: true },
    tell: (talk) => {
      talk.at(0, 4).initiator.sends(ikeSaInit());
      talk.at(0.05, 4.05).responder.sends(ikeSaInitAnswer());
      traffic(talk, 5, 20);
      talk.endsAt(60);
    },
  },
  {
    name: "mirrored-ipv6",
    description: "A mirror port shows each packet of a tunnel over IPv6 twice.",
    ...healthy(),
    info: ["capture-duplicates"],
    nearMissOf: ["retransmissions", "ike-response-lost"],
    options: { initiator: { address: "2001:db8::10" }, responder: { address: "2001:db8:1::20" } },
    tell: (talk) => {
      talk.at(0).initiator.sends(ikeSaInit(), { copies: 2 });
      talk.at(0.05).responder.sends(ikeSaInitAnswer(), { copies: 2 });
      talk.at(0.1).initiator.sends(ikeAuth(), { copies: 2 });
      talk.at(0.15).responder.sends(ikeAuthAnswer(), { copies: 2 });
      talk.at(10).initiator.sends(informational(), { copies: 2 });
      talk.at(10.05).responder.sends(informationalAnswer(), { copies: 2 });
      traffic(talk, 1, 20);
      talk.endsAt(60);
    },
  },
  {
    name: "repeated-at-once",
    description: "IKE_SA_INIT is sent twice within 50 ms: two packets of the sender, not two views of one.",
    ...healthy(),
    nearMissOf: ["capture-duplicates"],
    tell: (talk) => {
      talk.at(0, 0.05).initiator.sends(ikeSaInit());
      talk.at(0.1).responder.sends(ikeSaInitAnswer());
      talk.at(0.11).initiator.sends(ikeAuth());
      talk.at(0.15).responder.sends(ikeAuthAnswer());
      traffic(talk, 1, 20);
      talk.endsAt(60);
    },
  },
];

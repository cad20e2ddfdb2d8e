import {
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  informational,
  informationalAnswer,
  type Scenario,
  type ScenarioOptions,
  setsUp,
  setsUpBetween,
  traffic,
} from "../../support/scenario/index.js";
import { every } from "./parts.js";
import { degraded, failing, healthy, type Story } from "./story.js";

const OUTER = { address: "192.0.2.10", port500: 61_001, port4500: 61_002 };
const INNER_ADDRESS = "10.0.0.5";
/** A translator that gives ports of its own. */
const TRANSLATED: ScenarioOptions = { floats: true, initiator: { address: INNER_ADDRESS, nat: OUTER } };
/** A translator that keeps the ports, and peers that stay on them. */
const PORTS_KEPT: ScenarioOptions = {
  initiator: { address: INNER_ADDRESS, nat: { address: OUTER.address, port500: 500, port4500: 4500 } },
};

/** The responder knows no NAT traversal, so all stays on port 500. */
function setsUpWithout(talk: Scenario): void {
  talk.at(0).initiator.sends(ikeSaInit());
  talk.at(0.05).responder.sends(ikeSaInitAnswer({ natDetection: "none" }));
  talk.at(0.1).initiator.sends(ikeAuth());
  talk.at(0.15).responder.sends(ikeAuthAnswer());
}

/** Traffic to 10 s, nothing to 70 s, then DPD and traffic again. */
function pauses(talk: Scenario): void {
  setsUp(talk);
  traffic(talk, 1, 10);
  talk.at(70).initiator.sends(informational());
  talk.at(70.1).responder.sends(informationalAnswer());
  talk.at(71, 72, 73).initiator.esp({ sequence: 19 });
  talk.at(71.1, 72.1, 73.1).responder.esp({ sequence: 19 });
  talk.endsAt(85);
}

/** Two clients behind one address, the second from 20 s on; the first is served until then or all the time. */
function twoClients(talk: Scenario, servedTo: number): void {
  setsUp(talk);
  talk.at(...every(1, 1, 60)).initiator.esp();
  talk.at(...every(1, 1.05, servedTo + 0.05)).responder.esp();
  const second = talk.host("10.0.0.6", { nat: { ...OUTER, port500: 61_011, port4500: 61_012 } });
  setsUpBetween(talk, second, talk.responder, { from: 20, sa: talk.newSa() });
  talk.between(second, talk.responder, ...every(1, 21, 60)).esp({ spi: 0xc9000009 });
  talk.between(talk.responder, second, ...every(1, 21.05, 60.05)).esp({ spi: 0xc9000010 });
  talk.endsAt(70);
}

export const NAT_STORIES: readonly Story[] = [
  {
    name: "natt-not-used",
    description:
      "NAT by the hashes, the responder knows no NAT traversal, ESP of the initiator goes as protocol 50 and none comes back.",
    ...failing("ESP", "natt-not-used", "esp-one-way"),
    info: ["nat-detected"],
    options: PORTS_KEPT,
    tell: (talk) => {
      setsUpWithout(talk);
      traffic(talk, 1, 30, "initiator");
      talk.endsAt(60);
    },
  },
  {
    name: "natt-used",
    description: "NAT by the hashes; both move to port 4500, and ESP goes in UDP.",
    ...healthy(),
    info: ["nat-detected"],
    nearMissOf: ["natt-not-used", "nat-forced-encapsulation", "nat-ike-alg", "encapsulation-disagreement"],
    options: { ...PORTS_KEPT, floats: true },
    tell: (talk) => {
      setsUp(talk);
      traffic(talk, 1, 30);
      talk.endsAt(50);
    },
  },
  {
    name: "encapsulation-forced",
    description: "No NAT, but the initiator forces UDP encapsulation by a wrong hash of its own address.",
    ...healthy(),
    info: ["nat-forced-encapsulation"],
    nearMissOf: ["nat-detected", "nat-keepalive-missing"],
    options: { floats: true },
    tell: (talk) => {
      talk.at(0).initiator.sends(ikeSaInit({ natDetection: "wrong" }));
      talk.at(0.05).responder.sends(ikeSaInitAnswer({ natDetection: "wrong" }));
      talk.at(0.1).initiator.sends(ikeAuth());
      talk.at(0.15).responder.sends(ikeAuthAnswer());
      traffic(talk, 1, 30);
      talk.endsAt(50);
    },
  },
  {
    name: "native-and-udp",
    description:
      "The initiator sends ESP as protocol 50, the responder in UDP, each about a packet every few seconds.",
    ...failing("ESP", "encapsulation-disagreement"),
    options: { floats: true },
    tell: (talk) => {
      setsUp(talk);
      talk.at(...every(2, 1, 41)).initiator.esp({ udp: false });
      talk.at(...every(3, 1.5, 40.5)).responder.esp({ udp: true });
      talk.endsAt(60);
    },
  },
  {
    name: "esp-from-another-port",
    description:
      "A middlebox gives ESP another source port than IKE; the responder's ESP goes to the port of IKE.",
    ...failing("ESP", "nat-esp-port-differs"),
    info: ["nat-detected"],
    options: TRANSLATED,
    tell: (talk) => {
      setsUp(talk);
      const espSide = talk.host(INNER_ADDRESS, { nat: { ...OUTER, port4500: 61_099 } });
      talk.between(espSide, talk.responder, ...every(1, 1, 9)).esp();
      talk.at(1.1, 2.1, 3.1, 4.1).responder.esp();
      talk.at(10).initiator.sends(informational());
      talk.at(10.1).responder.sends(informationalAnswer());
      talk.endsAt(30);
    },
  },
  {
    name: "pause-without-keepalives",
    description: "The side behind NAT sends nothing for a minute; the mapping happens to survive that.",
    ...degraded("nat-keepalive-missing"),
    info: ["nat-detected"],
    nearMissOf: ["nat-mapping-expired", "nat-mapping-changed", "nat-esp-port-differs"],
    options: TRANSLATED,
    tell: pauses,
  },
  {
    name: "pause-with-keepalives",
    description: "The tunnel is idle for a minute; the side behind NAT sends keepalives meanwhile.",
    ...healthy(),
    info: ["nat-detected"],
    nearMissOf: ["nat-keepalive-missing", "nat-mapping-expired", "path-lost"],
    options: TRANSLATED,
    tell: (talk) => {
      pauses(talk);
      talk.at(29, 49, 69).initiator.keepalive();
    },
  },
  {
    name: "mapping-expired",
    description:
      "The side behind NAT sends nothing for a minute, the responder's DPD meets silence; then the side behind NAT sends, and gets no answer.",
    ...failing("INFORMATIONAL", "nat-mapping-expired", "nat-keepalive-missing"),
    info: ["nat-detected"],
    options: TRANSLATED,
    tell: (talk) => {
      setsUp(talk);
      traffic(talk, 1, 10);
      talk.at(70, 74, 81.2).responder.sends(informational({ id: 0 }));
      talk.at(120, 121, 122).initiator.esp({ sequence: 19 });
      talk.endsAt(125);
    },
  },
  {
    name: "port-changes-and-followed",
    description: "The translator gives the initiator another port in the middle; both IKE and ESP follow.",
    ...degraded("nat-mapping-changed"),
    info: ["nat-detected"],
    nearMissOf: ["nat-esp-port-differs", "nat-clients-collide", "mobike-failed"],
    options: TRANSLATED,
    tell: (talk) => {
      setsUp(talk);
      traffic(talk, 1, 10);
      const moved = talk.host(INNER_ADDRESS, { nat: { ...OUTER, port500: 62_001, port4500: 62_002 } });
      talk.between(moved, talk.responder, 12).sends(informational());
      talk.between(talk.responder, moved, 12.1).sends(informationalAnswer());
      talk.between(moved, talk.responder, ...every(0.5, 13, 25)).esp({ sequence: 19 });
      talk.between(talk.responder, moved, ...every(0.5, 13.05, 25.05)).esp({ sequence: 19 });
      talk.endsAt(30);
    },
  },
  {
    name: "passthrough-for-one",
    description:
      "The translator keeps port 500 and passes ESP as protocol 50; a second client behind it is never answered.",
    ...failing("IKE_SA_INIT", "nat-ike-alg", "ike-init-unanswered"),
    info: ["nat-detected"],
    options: PORTS_KEPT,
    tell: (talk) => {
      setsUp(talk);
      traffic(talk, 1, 80);
      const other = { encr: [[20, 256]], prf: [5], group: [19] } as const;
      const second = talk.host("10.0.0.6", { nat: { address: OUTER.address, port500: 500, port4500: 4500 } });
      talk
        .between(second, talk.responder, 20, 24, 31.2, 44.2)
        .sends(ikeSaInit({ sa: talk.newSa(), offers: [other, other] }));
      talk.endsAt(80);
    },
  },
  {
    name: "clients-collide",
    description:
      "Since a second client behind one address is up, the gateway sends nothing to the first one.",
    ...degraded("nat-clients-collide"),
    info: ["nat-detected"],
    options: TRANSLATED,
    tell: (talk) => twoClients(talk, 20),
  },
  {
    name: "two-clients-served",
    description: "Two clients behind one address, both served all the time.",
    ...healthy(),
    info: ["nat-detected"],
    nearMissOf: ["nat-clients-collide", "nat-mapping-changed", "nat-esp-port-differs", "identity-flap"],
    options: TRANSLATED,
    tell: (talk) => twoClients(talk, 60),
  },
  {
    name: "one-client-gone-another-comes",
    description:
      "A client behind a translator vanishes, the gateway's liveness checks are in vain; meanwhile another client behind the same address comes up on other ports.",
    ...degraded("dpd-timeout"),
    info: ["nat-detected"],
    nearMissOf: ["peer-restarted", "path-lost", "nat-mapping-expired"],
    options: TRANSLATED,
    tell: (talk) => {
      setsUp(talk);
      traffic(talk, 1, 30);
      talk.at(40, 44, 51.2, 64.2, 87.5, 129.5).responder.sends(informational({ id: 0 }));
      const second = talk.host("10.0.0.6", { nat: { ...OUTER, port500: 61_011, port4500: 61_012 } });
      setsUpBetween(talk, second, talk.responder, { from: 70, sa: talk.newSa() });
      talk.between(second, talk.responder, ...every(1, 71, 200)).esp({ spi: 0xc9000009 });
      talk.between(talk.responder, second, ...every(1, 71.05, 200.05)).esp({ spi: 0xc9000010 });
      talk.endsAt(300);
    },
  },
  {
    name: "client-comes-back",
    description:
      "A client behind a translator loses its state and begins anew from the same ports, while the gateway still asks on the old IKE SA.",
    ...degraded("peer-restarted"),
    info: ["nat-detected"],
    nearMissOf: ["dpd-timeout", "path-lost"],
    options: TRANSLATED,
    tell: (talk) => {
      setsUp(talk);
      traffic(talk, 1, 30);
      talk.at(40, 44, 51.2, 64.2).responder.sends(informational({ id: 0 }));
      setsUp(talk, { from: 70, sa: talk.newSa() });
      talk.at(...every(1, 71, 200)).initiator.esp({ spi: 0xc9000009 });
      talk.at(...every(1, 71.05, 200.05)).responder.esp({ spi: 0xc9000010 });
      talk.endsAt(300);
    },
  },
  {
    name: "ah-through-nat",
    description: "NAT by the hashes; the initiator sends AH, and nothing comes back.",
    ...failing("ESP", "ah-through-nat", "esp-one-way"),
    info: ["nat-detected"],
    options: PORTS_KEPT,
    tell: (talk) => {
      setsUp(talk);
      talk.at(...every(1, 1, 30)).initiator.ah();
      talk.endsAt(60);
    },
  },
  {
    name: "ah-without-nat",
    description: "AH both ways and no NAT.",
    ...healthy(),
    nearMissOf: ["ah-through-nat", "esp-one-way"],
    tell: (talk) => {
      setsUp(talk);
      talk.at(...every(1, 1, 30)).initiator.ah();
      talk.at(...every(1, 1.1, 30.1)).responder.ah();
      talk.endsAt(60);
    },
  },
];

import {
  createChild,
  createChildAnswer,
  dialogue,
  every,
  informational,
  informationalAnswer,
  ODD_TRAFFIC,
  type Scenario,
  setsUp,
} from "../../support/scenario/index.js";
import { concat, ipv4, udp, zeros } from "../../support/packet/index.js";
import { checks } from "./parts.js";
import { degraded, failing, healthy, type Story, up } from "./story.js";

/** Where the protocol stands in a frame. */
const [ETHERNET, IPV4_PROTOCOL, ICMP] = [14, 9, 1] as const;
const FIRST = { ask: { spi: 0xa1 }, answer: { spi: 0xb1 } };
const SECOND = { ask: { spi: 0xa2 }, answer: { spi: 0xb2 } };
const [HERE, THERE] = ["10.1.0.7", "10.2.0.9"] as const;

/** An inner packet with pad length, next header and an ICV of 12 bytes. */
const IN_CLEAR = concat(
  ipv4({
    source: HERE,
    destination: THERE,
    payload: udp({ sourcePort: 1000, destinationPort: 53, payload: zeros(40) }),
  }),
  Uint8Array.of(1, 2, 2, 4),
  zeros(12),
);

/** Padding, pad length, next header and an ICV of 16 bytes behind UDP. */
const IN_TRANSPORT = concat(
  udp({ sourcePort: 1000, destinationPort: 5000, payload: zeros(33), checksum: 0 }),
  Uint8Array.of(1, 1, 17),
  zeros(16),
);

function odd(name: string): (talk: Scenario) => void {
  const story = ODD_TRAFFIC.find(([title]) => title === name);
  if (story === undefined) throw new Error(`no such story: ${name}`);
  return story[1];
}

function anotherChild(talk: Scenario, seconds: number): void {
  talk.at(seconds).responder.sends(createChild({ id: 0 }));
  talk.at(seconds + 0.1).initiator.sends(createChildAnswer({ id: 0 }));
}

/** The responder deletes the IKE SA. */
function deletes(talk: Scenario, seconds: number): void {
  talk.at(seconds).responder.sends(informational({ id: 0, inner: 8 }));
  talk.at(seconds + 0.1).initiator.sends(informationalAnswer({ id: 0 }));
}

/** Pairs, one-way traffic, stale SPIs, what is in clear. */
export const ESP_STORIES: readonly Story[] = [
  {
    name: "esp-crossed-pairs",
    description:
      "A second Child SA is made beside the first; since then the responder answers in the new pair and the initiator stays in the old one, for three minutes.",
    ...failing("ESP", "esp-asymmetric-spi"),
    tell: (talk) => {
      setsUp(talk);
      dialogue(talk, every(1, 1, 30), FIRST);
      anotherChild(talk, 30);
      dialogue(talk, every(1, 31, 231), { ask: FIRST.ask, answer: SECOND.answer });
      talk.endsAt(260);
    },
  },
  {
    name: "esp-rekey-overlap",
    description: "Over a rekey the responder moves to the new pair at once and the initiator a minute later.",
    ...healthy(),
    nearMissOf: ["esp-asymmetric-spi"],
    tell: (talk) => {
      setsUp(talk);
      dialogue(talk, every(1, 1, 30), FIRST);
      anotherChild(talk, 30);
      dialogue(talk, every(1, 31, 90), { ask: FIRST.ask, answer: SECOND.answer });
      dialogue(talk, every(1, 90, 300), SECOND);
      talk.endsAt(320);
    },
  },
  {
    name: "esp-pair-per-processor",
    description:
      "Four pairs of SAs carry traffic at once; answers come in another pair than their questions.",
    ...healthy(),
    info: ["per-resource-sas"],
    nearMissOf: ["esp-asymmetric-spi"],
    tell: odd("a pair of SAs for each of four processors"),
  },
  {
    name: "esp-two-children",
    description: "Two pairs of SAs, one for each pair of subnets, carry traffic that mixes.",
    ...healthy(),
    nearMissOf: ["esp-asymmetric-spi", "per-resource-sas"],
    tell: (talk) => {
      setsUp(talk);
      dialogue(talk, every(1, 1, 30), FIRST);
      anotherChild(talk, 30);
      dialogue(talk, every(1, 31, 231), FIRST);
      dialogue(talk, every(0.7, 31.3, 231), SECOND);
      talk.endsAt(260);
    },
  },
  {
    name: "esp-protocol-50-blocked",
    description:
      "ESP as protocol 50 leaves the initiator every second, none comes back, liveness checks are answered.",
    vantage: "near-initiator",
    options: { near: "initiator" },
    ...failing("ESP", "esp-blocked"),
    tell: (talk) => {
      setsUp(talk);
      talk.at(...every(1, 1, 21)).initiator.esp();
      checks(talk, 8, 2);
      talk.endsAt(40);
    },
  },
  {
    name: "esp-questions-unanswered-far-end",
    description:
      "ESP as protocol 50 arrives near the responder every second and none leaves it; IKE is answered.",
    vantage: "near-responder",
    options: { near: "responder" },
    ...failing("ESP", "esp-one-way"),
    nearMissOf: ["esp-blocked"],
    tell: (talk) => {
      setsUp(talk);
      talk.at(...every(1, 1, 21)).initiator.esp();
      checks(talk, 8, 2);
      talk.endsAt(40);
    },
  },
  {
    name: "esp-log-messages",
    description: "Messages of many sizes that nobody answers, after a short dialogue, with liveness checks.",
    ...healthy(),
    nearMissOf: ["esp-one-way", "esp-blocked"],
    tell: odd("log messages that need no answer, and liveness checks"),
  },
  {
    name: "call-on-hold",
    description:
      "A call both ways, 50 packets a second; it is put on hold, and music goes on one way while liveness checks are answered.",
    ...up(),
    nearMissOf: ["esp-one-way", "path-lost"],
    tell: (talk) => {
      setsUp(talk);
      dialogue(talk, every(0.02, 1, 12), { ask: { size: 200 }, answer: { size: 200 } });
      talk.at(...every(0.02, 12, 40)).initiator.esp({ size: 200 });
      checks(talk, 25, 2);
      talk.endsAt(60);
    },
  },
  {
    name: "esp-none-for-a-quarter-hour",
    description:
      "The tunnel comes up and answers liveness checks for a quarter of an hour without one ESP packet.",
    ...degraded("esp-absent"),
    tell: (talk) => {
      setsUp(talk);
      for (let minute = 1; minute <= 15; minute++) checks(talk, minute * 60, minute + 1);
      talk.endsAt(920);
    },
  },
  {
    name: "esp-seldom",
    description: "The tunnel is idle for many minutes, but for a ping now and then.",
    ...healthy(),
    nearMissOf: ["esp-absent"],
    tell: odd("an idle tunnel with liveness checks, a ping now and then"),
  },
  {
    name: "esp-after-delete",
    description:
      "The responder deletes the tunnel, which is acknowledged; the initiator goes on sending ESP into it.",
    ...failing("ESP", "esp-stale-spi"),
    tell: (talk) => {
      setsUp(talk);
      dialogue(talk, every(1, 1, 40));
      deletes(talk, 40);
      talk.at(...every(1, 41, 71)).initiator.esp();
      talk.endsAt(90);
    },
  },
  {
    name: "esp-inherited-children",
    description: "An IKE SA is rekeyed and the old one deleted; its children go on both ways.",
    ...healthy(),
    nearMissOf: ["esp-stale-spi"],
    tell: odd("an IKE SA that is rekeyed and deleted while its children go on"),
  },
  {
    name: "esp-old-pair-beside-setup",
    description: "A pair of SAs from before the capture is in use when the peers set up a new tunnel.",
    ...healthy(),
    info: ["esp-unknown-spi"],
    tell: (talk) => {
      dialogue(talk, [1, 2, 3], { ask: { spi: 0xa1, sequence: 700 }, answer: { spi: 0xb1, sequence: 800 } });
      setsUp(talk, { from: 4 });
      dialogue(talk, every(1, 5, 20), SECOND);
      talk.endsAt(40);
    },
  },
  {
    name: "esp-all-pairs-made-here",
    description: "Three generations of SAs, each made by an exchange in the capture.",
    ...healthy(),
    nearMissOf: ["esp-unknown-spi", "per-resource-sas"],
    tell: (talk) => {
      setsUp(talk);
      dialogue(talk, every(1, 1, 30), FIRST);
      anotherChild(talk, 30);
      dialogue(talk, every(1, 31, 60), SECOND);
      talk.at(60).responder.sends(createChild({ id: 1 }));
      talk.at(60.1).initiator.sends(createChildAnswer({ id: 1 }));
      dialogue(talk, every(1, 61, 90), { ask: { spi: 0xa3 }, answer: { spi: 0xb3 } });
      talk.endsAt(100);
    },
  },
  {
    name: "esp-null-encryption",
    description: "ESP with NULL encryption both ways.",
    ...degraded("esp-null"),
    tell: (talk) => {
      setsUp(talk);
      dialogue(talk, every(1, 1, 12), { ask: { payload: IN_CLEAR }, answer: { payload: IN_CLEAR } });
      talk.endsAt(40);
    },
  },
  {
    name: "esp-null-encryption-transport",
    description: "ESP with NULL encryption in transport mode, as between two hosts: no IP packet is inside.",
    ...degraded("esp-null"),
    tell: (talk) => {
      setsUp(talk);
      dialogue(talk, every(1, 1, 12), { ask: { payload: IN_TRANSPORT }, answer: { payload: IN_TRANSPORT } });
      talk.endsAt(40);
    },
  },
  {
    name: "esp-one-packet-like-clear-transport",
    description: "One encrypted packet of many looks like a packet in transport mode by chance.",
    ...healthy(),
    nearMissOf: ["esp-null"],
    tell: (talk) => {
      setsUp(talk);
      talk.at(0.5).initiator.esp({ payload: IN_TRANSPORT });
      dialogue(talk, every(1, 1, 12));
      talk.endsAt(40);
    },
  },
  {
    name: "esp-one-packet-like-clear",
    description: "One encrypted packet of many looks like an IP packet by chance.",
    ...healthy(),
    nearMissOf: ["esp-null"],
    tell: (talk) => {
      setsUp(talk);
      talk.at(0.5).initiator.esp({ payload: IN_CLEAR });
      dialogue(talk, every(1, 1, 12));
      talk.endsAt(40);
    },
  },
  {
    name: "clear-after-delete",
    description:
      "The tunnel is deleted, and private hosts behind the initiator go on in clear over its link.",
    vantage: "near-initiator",
    options: { near: "initiator" },
    ...failing("ESP", "plaintext-leak"),
    tell: (talk) => {
      setsUp(talk);
      dialogue(talk, every(1, 1, 20));
      deletes(talk, 20);
      talk.clear(every(1, 20.5, 30), "initiator", HERE, THERE);
      talk.endsAt(60);
    },
  },
  {
    name: "clear-beside-esp",
    description: "A Linux gateway shows each packet that it decrypted, once more in clear.",
    vantage: "near-initiator",
    options: { near: "initiator" },
    ...healthy(),
    info: ["plaintext-mirror"],
    nearMissOf: ["plaintext-leak"],
    tell: (talk) => {
      setsUp(talk);
      const times = every(1, 1, 20);
      dialogue(talk, times);
      talk.clear(
        times.map((second) => second + 0.0205),
        "responder",
        THERE,
        HERE,
      );
      talk.endsAt(60);
    },
  },
  {
    name: "clear-copies-end",
    description:
      "A Linux gateway shows what it decrypts; from one moment on ESP of the same size comes in and no copy follows: its SA is gone, or a filter keeps other inner hosts out.",
    vantage: "near-initiator",
    options: { near: "initiator" },
    ...failing("ESP", "esp-not-decrypted"),
    status: "suspected",
    info: ["plaintext-mirror"],
    tell: (talk) => {
      setsUp(talk);
      dialogue(talk, every(1, 1, 40));
      talk.clear(
        every(1, 1, 20).map((second) => second + 0.0205),
        "responder",
        THERE,
        HERE,
      );
      talk.endsAt(60);
    },
  },
  {
    name: "clear-copies-of-some",
    description:
      "A Linux gateway shows what it decrypts; a filter on one inner host keeps every other copy out, to the end.",
    vantage: "near-initiator",
    options: { near: "initiator" },
    ...healthy(),
    info: ["plaintext-mirror"],
    nearMissOf: ["esp-not-decrypted"],
    tell: (talk) => {
      setsUp(talk);
      dialogue(talk, every(1, 1, 40));
      talk.clear(
        every(2, 1, 40).map((second) => second + 0.0205),
        "responder",
        THERE,
        HERE,
      );
      talk.endsAt(60);
    },
  },
  {
    name: "clear-with-public-hosts",
    description: "The gateway talks with public hosts in clear right after packets of the tunnel.",
    vantage: "near-initiator",
    options: { near: "initiator" },
    ...healthy(),
    nearMissOf: ["plaintext-mirror", "plaintext-leak"],
    tell: (talk) => {
      setsUp(talk);
      const times = every(1, 1, 20);
      dialogue(talk, times);
      talk.clear(
        times.map((second) => second + 0.0205),
        "responder",
        "203.0.113.5",
        "192.0.2.10",
      );
      talk.endsAt(60);
    },
  },
  {
    name: "clear-where-esp-is-filtered",
    description:
      "A filter on the ports of IKE and on ICMP leaves out ESP as protocol 50, and shows the pings that a Linux gateway decrypted; IKE is on 4500 without any NAT, as MOBIKE wants it. Without ESP nothing proves that the tunnel works.",
    vantage: "near-initiator",
    options: { near: "initiator", floats: true },
    ...healthy(),
    status: "up",
    nearMissOf: ["plaintext-leak", "plaintext-mirror", "esp-absent", "esp-one-way"],
    recording: { keeps: ({ port, bytes }) => port !== 0 || bytes[ETHERNET + IPV4_PROTOCOL] === ICMP },
    tell: (talk) => {
      setsUp(talk);
      const times = every(1, 1, 900);
      dialogue(talk, times, { ask: { udp: false }, answer: { udp: false } });
      talk.clear(
        times.map((second) => second + 0.0205),
        "responder",
        THERE,
        HERE,
        ICMP,
      );
      for (let minute = 1; minute <= 15; minute++) checks(talk, minute * 60, minute + 1);
    },
  },
  {
    name: "clear-from-the-other-side",
    description:
      "The tunnel is up, and the responder sends what belongs into it in clear: seen at the initiator, in a capture that shows the ESP of another peer.",
    vantage: "near-initiator",
    options: { near: "initiator" },
    ...failing("ESP", "plaintext-leak"),
    tell: (talk) => {
      setsUp(talk);
      talk.clear(every(1, 2, 30), "responder", THERE, HERE);
      const other = talk.host("203.0.113.9");
      for (const second of every(1, 2.5, 30)) {
        talk.between(talk.initiator, other, second).esp({ spi: 0x77 });
        talk.between(other, talk.initiator, second + 0.02).esp({ spi: 0x79 });
      }
      checks(talk, 20, 2);
      checks(talk, 40, 3);
      talk.noise(1, 5).endsAt(60);
    },
  },
];

import { dialogue, every, type Scenario, setsUp } from "../../support/scenario/index.js";
import { degraded, failing, healthy, type Story, up } from "./story.js";

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

/** The initiator's packets with these numbers, one every 20 ms, and the responder's in order. */
function inOrder(talk: Scenario, numbers: readonly number[]): void {
  setsUp(talk);
  for (const [index, sequence] of numbers.entries()) talk.at(1 + index / 50).initiator.esp({ sequence });
  talk.at(...every(0.5, 1, 1 + numbers.length / 50)).responder.esp();
  talk.endsAt(60);
}

/** Three numbers come 40, 70 and 90 places late. */
function late(): number[] {
  const numbers = upTo(300).filter((number) => ![101, 111, 121].includes(number));
  for (const [number, behind] of [
    [101, 40],
    [111, 70],
    [121, 90],
  ] as const) {
    numbers.splice(numbers.indexOf(number + behind) + 1, 0, number);
  }
  return numbers;
}

/** Loss, disorder, copies, counters; size. */
export const ESP_ORDER_STORIES: readonly Story[] = [
  {
    name: "esp-two-percent-lost",
    description: "Of 300 ESP packets six are missing near the responder.",
    vantage: "near-responder",
    options: { near: "responder" },
    ...degraded("esp-loss"),
    tell: (talk) =>
      inOrder(
        talk,
        upTo(300).filter((number) => ![20, 50, 51, 120, 200, 250].includes(number)),
      ),
  },
  {
    name: "esp-counter-jumps",
    description: "After a fail-over with synchronised counters the numbers jump ahead; nothing is lost.",
    ...healthy(),
    nearMissOf: ["esp-loss", "esp-sequence-restart"],
    tell: (talk) => {
      setsUp(talk);
      dialogue(talk, every(0.5, 1, 20));
      const ahead = { sequence: 1_000_000 };
      dialogue(talk, every(0.5, 20, 40), { ask: ahead, answer: ahead });
      talk.endsAt(60);
    },
  },
  {
    name: "esp-late-packets",
    description: "Three of 300 packets come 40, 70 and 90 places late.",
    ...degraded("esp-reordered"),
    tell: (talk) => inOrder(talk, late()),
  },
  {
    name: "esp-one-late-packet",
    description: "Two packets change places; none is lost.",
    ...healthy(),
    info: ["esp-reordered"],
    nearMissOf: ["esp-loss"],
    tell: (talk) => inOrder(talk, [...upTo(20), 22, 21, ...upTo(60).slice(22)]),
  },
  {
    name: "esp-same-spi-to-two",
    description: "The initiator sends to two peers with the same SPI, each in order.",
    ...healthy(),
    nearMissOf: ["esp-loss", "esp-reordered", "esp-duplicate"],
    tell: (talk) => {
      setsUp(talk);
      const other = talk.host("203.0.113.77");
      for (const second of every(0.5, 1, 16)) {
        dialogue(talk, [second], { ask: { spi: 0x77 }, answer: { spi: 0x78 } });
        talk.between(talk.initiator, other, second + 0.1).esp({ spi: 0x77 });
        talk.between(other, talk.initiator, second + 0.12).esp({ spi: 0x79 });
      }
      talk.endsAt(60);
    },
  },
  {
    name: "esp-interrupted",
    description:
      "Pings each second, of which those of half a minute have no answer; then they are answered again.",
    ...degraded("esp-interrupted"),
    tell: (talk) => {
      setsUp(talk);
      dialogue(talk, every(1, 1, 20));
      talk.at(...every(1, 20, 50)).initiator.esp();
      dialogue(talk, every(1, 50, 80));
      talk.endsAt(90);
    },
  },
  {
    name: "esp-another-host-asked-meanwhile",
    description:
      "Pings that are answered, others of a host that is silent a while later, and the first ones again.",
    ...healthy(),
    nearMissOf: ["esp-interrupted"],
    tell: (talk) => {
      setsUp(talk);
      dialogue(talk, every(1, 1, 20));
      talk.at(...every(1, 24, 40)).initiator.esp();
      dialogue(talk, every(1, 45, 80));
      talk.endsAt(90);
    },
  },
  {
    name: "esp-some-packets-twice",
    description: "Three of sixty packets come again a moment later.",
    ...degraded("esp-duplicate"),
    tell: (talk) => inOrder(talk, [...upTo(30), 28, 29, 30, ...upTo(60).slice(30)]),
  },
  {
    name: "esp-each-packet-twice",
    description: "A mirror port shows each packet of one direction twice.",
    ...healthy(),
    info: ["capture-duplicates"],
    nearMissOf: ["esp-duplicate"],
    tell: (talk) =>
      inOrder(
        talk,
        upTo(30).flatMap((number) => [number, number]),
      ),
  },
  {
    name: "esp-counter-begins-anew",
    description: "The initiator's numbers fall to 1 on the same SPI; nothing answers any more.",
    ...failing("ESP", "esp-sequence-restart"),
    tell: (talk) => {
      setsUp(talk);
      dialogue(talk, every(0.1, 1, 15));
      talk.at(...every(0.5, 20, 30)).initiator.esp({ sequence: 1 });
      talk.endsAt(60);
    },
  },
  {
    name: "esp-counter-near-its-end",
    description: "The initiator's numbers have an hour to go to 2^32.",
    ...degraded("esp-sequence-exhaustion"),
    tell: (talk) => {
      setsUp(talk);
      dialogue(talk, every(0.1, 1, 11), { ask: { sequence: 2 ** 32 - 1 - 36_000 - 99 } });
      talk.endsAt(60);
    },
  },
  {
    name: "esp-counter-three-quarters",
    description:
      "The initiator's numbers have used three quarters of their range; what is left lasts four months.",
    ...healthy(),
    info: ["esp-sequence-exhaustion"],
    nearMissOf: ["esp-sequence-exhaustion"],
    tell: (talk) => {
      setsUp(talk);
      talk.at(...every(0.01, 1, 5)).initiator.esp({ sequence: 0xc0000000 });
      dialogue(talk, every(0.1, 6, 11), { ask: { spi: 0xa1 } });
      talk.endsAt(60);
    },
  },
  {
    name: "esp-counter-wraps",
    description: "The numbers run over 2^32 and go on: they are extended ones.",
    ...healthy(),
    nearMissOf: ["esp-sequence-exhaustion", "esp-sequence-restart"],
    tell: (talk) => {
      setsUp(talk);
      for (const [index, second] of every(0.1, 1, 11).entries()) {
        talk.at(second).initiator.esp({ sequence: (2 ** 32 - 50 + index) % 2 ** 32 });
      }
      talk.at(...every(0.5, 1, 11)).responder.esp();
      talk.endsAt(60);
    },
  },
  {
    name: "esp-large-repeated",
    description: "Small ESP packets are answered; one large one is repeated with doubling pauses, in vain.",
    vantage: "near-initiator",
    options: { near: "initiator" },
    ...failing("ESP", "esp-large-packets-lost"),
    tell: (talk) => {
      setsUp(talk);
      dialogue(talk, every(0.5, 1, 9), { ask: { size: 120 } });
      talk.at(10, 10.2, 10.6, 11.4, 13, 16.2).initiator.esp({ size: 1428 });
      dialogue(talk, every(0.5, 17, 25), { ask: { size: 120 } });
      talk.endsAt(60);
    },
  },
  {
    name: "esp-large-reports",
    description: "Large reports leave every second and need no answer, beside pings that are answered.",
    ...up(),
    nearMissOf: ["esp-large-packets-lost", "esp-one-way"],
    tell: (talk) => {
      setsUp(talk);
      dialogue(talk, every(10, 1, 120), { ask: { size: 120 } });
      talk.at(...every(1, 1.5, 120)).initiator.esp({ spi: 0xc1000003, size: 1428 });
      talk.endsAt(130);
    },
  },
];

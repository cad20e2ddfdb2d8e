import { dialogue, every } from "./esp-flows.js";
import { setsUp } from "./flows.js";
import { createChild, createChildAnswer, informational, informationalAnswer } from "./ikev2.js";
import type { Scenario } from "./scenario.js";

function check(talk: Scenario, seconds: number, id: number): void {
  talk.at(seconds).initiator.sends(informational({ id }));
  talk.at(seconds + 0.05).responder.sends(informationalAnswer({ id }));
}

function rekey(talk: Scenario, seconds: number, id: number): void {
  talk.at(seconds).responder.sends(createChild({ id }));
  talk.at(seconds + 0.1).initiator.sends(createChildAnswer({ id }));
}

/** Tunnels whose traffic is odd and right, each told from its first packet to its last. */
export const ODD_TRAFFIC: readonly (readonly [string, (talk: Scenario) => void])[] = [
  [
    "a rekey whose old pair lives on beside the new one",
    (talk) => {
      setsUp(talk);
      dialogue(talk, every(4, 1, 40), { ask: { spi: 0xa1 }, answer: { spi: 0xb1 } });
      rekey(talk, 40, 0);
      dialogue(talk, every(6, 41, 89), { ask: { spi: 0xa1 }, answer: { spi: 0xb2 } });
      talk.at(90).responder.sends(informational({ id: 1, inner: 12 }));
      talk.at(90.1).initiator.sends(informationalAnswer({ id: 1, inner: 12 }));
      dialogue(talk, every(10, 91, 231), { ask: { spi: 0xa2 }, answer: { spi: 0xb2 } });
    },
  ],
  [
    "a stream with sparse replies",
    (talk) => {
      setsUp(talk);
      dialogue(talk, [1, 1.5, 2]);
      for (const second of every(5, 3, 28)) {
        talk.at(...every(0.05, second, second + 0.4)).initiator.esp({ size: 200 });
        talk.at(second + 0.41).responder.esp();
      }
      check(talk, 29, 2);
    },
  ],
  [
    "log messages that need no answer, and liveness checks",
    (talk) => {
      setsUp(talk);
      dialogue(talk, [1, 1.5]);
      for (const [index, second] of every(15, 5, 200).entries()) {
        talk.at(second, second + 0.3, second + 2).initiator.esp({ size: 300 + index * 48 });
        check(talk, second + 7, index + 2);
      }
    },
  ],
  [
    "an idle tunnel with liveness checks, a ping now and then",
    (talk) => {
      setsUp(talk);
      for (let minute = 1; minute <= 8; minute++) check(talk, minute * 60, minute + 1);
      dialogue(talk, [90, 91, 300, 301]);
      for (let minute = 9; minute <= 16; minute++) check(talk, minute * 60, minute + 1);
    },
  ],
  [
    "a pair of SAs for each of four processors",
    (talk) => {
      setsUp(talk);
      for (const cpu of [0, 1, 2]) rekey(talk, 0.5 + cpu / 5, cpu);
      for (const cpu of [0, 1, 2, 3]) {
        dialogue(talk, every(15, 2 + cpu, 150), {
          ask: { spi: 0xa0 + cpu },
          answer: { spi: 0xb0 + ((cpu + 1) % 4) },
        });
      }
    },
  ],
  [
    "pings of growing size, all answered, and a large upload",
    (talk) => {
      setsUp(talk);
      for (const [index, second] of every(1, 1, 12).entries()) {
        const size = { size: 120 + index * 112 };
        dialogue(talk, [second], { ask: size, answer: size });
      }
      dialogue(talk, every(0.2, 13, 16), { ask: { size: 1448 } });
    },
  ],
  [
    "a tunnel from before the capture, in the middle of its numbers",
    (talk) => {
      const high = { sequence: 1_000_000 };
      dialogue(talk, every(1, 1, 20), { ask: high, answer: high });
      check(talk, 20.5, 900);
      dialogue(talk, every(2, 21, 41), { asker: "responder" });
    },
  ],
  [
    "an IKE SA that is rekeyed and deleted while its children go on",
    (talk) => {
      setsUp(talk);
      dialogue(talk, every(2, 1, 21));
      rekey(talk, 21, 0);
      talk.at(22).responder.sends(informational({ id: 1, inner: 8 }));
      talk.at(22.1).initiator.sends(informationalAnswer({ id: 1 }));
      dialogue(talk, every(2, 23, 63));
    },
  ],
];

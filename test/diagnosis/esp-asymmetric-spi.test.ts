import { describe, expect, it } from "vitest";
import { toReport } from "../../src/report/json.js";
import { renderText } from "../../src/report/text.js";
import {
  accusations,
  codes,
  createChild,
  createChildAnswer,
  dialogue,
  every,
  faults,
  finding,
  mainModeUp,
  quickModeUp,
  type Scenario,
  scenario,
  setsUp,
} from "../support/scenario/index.js";

const CODE = "esp-asymmetric-spi";
const FIRST = { ask: { spi: 0xa1 }, answer: { spi: 0xb1 } };
const SECOND = { ask: { spi: 0xa2 }, answer: { spi: 0xb2 } };

function anotherChild(talk: Scenario, seconds: number, id = 0): void {
  talk.at(seconds).responder.sends(createChild({ id }));
  talk.at(seconds + 0.1).initiator.sends(createChildAnswer({ id }));
}

/** A pair in use, then a second one is made. */
function twoPairs(talk: Scenario): void {
  setsUp(talk);
  dialogue(talk, every(1, 1, 30), FIRST);
  anotherChild(talk, 30);
}

/** Two Child SAs whose pings begin together; one is renewed and the other is not. */
function pingedTogether(): Scenario {
  const talk = scenario();
  setsUp(talk);
  anotherChild(talk, 0.3);
  talk.at(1).initiator.esp({ spi: 0xa1 });
  talk.at(1.0002).initiator.esp({ spi: 0xa2, size: 472 });
  talk.at(1.0004).responder.esp({ spi: 0xb1 });
  talk.at(1.0006).responder.esp({ spi: 0xb2, size: 472 });
  anotherChild(talk, 2.9, 1);
  for (const time of every(0.4, 1.4, 8)) {
    const number = time < 3 ? 1 : 3;
    talk.at(time).initiator.esp({ spi: 0xa0 + number });
    talk.at(time + 0.001).responder.esp({ spi: 0xb0 + number });
    talk.at(time + 0.02).initiator.esp({ spi: 0xa2, size: 472 });
    talk.at(time + 0.021).responder.esp({ spi: 0xb2, size: 472 });
  }
  return talk;
}

describe(CODE, () => {
  it.each([0, 1.0001, 1.0003, 1.0005])(
    "stays silent where two Child SAs are pinged at the same time, and one is renewed, from %s s on",
    (from) => {
      expect(accusations(pingedTogether().judge(({ time }) => time > from))).toEqual([]);
    },
  );

  it("fires where the second pair begins within a second, one question after the other", () => {
    const talk = scenario();
    setsUp(talk);
    anotherChild(talk, 0.3);
    for (const [spi, times] of [
      [1, [1, 1.2, 1.4]],
      [2, [1.55, 1.75, 1.95]],
    ] as const) {
      for (const time of times) {
        talk.at(time).initiator.esp({ spi: 0xa0 + spi });
        talk.at(time + 0.0001).responder.esp({ spi: 0xb0 + spi });
      }
    }
    dialogue(talk, every(0.2, 8, 11), { ask: FIRST.ask, answer: SECOND.answer });
    expect(codes(talk.endsAt(11.2).judge())).toContain(CODE);
  });

  it("fires where replies move to a new pair and requests stay in the old one", () => {
    const talk = scenario();
    twoPairs(talk);
    dialogue(talk, every(1, 31, 231), { ask: FIRST.ask, answer: SECOND.answer });
    const judgement = talk.endsAt(300).judge();
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", provenance: "inferred" });
    expect(found.headline).toBe(
      "192.0.2.10 sends in SPI 0x000000a1, and 198.51.100.20 answers in 0x000000b2 of another pair instead of 0x000000b1",
    );
    expect(faults(judgement)).toEqual([CODE]);
  });

  it("fires where both pairs are live and crossed both ways", () => {
    const talk = scenario();
    twoPairs(talk);
    dialogue(talk, every(1, 31, 35), SECOND);
    dialogue(talk, every(1, 35, 235), { ask: FIRST.ask, answer: SECOND.answer });
    dialogue(talk, every(3, 35.5, 235), { asker: "responder", ask: SECOND.answer, answer: FIRST.ask });
    expect(faults(talk.endsAt(300).judge())).toEqual([CODE]);
  });

  it("fires where the requester moves on and the other end stays", () => {
    const talk = scenario();
    twoPairs(talk);
    dialogue(talk, every(1, 31, 231), { ask: SECOND.ask, answer: FIRST.answer });
    const found = finding(talk.endsAt(300).judge(), CODE);
    expect(found.headline).toContain("198.51.100.20 sends in SPI 0x000000b1");
  });

  it("is a warning in IKEv1, which lets each end choose", () => {
    const talk = scenario();
    mainModeUp(talk);
    quickModeUp(talk, { from: 0.5 });
    dialogue(talk, every(1, 1, 30), FIRST);
    quickModeUp(talk, { from: 30 }, 0x777);
    dialogue(talk, every(1, 31, 231), { ask: FIRST.ask, answer: SECOND.answer });
    const judgement = talk.endsAt(300).judge();
    expect(finding(judgement, CODE).severity).toBe("warning");
  });

  it("has the matrix of turns in the report", () => {
    const talk = scenario();
    twoPairs(talk);
    dialogue(talk, every(1, 31, 231), { ask: FIRST.ask, answer: SECOND.answer });
    const judgement = talk.endsAt(300).judge();
    const [tunnel] = toReport(judgement, "0").tunnels;
    const of = (spi: string) => tunnel?.streams.find((stream) => stream.spi === spi)?.answers;
    expect(of("0x000000b1")).toMatchObject([{ spi: "0x000000a1", turns: 29 }]);
    expect(of("0x000000b2")).toMatchObject([{ spi: "0x000000a1", turns: 200 }]);
    expect(renderText(judgement)).toContain("came right after");
  });
});

describe(`${CODE} is silent`, () => {
  it("over a rekey whose old pair lives for a minute beside the new one", () => {
    const talk = scenario();
    twoPairs(talk);
    dialogue(talk, every(1, 31, 90), { ask: FIRST.ask, answer: SECOND.answer });
    dialogue(talk, every(1, 90, 400), SECOND);
    expect(accusations(talk.endsAt(500).judge())).toEqual([]);
  });

  it("where each pair of subnets has a child of its own, and their packets mix", () => {
    const talk = scenario();
    twoPairs(talk);
    dialogue(talk, every(1, 31, 331), FIRST);
    dialogue(talk, every(0.7, 31.3, 331), SECOND);
    expect(accusations(talk.endsAt(500).judge())).toEqual([]);
  });

  it("with a pair for each processor (RFC 9611), where answers come in any of them", () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(1, 1, 4), { ask: { spi: 0xa0 }, answer: { spi: 0xb0 } });
    for (const cpu of [1, 2, 3]) anotherChild(talk, 4 + cpu, cpu);
    for (const cpu of [0, 1, 2, 3]) {
      dialogue(talk, every(1, 10 + cpu / 4, 310), {
        ask: { spi: 0xa0 + cpu },
        answer: { spi: 0xb0 + ((cpu + 1) % 4) },
      });
    }
    const judgement = talk.endsAt(500).judge();
    expect(accusations(judgement)).toEqual([]);
    expect(codes(judgement)).toContain("per-resource-sas");
    expect(judgement.status).toBe("healthy");
  });

  it("where a second pair carries a stream of its own that needs no answer", () => {
    const talk = scenario();
    twoPairs(talk);
    dialogue(talk, every(1, 31, 331), FIRST);
    talk.at(...every(0.5, 31.4, 331)).responder.esp(SECOND.answer);
    expect(accusations(talk.endsAt(500).judge())).toEqual([]);
  });

  it("where two pairs are in use at once, and packets of one come between those of the other", () => {
    const talk = scenario();
    twoPairs(talk);
    dialogue(talk, every(1, 31, 231), SECOND);
    // Between question and answer of the second pair on one side, behind the answer on the other.
    talk.at(...every(1, 31.01, 231)).initiator.esp(FIRST.ask);
    talk.at(...every(1, 31.03, 231)).responder.esp(FIRST.answer);
    expect(accusations(talk.endsAt(300).judge())).toEqual([]);
  });

  it("where the capture began after the second pair: which two belong together is not known", () => {
    const talk = scenario();
    dialogue(talk, every(1, 1, 301), {
      ask: { spi: 0xa1, sequence: 5000 },
      answer: { spi: 0xb2, sequence: 9000 },
    });
    expect(accusations(talk.endsAt(500).judge())).toEqual([]);
  });
});

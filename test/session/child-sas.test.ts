import { describe, expect, it } from "vitest";
import type { ChildSa } from "../../src/session/esp/child-sa.js";
import {
  createChild,
  createChildAnswer,
  dialogue,
  every,
  mainModeUp,
  quickModeUp,
  type Scenario,
  scenario,
  setsUp,
  ON_TRANSLATOR,
} from "../support/scenario/index.js";

function childSas(talk: Scenario): readonly ChildSa[] {
  return talk.model().tunnels[0]?.childSas ?? [];
}

/** SPI of both directions, generation and what made it. */
function told(child: ChildSa) {
  return [child.forward?.spi, child.backward?.spi, child.generation, child.madeBy?.by];
}

function rekey(talk: Scenario, seconds: number, id = 0): void {
  talk.at(seconds).responder.sends(createChild({ id }));
  talk.at(seconds + 0.1).initiator.sends(createChildAnswer({ id }));
}

describe("streams are paired into Child SAs", () => {
  it("by the exchange that made them", () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(1, 1, 30), { ask: { spi: 0xa1 }, answer: { spi: 0xb1 } });
    const children = childSas(talk);
    expect(children.map(told)).toEqual([[0xa1, 0xb1, 1, "IKE_AUTH"]]);
    expect(children[0]).toMatchObject({ confidence: "likely" });
  });

  it("in the order of their beginnings where the question of one comes right behind the answer of another", () => {
    const talk = scenario();
    setsUp(talk);
    talk.at(1, ...every(0.7, 1.7, 9)).initiator.esp({ spi: 0xa1 });
    talk.at(1.02, ...every(0.7, 1.72, 9.02)).responder.esp({ spi: 0xb1 });
    talk.at(1.021, ...every(0.5, 1.5, 7)).initiator.esp({ spi: 0xa2 });
    talk.at(1.041, ...every(0.5, 1.52, 7.02)).responder.esp({ spi: 0xb2 });
    expect(childSas(talk).map((child) => told(child).slice(0, 2))).toEqual([
      [0xa1, 0xb1],
      [0xa2, 0xb2],
    ]);
  });

  it("counts a packet that a mirror port shows four times once", () => {
    const talk = scenario();
    setsUp(talk);
    for (const copy of [0, 0.0002, 0.0004, 0.0006]) {
      talk.at(1 + copy, 2 + copy, 3 + copy).initiator.esp({ spi: 0xa1, sequence: 1 });
      talk.at(1.1 + copy, 2.1 + copy).responder.esp({ spi: 0xb1, sequence: 1 });
    }
    const [child] = childSas(talk);
    expect([child?.forward?.packets, child?.backward?.packets]).toEqual([3, 2]);
  });

  it("generation by generation over rekeys, in IKEv2 and IKEv1", () => {
    const talk = scenario();
    setsUp(talk);
    for (const round of [1, 2, 3]) {
      dialogue(talk, every(1, round * 100, round * 100 + 95), {
        ask: { spi: 0xa0 + round },
        answer: { spi: 0xb0 + round },
      });
      rekey(talk, round * 100 + 95, round);
    }
    expect(childSas(talk).map(told)).toEqual([
      [0xa1, 0xb1, 1, "IKE_AUTH"],
      [0xa2, 0xb2, 2, "CREATE_CHILD_SA"],
      [0xa3, 0xb3, 3, "CREATE_CHILD_SA"],
    ]);
    const old = scenario();
    mainModeUp(old);
    quickModeUp(old, { from: 1 });
    dialogue(old, every(1, 2, 50), { ask: { spi: 1 }, answer: { spi: 2 } });
    quickModeUp(old, { from: 50 }, 9);
    dialogue(old, every(1, 51, 90), { ask: { spi: 3 }, answer: { spi: 4 } });
    expect(childSas(old).map(told)).toEqual([
      [1, 2, 1, "Quick Mode"],
      [3, 4, 2, "Quick Mode"],
    ]);
  });

  it("by turns where the capture began later, which is only possible where two pairs mix", () => {
    const talk = scenario();
    for (const [index, shift] of [0, 0.3].entries()) {
      dialogue(talk, every(1, 1 + shift, 30), {
        ask: { spi: 0xa1 + index, sequence: 900 },
        answer: { spi: 0xb1 + index, sequence: 700 },
      });
    }
    const pairs = childSas(talk);
    expect(pairs.map(told)).toEqual([
      [0xa1, 0xb1, 1, undefined],
      [0xa2, 0xb2, 1, undefined],
    ]);
    expect(pairs.map(({ confidence }) => confidence)).toEqual(["possible", "possible"]);
  });

  it("not at all where one direction has nothing", () => {
    const talk = scenario();
    setsUp(talk);
    talk.at(1, 2, 3).initiator.esp({ spi: 0xa1 });
    expect(childSas(talk).map(told)).toEqual([[0xa1, undefined, 1, "IKE_AUTH"]]);
  });

  it("once where a translator shows each packet twice", () => {
    const talk = scenario(ON_TRANSLATOR);
    setsUp(talk);
    dialogue(talk, every(1, 1, 30), { ask: { spi: 0xa1 }, answer: { spi: 0xb1 } });
    const children = childSas(talk);
    expect(children.map(told)).toEqual([[0xa1, 0xb1, 1, "IKE_AUTH"]]);
    expect(children[0]?.forward?.packets).toBe(29);
  });

  it("within moments where a flood of SPIs without number comes", () => {
    const talk = scenario();
    for (let spi = 1000; spi < 4000; spi++) talk.at(spi / 1000).initiator.esp({ spi });
    dialogue(talk, every(0.1, 5, 10), { ask: { spi: 0xa1 }, answer: { spi: 0xb1 } });
    const children = childSas(talk);
    expect(children.length).toBeLessThanOrEqual(512);
    expect(children.map(told)).toContainEqual([0xa1, 0xb1, 1, undefined]);
  });
});

import { describe, expect, it } from "vitest";
import {
  accusations,
  codes,
  createChild,
  createChildAnswer,
  dialogue,
  evidence,
  every,
  finding,
  informational,
  informationalAnswer,
  type Scenario,
  scenario,
  setsUp,
  suspicions,
} from "../support/scenario/index.js";

const SECOND = { ask: { spi: 0xc1000009, size: 132 }, answer: { spi: 0xc2000009, size: 132 } };

/** Two Child SAs that both carry a dialogue; the first one goes on for 40 s. */
function twoChildren(tell: (talk: Scenario) => void): Scenario {
  const talk = scenario({ near: "initiator" });
  setsUp(talk);
  talk.at(0.5).initiator.sends(createChild());
  talk.at(0.55).responder.sends(createChildAnswer());
  dialogue(talk, every(0.7, 1, 40));
  dialogue(talk, every(1, 1.3, 12), SECOND);
  tell(talk);
  return talk.endsAt(42);
}

describe("one of two Child SAs whose answers stop", () => {
  it("is suspected while the other one goes on, with its SPI", () => {
    let asked: readonly { readonly number: number }[] = [];
    const judgement = twoChildren((talk) => {
      asked = talk.at(...every(1, 12.3, 38)).initiator.esp(SECOND.ask);
    }).judge();
    const found = finding(judgement, "esp-one-way");
    expect(found).toMatchObject({ severity: "critical", confidence: "possible", phase: "ESP" });
    expect(found.headline).toMatch(/^one Child SA is no longer answered: SPI 0xc1000009 from 192\.0\.2\.10/u);
    expect(evidence(found)).toContain(asked.at(-1)?.number);
    expect(found.rivals.map(({ code }) => code)).toContain("esp-absent");
    expect(judgement.status).toBe("suspected");
  });

  it("is suspected beside a busy one, whose packets come behind its questions by chance", () => {
    const talk = twoChildren((busy) => {
      busy.at(...every(1, 12.3, 38)).initiator.esp(SECOND.ask);
    });
    for (const second of every(0.05, 12, 40)) {
      talk.at(second + 0.01).responder.esp({ size: 1400 });
      talk.at(second + 0.04).initiator.esp({ size: 80 });
    }
    const found = finding(talk.judge(), "esp-one-way");
    expect(found).toMatchObject({ severity: "critical", confidence: "possible" });
    expect(found.headline).toContain("SPI 0xc1000009");
  });

  it.each<[string, (talk: Scenario) => void]>([
    ["both go on", (talk) => dialogue(talk, every(1, 12.3, 38), SECOND)],
    ["the traffic of one ends in both directions", () => {}],
    [
      "what goes on in it are reports, of sizes that had no answers before",
      (talk) => {
        for (const [index, second] of every(0.5, 12.3, 38).entries())
          talk.at(second).initiator.esp({ spi: SECOND.ask.spi, size: 400 + ((index * 37) % 11) * 64 });
      },
    ],
    [
      "it is rekeyed, and the initiator goes on with the old SPI for a moment",
      (talk) => {
        talk.at(12.1).initiator.sends(createChild({ id: 3 }));
        talk.at(12.15).responder.sends(createChildAnswer({ id: 3 }));
        dialogue(talk, [12.3, 13.3], { ask: SECOND.ask, answer: { spi: 0xc2000011, size: 132 } });
        dialogue(talk, every(1, 14.3, 38), {
          ask: { spi: 0xc1000011, size: 132 },
          answer: { spi: 0xc2000011, size: 132 },
        });
      },
    ],
  ])("is none where %s", (_name, tell) => {
    const judgement = twoChildren(tell).judge();
    expect([...accusations(judgement), ...suspicions(judgement)]).toEqual([]);
  });

  it("is told as such where its answers come in the other one", () => {
    const judgement = twoChildren((talk) => {
      dialogue(talk, every(1, 12.3, 38), { ask: SECOND.ask, answer: { size: 132 } });
    }).judge();
    expect(codes(judgement)).not.toContain("esp-one-way");
  });
});

it("is that of the tunnel where both fall silent", () => {
  const talk = scenario({ near: "initiator" });
  setsUp(talk);
  talk.at(0.5).initiator.sends(createChild());
  talk.at(0.55).responder.sends(createChildAnswer());
  dialogue(talk, every(0.7, 1, 12));
  dialogue(talk, every(1, 1.3, 12), SECOND);
  talk.at(...every(0.7, 12.1, 38)).initiator.esp();
  talk.at(...every(1, 12.3, 38)).initiator.esp(SECOND.ask);
  talk.at(20).initiator.sends(informational({ id: 3 }));
  talk.at(20.05).responder.sends(informationalAnswer({ id: 3 }));
  expect(finding(talk.endsAt(42).judge(), "esp-one-way").headline).toContain("its IKE still comes");
});

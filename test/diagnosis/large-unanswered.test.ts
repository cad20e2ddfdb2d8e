import { describe, expect, it } from "vitest";
import { inEnglish } from "../../src/texts/texts.js";
import {
  accusations,
  dialogue,
  type Scenario,
  type ScenarioOptions,
  scenario,
  setsUp,
} from "../support/scenario/index.js";

/** Three large packets, then two small ones that are answered, again and again, as many rounds as that. */
function rounds(
  count: number,
  { beside = () => {}, ...options }: ScenarioOptions & { readonly beside?: (talk: Scenario) => void } = {},
): { readonly status: string; readonly standing: string; readonly accused: readonly string[] } {
  const talk = scenario({ near: "initiator", ...options });
  setsUp(talk);
  dialogue(talk, [0.6, 0.8], { ask: { size: 120 } });
  for (let round = 0; round < count; round++) {
    const at = 1 + round * 2;
    talk.at(at, at + 0.2, at + 0.4).initiator.esp({ size: 1264 });
    dialogue(talk, [at + 1, at + 1.2], { ask: { size: 120 } });
  }
  beside(talk);
  const judgement = talk.endsAt(13 + count * 2).judge();
  return {
    status: judgement.status,
    standing: inEnglish(judgement.tunnels[0]?.standing ?? ""),
    accused: accusations(judgement),
  };
}

describe("large packets that nobody answers, in turns with small ones that are answered", () => {
  it("leave it open whether the tunnel works for their size", () => {
    const { status, standing, accused } = rounds(5);
    expect({ status, accused }).toEqual({ status: "up", accused: [] });
    expect(standing).toMatch(
      /ESP flows both ways, but nothing came back behind the 15 large packets of 192\.0\.2\.10 \(up to 1272 B\)$/,
    );
  });

  it("leave it open too where packets of the other side follow late, at any time", () => {
    const pings = (talk: Scenario): void => {
      dialogue(talk, [1.9, 3.75, 5.8, 7.93, 10.1, 12.2, 14.4], { asker: "responder", ask: { size: 120 } });
    };
    const { status, standing, accused } = rounds(5, { beside: pings });
    expect({ status, accused }).toEqual({ status: "up", accused: [] });
    expect(standing).toMatch(/but nothing shows that the 15 large packets of 192\.0\.2\.10 arrive/);
  });

  it.each([
    ["one of them is answered", { beside: (talk: Scenario) => talk.at(1.41).responder.esp() }, 5],
    [
      "they are the larger parts of pings in two packets",
      {
        beside: (talk: Scenario) => {
          dialogue(talk, [3, 3.2, 3.4, 3.6], { ask: { size: 120 } });
          for (let at = 4; at < 12; at++) {
            talk.at(at).initiator.esp({ size: 1264 });
            talk.at(at + 0.001).initiator.esp({ size: 700 });
            talk.at(at + 0.01).responder.esp({ size: 1264 });
            talk.at(at + 0.011).responder.esp({ size: 700 });
          }
        },
      },
      0,
    ],
    ["they are seen to arrive", { near: "responder" as const }, 5],
    ["there are few", {}, 1],
    ["there are so many that they are a flow", {}, 11],
  ])("are no doubt where %s", (_name, options, count) => {
    expect(rounds(count, options)).toMatchObject({ status: "healthy", accused: [] });
  });
});

import { describe, expect, it } from "vitest";
import { inEnglish } from "../../src/texts/texts.js";
import {
  accusations,
  dialogue,
  every,
  informational,
  informationalAnswer,
  type Scenario,
  scenario,
  setsUp,
} from "../support/scenario/index.js";

/** A tunnel at the responder, whose ESP gets lost behind that; the checks of IKE are answered. */
function atResponder(tell: (talk: Scenario) => void): Scenario {
  const talk = scenario({ near: "responder" });
  setsUp(talk);
  tell(talk);
  talk.at(28).initiator.sends(informational());
  talk.at(28.02).responder.sends(informationalAnswer());
  return talk.endsAt(29);
}

const DOUBLING = [0, 0.2, 0.6, 1.4, 3, 6.2].map((after) => 10 + after);

describe("packets that TCP repeats although each is answered", () => {
  it.each<[string, (talk: Scenario) => void]>([
    ["behind a dialogue", (talk) => dialogue(talk, every(0.3, 1, 10))],
    ["from the beginning", () => {}],
  ])("are no proof that the tunnel works, %s", (_when, before) => {
    const judgement = atResponder((talk) => {
      before(talk);
      dialogue(talk, DOUBLING);
    }).judge();
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("up");
    expect(inEnglish(judgement.headline)).toContain(
      "ESP flows both ways, but 192.0.2.10 repeats its last 6 packets as TCP does, although each is answered: nothing shows that the answers arrive",
    );
  });

  it.each<[string, (talk: Scenario) => void]>([
    ["other packets follow", (talk) => dialogue(talk, [...DOUBLING, 17, 18, 18.4])],
    ["they come at even times", (talk) => dialogue(talk, every(2, 10, 24))],
    [
      "they are of several sizes",
      (talk) => DOUBLING.forEach((at, index) => dialogue(talk, [at], { ask: { size: 100 + index * 8 } })),
    ],
  ])("are not seen where %s", (_how, tell) => {
    const judgement = atResponder((talk) => {
      dialogue(talk, every(0.3, 1, 9));
      tell(talk);
    }).judge();
    expect(judgement.status).toBe("healthy");
  });
});

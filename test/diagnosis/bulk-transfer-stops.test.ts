import { describe, expect, it } from "vitest";
import {
  accusations,
  dialogue,
  every,
  finding,
  informational,
  informationalAnswer,
  type Scenario,
  scenario,
  setsUp,
  suspicions,
} from "../support/scenario/index.js";

const LARGE = { size: 1440 };
const LAST_OF_BURST = { size: 1300 };
const ACKNOWLEDGEMENT = { size: 80 };

/** Bursts of two full packets and a smaller one, of which the peer acknowledges the last one at once. */
function transfer(talk: Scenario, seconds: readonly number[]): void {
  for (const second of seconds) {
    talk.at(second, second + 0.0002).initiator.esp(LARGE);
    talk.at(second + 0.0004).initiator.esp(LAST_OF_BURST);
    talk.at(second + 0.03).responder.esp(ACKNOWLEDGEMENT);
  }
}

/** A full packet that TCP repeats from `second` on, without an answer. */
function repeats(talk: Scenario, second: number): void {
  talk.at(...[0, 0.2, 0.6, 1.4, 3, 6.2, 12.6].map((after) => second + after)).initiator.esp(LARGE);
}

function upload(tell: (talk: Scenario) => void): Scenario {
  const talk = scenario({ near: "initiator" });
  setsUp(talk);
  tell(talk);
  talk.at(25).initiator.sends(informational());
  talk.at(25.05).responder.sends(informationalAnswer());
  return talk.endsAt(27);
}

describe("a bulk transfer whose answers stop", () => {
  it("is one-way traffic: full packets got through before, so it is not their size", () => {
    const judgement = upload((talk) => {
      transfer(talk, every(0.15, 1, 10));
      repeats(talk, 10);
    }).judge();
    expect(accusations(judgement)).toEqual(["esp-one-way"]);
    expect(finding(judgement, "esp-one-way")).toMatchObject({ severity: "critical", confidence: "likely" });
  });

  it("has full packets lost where none ever got through, and small ones are answered", () => {
    const judgement = upload((talk) => {
      dialogue(talk, every(0.5, 1, 10), { ask: { size: 120 }, answer: ACKNOWLEDGEMENT });
      repeats(talk, 10);
      dialogue(talk, every(0.5, 23.1, 25), { ask: { size: 120 }, answer: ACKNOWLEDGEMENT });
    }).judge();
    expect(accusations(judgement)).toEqual(["esp-large-packets-lost"]);
  });

  it("accuses nobody where it just ends", () => {
    const judgement = upload((talk) => {
      transfer(talk, every(0.15, 1, 10));
    }).judge();
    expect([...accusations(judgement), ...suspicions(judgement)]).toEqual([]);
  });

  it("accuses nobody where it goes on after a pause of the network", () => {
    const judgement = upload((talk) => {
      transfer(talk, every(0.15, 1, 10));
      talk.at(10, 10.2, 10.6, 11.4).initiator.esp(LARGE);
      transfer(talk, every(0.15, 13, 20));
    }).judge();
    expect([...accusations(judgement), ...suspicions(judgement)]).toEqual([]);
  });
});

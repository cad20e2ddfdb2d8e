import { describe, expect, it } from "vitest";
import {
  accusations,
  codes,
  evidence,
  faults,
  finding,
  informational,
  informationalAnswer,
  type Scenario,
  scenario,
  setsUp,
} from "../support/scenario/index.js";

/** Setups at these seconds, each with ESP of its own SPIs from a second later until `until` seconds before the next. */
function lives(starts: readonly number[], pause: number): Scenario {
  const talk = scenario();
  for (const [turn, from] of starts.entries()) {
    setsUp(talk, { from, sa: talk.newSa() });
    const end = (starts[turn + 1] ?? from + 120) - pause;
    const times = Array.from(
      { length: Math.floor((end - from - 0.3) * 2) },
      (_, index) => from + 0.3 + index / 2,
    );
    talk.at(...times).initiator.esp({ spi: 0xc1000100 + turn });
    talk.at(...times.map((time) => time + 0.02)).responder.esp({ spi: 0xc2000100 + turn });
  }
  return talk;
}

/** SPIs of the setups of `lives`: those of the story itself come before. */
function spiOf(side: "a" | "b", turn: number): string {
  return side.repeat(8) + (turn + 2).toString(16).padStart(8, "0");
}

describe("periodic-drop", () => {
  it("warns where each setup follows an outage, at one period", () => {
    const talk = lives([0, 480, 960, 1440], 40);
    const judgement = talk.endsAt(1600).judge();
    const found = finding(judgement, "periodic-drop");
    expect(found.severity).toBe("warning");
    expect(found.headline).toContain("8 min");
    expect(evidence(found)).toHaveLength(4);
    expect(faults(judgement)).toEqual([]);
    expect(codes(judgement)).not.toContain("reauth-gap");
  });

  it.each([
    [
      "stays silent about tunnels that are set up on demand, at regular times, and deleted when they are idle",
      60,
      [],
    ],
    ["warns where each is deleted in the middle of traffic", 1, ["periodic-drop"]],
  ])("%s", (_name, idle, wanted) => {
    const starts = [0, 480, 960, 1440, 1920];
    const talk = lives(starts, 400);
    for (const [turn, from] of starts.entries()) {
      const sa = { ...talk.sa, initiatorSpi: spiOf("a", turn), responderSpi: spiOf("b", turn) };
      talk.at(from + 80 + idle).responder.sends(informational({ sa, id: 0, inner: 8 }));
      talk.at(from + 80.05 + idle).initiator.sends(informationalAnswer({ sa, id: 0 }));
    }
    expect(accusations(talk.endsAt(2100).judge())).toEqual(wanted);
  });

  it("stays silent where the intervals differ", () => {
    expect(codes(lives([0, 300, 900, 1100], 40).endsAt(1300).judge())).not.toContain("periodic-drop");
  });

  it("stays silent about re-authentication without a gap", () => {
    const judgement = lives([0, 480, 960, 1440], 0).endsAt(1600).judge();
    expect(codes(judgement)).not.toContain("periodic-drop");
    expect(codes(judgement)).not.toContain("reauth-gap");
  });
});

describe("reauth-gap", () => {
  it("warns where traffic pauses for seconds at each re-authentication", () => {
    const judgement = lives([0, 480, 960, 1440], 4).endsAt(1600).judge();
    const found = finding(judgement, "reauth-gap");
    expect(found.severity).toBe("warning");
    expect(evidence(found)).toHaveLength(3);
    expect(codes(judgement)).not.toContain("periodic-drop");
  });

  it("stays silent about one gap", () => {
    expect(codes(lives([0, 480], 4).endsAt(900).judge())).not.toContain("reauth-gap");
  });

  it("stays silent where the traffic itself is rare", () => {
    const talk = scenario();
    for (const [turn, from] of [0, 480, 960, 1440].entries()) {
      setsUp(talk, { from, sa: talk.newSa() });
      const times = [1, 61, 121, 181, 241, 301, 361, 421].map((time) => from + time);
      talk.at(...times).initiator.esp({ spi: 0xc1000100 + turn });
      talk.at(...times.map((time) => time + 0.02)).responder.esp({ spi: 0xc2000100 + turn });
      talk.at(from + 50).initiator.sends(informational({ sa: talk.sa, id: 2 + turn }));
      talk.at(from + 50.1).responder.sends(informationalAnswer({ sa: talk.sa, id: 2 + turn }));
    }
    const judgement = talk.endsAt(1900).judge();
    expect(codes(judgement)).not.toContain("reauth-gap");
    expect(codes(judgement)).not.toContain("periodic-drop");
  });
});

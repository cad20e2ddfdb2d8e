import { describe, expect, it } from "vitest";
import {
  codes,
  evidence,
  faults,
  finding,
  mainModeUp,
  numbers,
  quickMode,
  type Scenario,
  scenario,
  traffic,
} from "../support/scenario/index.js";

function stuck(talk: Scenario) {
  mainModeUp(talk);
  const first = talk.at(1).initiator.sends(quickMode(1));
  const second = talk.at(1.1, 2.1, 4.1, 8.1).responder.sends(quickMode(2));
  return [...first, ...second];
}

describe("quick-mode-unfinished", () => {
  it("fires where Quick Mode 2 repeats and Quick Mode 3 never comes", () => {
    const talk = scenario();
    const frames = stuck(talk);
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, "quick-mode-unfinished");
    expect(found).toMatchObject({ severity: "critical", phase: "QUICK_MODE" });
    expect(numbers(frames)).toEqual(expect.arrayContaining(evidence(found)));
    expect(faults(judgement)).toEqual(["quick-mode-unfinished"]);
  });

  it("is only possible while the capture ends with the third Quick Mode 2, and silent with the second", () => {
    const talk = scenario();
    stuck(talk);
    const judgedUntil = (end: number) => talk.judge(({ time }) => time <= end);
    expect(finding(judgedUntil(4.1), "quick-mode-unfinished").confidence).toBe("possible");
    expect(judgedUntil(4.1).status).toBe("suspected");
    expect(codes(judgedUntil(2.1))).not.toContain("quick-mode-unfinished");
  });

  it.each([
    ["initiator", "Captured near 192.0.2.10: Quick Mode 3 leaves there"],
    ["responder", "Captured near 198.51.100.20: Quick Mode 3 arrives there"],
    [undefined, "Quick Mode 3 passes this point"],
  ] as const)("fires where Quick Mode 3 follows in vain, seen near: %s", (near, said) => {
    const talk = scenario(near === undefined ? {} : { near });
    mainModeUp(talk);
    talk.at(1).initiator.sends(quickMode(1));
    talk.at(1.1, 1.6, 2.6, 4.6, 8.6).responder.sends(quickMode(2));
    talk.at(1.2, 1.7, 2.7, 4.7, 8.7).initiator.sends(quickMode(3));
    traffic(talk, 1.3, 30, "initiator");
    const judgement = talk.endsAt(60).judge();
    expect(faults(judgement)).toEqual(["quick-mode-unfinished"]);
    const found = finding(judgement, "quick-mode-unfinished");
    expect(found.headline).toContain("has no effect");
    expect(found.summary).toContain(said);
  });

  it("stays silent where the last of several Quick Mode 3 arrived, or may have", () => {
    for (const ways of ["both", "none"] as const) {
      const talk = scenario();
      mainModeUp(talk);
      talk.at(1).initiator.sends(quickMode(1));
      talk.at(1.1, 1.6, 2.6, 4.6).responder.sends(quickMode(2));
      talk.at(1.2, 1.7, 2.7, 4.7).initiator.sends(quickMode(3));
      if (ways === "both") traffic(talk, 5, 30);
      expect(codes(talk.endsAt(60).judge())).not.toContain("quick-mode-unfinished");
    }
  });

  it("stays silent where Quick Mode 3 comes late", () => {
    const talk = scenario();
    stuck(talk);
    talk.at(8.2).initiator.sends(quickMode(3));
    expect(codes(talk.endsAt(60).judge())).not.toContain("quick-mode-unfinished");
  });

  it("stays silent where traffic of the answering side shows that it came", () => {
    const talk = scenario();
    stuck(talk);
    traffic(talk, 9, 20);
    expect(codes(talk.endsAt(60).judge())).not.toContain("quick-mode-unfinished");
  });

  it("leaves it to ike-response-lost where Quick Mode 1 repeats too", () => {
    const talk = scenario();
    mainModeUp(talk);
    talk.at(1, 5, 12).initiator.sends(quickMode(1));
    talk.at(1.1, 5.1, 12.1).responder.sends(quickMode(2));
    expect(faults(talk.endsAt(60).judge())).toEqual(["ike-response-lost"]);
  });

  it("stays silent where Quick Mode 2 was sent once", () => {
    const talk = scenario();
    mainModeUp(talk);
    talk.at(1).initiator.sends(quickMode(1));
    talk.at(1.1).responder.sends(quickMode(2));
    expect(codes(talk.endsAt(60).judge())).not.toContain("quick-mode-unfinished");
  });
});

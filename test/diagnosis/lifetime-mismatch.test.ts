import { describe, expect, it } from "vitest";
import { codes, evidence, finding, mainMode, mainModeUp, scenario } from "../support/scenario/index.js";

describe("lifetime-mismatch", () => {
  it("warns where the two sides offer different lifetimes", () => {
    const talk = scenario();
    mainModeUp(talk);
    const sa = talk.newSa("responder");
    const [ask] = talk.at(100).responder.sends(mainMode(1, { sa, seconds: 3600 }));
    talk.at(100.1).initiator.sends(mainMode(2, { sa, seconds: 3600 }));
    const found = finding(talk.endsAt(101).judge(), "lifetime-mismatch");
    expect(found).toMatchObject({ severity: "warning", confidence: "certain", phase: "MAIN_MODE" });
    expect(evidence(found)).toEqual([1, ask?.number]);
    expect(found.headline).toContain("3600 s");
  });

  it("stays silent where they are equal, and where one side changes its own", () => {
    const talk = scenario();
    mainModeUp(talk);
    mainModeUp(talk, { from: 50, sa: talk.newSa("responder") });
    expect(codes(talk.endsAt(60).judge())).not.toContain("lifetime-mismatch");
    const one = scenario();
    mainModeUp(one);
    one.at(100).initiator.sends(mainMode(1, { sa: one.newSa(), seconds: 3600 }));
    expect(codes(one.endsAt(101).judge())).not.toContain("lifetime-mismatch");
    const none = scenario();
    mainModeUp(none);
    none.at(100).responder.sends(mainMode(1, { sa: none.newSa("responder"), seconds: 0 }));
    expect(codes(none.endsAt(101).judge())).not.toContain("lifetime-mismatch");
  });
});

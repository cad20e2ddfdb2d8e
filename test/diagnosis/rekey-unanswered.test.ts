import { describe, expect, it } from "vitest";
import { inEnglish } from "../../src/texts/texts.js";
import {
  codes,
  createChild,
  createChildAnswer,
  evidence,
  faults,
  finding,
  informational,
  numbers,
  type Scenario,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

function up(): Scenario {
  const talk = scenario();
  setsUp(talk);
  traffic(talk, 1, 20);
  return talk;
}

describe("rekey-unanswered", () => {
  it("fires where CREATE_CHILD_SA repeats in vain", () => {
    const talk = up();
    const tries = talk.at(100, 104, 111.2, 124.2, 147.5).initiator.sends(createChild());
    const judgement = talk.endsAt(300).judge();
    const found = finding(judgement, "rekey-unanswered");
    expect(found).toMatchObject({ severity: "critical", phase: "CREATE_CHILD_SA" });
    expect(numbers(tries)).toEqual(expect.arrayContaining(evidence(found)));
    expect(faults(judgement)).toEqual(["rekey-unanswered"]);
  });

  it("fires for the responder's rekey too, and warns while the old SA carries traffic", () => {
    const talk = up();
    traffic(talk, 20, 290);
    talk.at(100, 104, 111.2, 124.2).responder.sends(createChild({ id: 0 }));
    expect(finding(talk.endsAt(300).judge(), "rekey-unanswered").severity).toBe("warning");
  });

  it("fires in a capture that begins later and holds ESP of the silent side on the same ports", () => {
    const talk = scenario({ floats: true });
    traffic(talk, 1, 60);
    talk.at(20, 24, 31.2, 44.2).initiator.sends(createChild());
    const judgement = talk.endsAt(60).judge();
    expect(finding(judgement, "rekey-unanswered").severity).toBe("warning");
    expect(judgement.status).toBe("degraded");
  });

  it.each([
    [[20, 24, 31.2, 44.2], 60, "possible"],
    [[20, 24, 31.2, 44.2, 67.5], 90, "likely"],
    [[20, 24, 31.2, 44.2, 67.5, 109.5], 400, "possible"],
    [[20, 22, 24, 26, 28, 30], 120, "possible"],
  ])(
    "warns there though ESP takes another way than IKE: attempts at %s, end at %s",
    (times, end, confidence) => {
      const talk = scenario();
      traffic(talk, 1, end);
      talk.at(...times).initiator.sends(createChild());
      const judgement = talk.endsAt(end).judge();
      const found = finding(judgement, "rekey-unanswered");
      expect(found).toMatchObject({ severity: "warning", confidence });
      expect(judgement.status).toBe("degraded");
      expect(found.summary).toContain("No IKE message of 198.51.100.20 is in the capture");
    },
  );

  it.each<[string, readonly number[], (talk: Scenario) => unknown]>([
    ["sent three times", [20, 24, 31.2], () => null],
    ["given up early, so that the fourth attempt may have been answered", [20, 24, 31.2, 44.2], () => null],
    [
      "followed by the asker's next request",
      [20, 24, 31.2, 44.2, 67.5],
      (talk) => talk.at(70).initiator.sends(informational({ id: 3 })),
    ],
    [
      "followed by the asker's ESP on a new SPI",
      [20, 24, 31.2, 44.2, 67.5],
      (talk) => talk.at(68, 69, 70).initiator.esp({ spi: 0xabcd1234 }),
    ],
  ])("stays silent there about a request %s", (_name, times, tell) => {
    const talk = scenario();
    traffic(talk, 1, 300);
    talk.at(...times).initiator.sends(createChild());
    tell(talk);
    expect(codes(talk.endsAt(300).judge())).not.toContain("rekey-unanswered");
  });

  it.each([
    ["not that the peer is down where its ESP still comes in", 290, false],
    ["that the peer may be down where nothing of it comes in", 20, true],
  ])("says near the asker %s", (_name, until, mayBeDown) => {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    traffic(talk, 1, until);
    talk.at(100, 104, 111.2, 124.2, 147.5).initiator.sends(createChild());
    const summary = inEnglish(finding(talk.endsAt(300).judge(), "rekey-unanswered").summary);
    expect(summary.includes("198.51.100.20 is down")).toBe(mayBeDown);
    expect(summary.includes("the daemon of 198.51.100.20 does not answer")).toBe(!mayBeDown);
  });

  it("stays silent where the repeat is answered", () => {
    const talk = up();
    talk.at(100, 104, 111.2).initiator.sends(createChild());
    talk.at(111.3).responder.sends(createChildAnswer());
    expect(codes(talk.endsAt(300).judge())).not.toContain("rekey-unanswered");
  });

  it("stays silent where the asker goes on, for then it was answered", () => {
    const talk = up();
    talk.at(100, 104, 111.2).initiator.sends(createChild());
    talk.at(112).initiator.sends(informational({ id: 3, inner: 12 }));
    expect(codes(talk.endsAt(300).judge())).not.toContain("rekey-unanswered");
  });

  it("stays silent about two tries", () => {
    const talk = up();
    talk.at(100, 104).initiator.sends(createChild());
    expect(codes(talk.endsAt(300).judge())).not.toContain("rekey-unanswered");
  });
});

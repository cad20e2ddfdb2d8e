import { describe, expect, it } from "vitest";
import {
  codes,
  cookieDemand,
  evidence,
  faults,
  finding,
  ikeSaInit,
  ikeSaInitAnswer,
  type Scenario,
  scenario,
  setsUp,
} from "../support/scenario/index.js";

const CODE = "half-open-limit";

/** `count` setups, one a second, that are answered and go no further; then one that meets COOKIE. */
function unfinished(talk: Scenario, count: number, cookie: boolean): void {
  for (let index = 0; index < count; index++) {
    const sa = talk.newSa();
    talk.at(index).initiator.sends(ikeSaInit({ sa }));
    talk.at(index + 0.1).responder.sends(ikeSaInitAnswer({ sa }));
  }
  if (!cookie) return;
  const sa = talk.newSa();
  talk.at(count).initiator.sends(ikeSaInit({ sa }));
  talk.at(count + 0.1).responder.sends(cookieDemand({ sa }));
}

describe(CODE, () => {
  it("fires where setups go unfinished, COOKIE comes, and then nothing", () => {
    const talk = scenario();
    unfinished(talk, 5, true);
    const sa = talk.newSa();
    const tries = talk.at(7, 11, 18).initiator.sends(ikeSaInit({ sa }));
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ confidence: "likely", phase: "IKE_SA_INIT" });
    expect(evidence(found)).toContain(tries[0]?.number);
    expect(codes(judgement)).not.toContain("ike-init-unanswered");
    // Why the setups before do not finish is the root, and this follows from it.
    expect(faults(judgement)).toEqual(["ike-auth-missing"]);
    expect(found.causedBy).toBe("ike-auth-missing");
  });

  it("is only possible without COOKIE", () => {
    const talk = scenario();
    unfinished(talk, 6, false);
    talk.at(7, 11, 18).initiator.sends(ikeSaInit({ sa: talk.newSa() }));
    expect(finding(talk.endsAt(60).judge(), CODE).confidence).toBe("possible");
  });

  it("stays silent where few setups are open, where they came up, and where they were long ago", () => {
    const few = scenario();
    unfinished(few, 2, false);
    few.at(7, 11, 18).initiator.sends(ikeSaInit({ sa: few.newSa() }));
    const finished = scenario();
    for (let index = 0; index < 6; index++) setsUp(finished, { from: index, sa: finished.newSa() });
    finished.at(7, 11, 18).initiator.sends(ikeSaInit({ sa: finished.newSa() }));
    const old = scenario();
    unfinished(old, 6, true);
    old.at(107, 111, 118).initiator.sends(ikeSaInit({ sa: old.newSa() }));
    for (const talk of [few, finished, old]) {
      const judgement = talk.endsAt(160).judge();
      expect(codes(judgement)).not.toContain(CODE);
      expect(codes(judgement)).toContain("ike-init-unanswered");
    }
  });
});

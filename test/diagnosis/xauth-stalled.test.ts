import { describe, expect, it } from "vitest";
import {
  codes,
  evidence,
  faults,
  finding,
  informationalV1,
  mainModeUp,
  numbers,
  quickModeUp,
  scenario,
  transaction,
} from "../support/scenario/index.js";

describe("xauth-stalled", () => {
  it("is only possible while the capture ends after few attempts: a user may be typing", () => {
    const talk = scenario();
    mainModeUp(talk);
    talk.at(1, 5, 12.2, 25.2).responder.sends(transaction());
    const judgedUntil = (end: number) => talk.judge(({ time }) => time <= end);
    expect(finding(judgedUntil(5), "xauth-stalled")).toMatchObject({
      severity: "critical",
      confidence: "possible",
    });
    expect(judgedUntil(5).status).toBe("suspected");
    expect(finding(judgedUntil(25.2), "xauth-stalled").confidence).toBe("likely");
  });

  it("fires where the transaction repeats without an answer", () => {
    const talk = scenario();
    mainModeUp(talk);
    const frames = talk.at(1, 5, 12).responder.sends(transaction());
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, "xauth-stalled");
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "TRANSACTION" });
    expect(found.rivals.map(({ code }) => code)).toEqual(["path-lost"]);
    expect(evidence(found)).toEqual(numbers(frames));
    expect(faults(judgement)).toEqual(["xauth-stalled"]);
  });

  it("fires where the gateway ends the login with an INFORMATIONAL", () => {
    const talk = scenario();
    mainModeUp(talk);
    const [ask] = talk.at(1).responder.sends(transaction());
    talk.at(4).initiator.sends(transaction());
    const [end] = talk.at(20).responder.sends(informationalV1());
    const judgement = talk.endsAt(90).judge();
    const found = finding(judgement, "xauth-stalled");
    expect(found).toMatchObject({ severity: "critical", confidence: "possible", phase: "TRANSACTION" });
    expect(evidence(found)).toEqual([ask?.number, end?.number]);
    expect(faults(judgement)).toEqual(["xauth-stalled"]);
  });

  it("fires where the gateway never says what became of the login", () => {
    const talk = scenario();
    mainModeUp(talk);
    const [ask] = talk.at(1).responder.sends(transaction());
    const [login] = talk.at(2).initiator.sends(transaction());
    const judgement = talk.endsAt(30).judge();
    const found = finding(judgement, "xauth-stalled");
    expect(found).toMatchObject({ severity: "critical", confidence: "possible" });
    expect(evidence(found)).toEqual([ask?.number, login?.number]);
    expect(faults(judgement)).toEqual(["xauth-stalled"]);
  });

  it("stays silent where quick mode follows, and where the user still types", () => {
    const goesOn = scenario();
    mainModeUp(goesOn);
    goesOn.at(1, 5, 12).responder.sends(transaction());
    goesOn.at(13).initiator.sends(transaction());
    quickModeUp(goesOn, { from: 14 });
    const types = scenario();
    mainModeUp(types);
    types.at(1).responder.sends(transaction());
    for (const [talk, end] of [
      [goesOn, 60],
      [types, 20],
    ] as const) {
      expect(codes(talk.endsAt(end).judge())).not.toContain("xauth-stalled");
    }
  });

  it("only suspects where the capture ends soon after the gateway's INFORMATIONAL", () => {
    const talk = scenario();
    mainModeUp(talk);
    talk.at(1).responder.sends(transaction());
    talk.at(4).initiator.sends(transaction());
    talk.at(5).responder.sends(informationalV1());
    const judgement = talk.endsAt(6).judge();
    expect(codes(judgement)).toContain("xauth-stalled");
    expect(judgement.status).toBe("suspected");
  });
});

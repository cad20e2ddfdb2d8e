import { describe, expect, it } from "vitest";
import {
  accusations,
  codes,
  cookieDemand,
  evidence,
  finding,
  ikeSaInit,
  puzzleDemand,
  scenario,
  setsUp,
} from "../support/scenario/index.js";

describe("puzzle-demanded", () => {
  it("fires on PUZZLE beside COOKIE", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit());
    const [demand] = talk.at(0.1).responder.sends(puzzleDemand());
    const judgement = talk.endsAt(30).judge();
    const found = finding(judgement, "puzzle-demanded");
    expect(found).toMatchObject({ severity: "warning", confidence: "certain", phase: "IKE_SA_INIT" });
    expect(evidence(found)).toEqual([demand?.number]);
  });

  it("is an explanation where the setup goes on", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit());
    talk.at(0.1).responder.sends(puzzleDemand());
    setsUp(talk, { from: 2 });
    const judgement = talk.endsAt(30).judge();
    expect(finding(judgement, "puzzle-demanded").severity).toBe("info");
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("up");
  });

  it("stays silent on COOKIE alone", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit());
    talk.at(0.1).responder.sends(cookieDemand());
    expect(codes(talk.endsAt(30).judge())).not.toContain("puzzle-demanded");
  });
});

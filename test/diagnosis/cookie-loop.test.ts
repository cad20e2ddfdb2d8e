import { describe, expect, it } from "vitest";
import {
  codes,
  cookieDemand,
  evidence,
  faults,
  finding,
  ikeSaInit,
  ikeSaInitAnswer,
  initNotify,
  numbers,
  scenario,
  setsUp,
} from "../support/scenario/index.js";

describe("cookie-loop", () => {
  it("fires where the cookie is returned and another is asked for each time", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit());
    talk.at(0.1).responder.sends(cookieDemand());
    const frames = [1, 2, 3].flatMap((second) => [
      ...talk.at(second).initiator.sends(ikeSaInit({ cookie: true })),
      ...talk.at(second + 0.1).responder.sends(initNotify(16390, new Uint8Array(20).fill(second))),
    ]);
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, "cookie-loop");
    expect(found).toMatchObject({ severity: "critical", confidence: "certain", phase: "IKE_SA_INIT" });
    expect(evidence(found)).toEqual(numbers(frames));
    expect(faults(judgement)).toEqual(["cookie-loop"]);
    expect(codes(judgement)).not.toContain("cookie-challenge");
  });

  it("fires where one request repeats unchanged, whether the cookies differ or not", () => {
    for (const differ of [true, false]) {
      const talk = scenario({ near: "initiator" });
      const request = ikeSaInit();
      for (const second of [0, 4, 11, 24]) {
        talk.at(second).initiator.sends(request);
        talk
          .at(second + 0.1)
          .responder.sends(initNotify(16390, new Uint8Array(20).fill(differ ? second : 9)));
      }
      const judgement = talk.endsAt(60).judge();
      const found = finding(judgement, "cookie-loop");
      expect(found).toMatchObject({ severity: "critical", confidence: "possible" });
      expect(found.rivals.map(({ code }) => code)).toEqual(["ike-response-lost"]);
      expect(faults(judgement)).toEqual(["cookie-loop"]);
    }
  });

  it("stays silent where one round, or a lost demand, is enough", () => {
    const talk = scenario();
    talk.at(0, 0.5).initiator.sends(ikeSaInit());
    talk.at(0.1, 0.6).responder.sends(cookieDemand());
    talk.at(0.7).initiator.sends(ikeSaInit({ cookie: true }));
    talk.at(0.8).responder.sends(ikeSaInitAnswer());
    expect(codes(talk.endsAt(1).judge())).not.toContain("cookie-loop");
  });

  it("stays silent where the responder changed its secret in between, or the capture ends with the demand", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit());
    talk.at(0.1).responder.sends(cookieDemand());
    talk.at(0.2).initiator.sends(ikeSaInit({ cookie: true }));
    talk.at(0.3).responder.sends(initNotify(16390, new Uint8Array(20).fill(3)));
    expect(codes(talk.endsAt(0.4).judge())).not.toContain("cookie-loop");
  });

  it("is a warning where a later setup comes up", () => {
    const talk = scenario();
    const request = ikeSaInit();
    talk.at(0, 4, 11).initiator.sends(request);
    talk.at(0.1, 4.1, 11.1).responder.sends(cookieDemand());
    setsUp(talk, { from: 30, sa: talk.newSa() });
    const judgement = talk.endsAt(60).judge();
    expect(finding(judgement, "cookie-loop").severity).toBe("warning");
  });
});

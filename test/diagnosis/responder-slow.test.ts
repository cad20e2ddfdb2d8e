import { describe, expect, it } from "vitest";
import {
  codes,
  evidence,
  faults,
  finding,
  ikeAuth,
  ikeAuthAnswer,
  informational,
  informationalAnswer,
  opens,
  scenario,
  setsUp,
} from "../support/scenario/index.js";

describe("responder-slow", () => {
  it("warns where several answers take seconds", () => {
    const talk = scenario();
    setsUp(talk);
    const [ask] = talk.at(10).initiator.sends(informational({ id: 2 }));
    const [answer] = talk.at(12.5).responder.sends(informationalAnswer({ id: 2 }));
    talk.at(20).initiator.sends(informational({ id: 3 }));
    talk.at(23.5).responder.sends(informationalAnswer({ id: 3 }));
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, "responder-slow");
    expect(found.severity).toBe("warning");
    expect(evidence(found)).toEqual(expect.arrayContaining([ask?.number, answer?.number]));
    expect(faults(judgement)).toEqual([]);
    expect(judgement.status).toBe("degraded");
  });

  it("counts repeated requests near the answering side, where nothing is lost on the way", () => {
    const talk = scenario({ near: "responder" });
    setsUp(talk);
    for (const [id, time] of [
      [2, 10],
      [3, 20],
    ] as const) {
      talk.at(time, time + 1).initiator.sends(informational({ id }));
      talk.at(time + 3).responder.sends(informationalAnswer({ id }));
    }
    expect(codes(talk.endsAt(60).judge())).toContain("responder-slow");
  });

  it.each(["between", "near the asker"])("leaves repeats to retransmissions %s", (place) => {
    const talk = scenario(place === "between" ? {} : { near: "initiator" });
    setsUp(talk);
    for (const [id, time] of [
      [2, 10],
      [3, 20],
    ] as const) {
      talk.at(time, time + 4).initiator.sends(informational({ id }));
      talk.at(time + 4.1).responder.sends(informationalAnswer({ id }));
    }
    expect(codes(talk.endsAt(60).judge())).not.toContain("responder-slow");
  });

  it("stays silent about one slow answer, and about rounds of EAP that wait for a person", () => {
    const talk = scenario();
    opens(talk);
    for (const id of [1, 2, 3, 4]) {
      talk.at(id * 10).initiator.sends(ikeAuth({ id }));
      talk.at(id * 10 + 5).responder.sends(ikeAuthAnswer({ id, inner: id === 4 ? 180 : 60 }));
    }
    talk.at(60).initiator.sends(informational({ id: 5 }));
    talk.at(63).responder.sends(informationalAnswer({ id: 5 }));
    expect(codes(talk.endsAt(90).judge())).not.toContain("responder-slow");
  });
});

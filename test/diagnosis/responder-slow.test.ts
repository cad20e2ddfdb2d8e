import { describe, expect, it } from "vitest";
import { judgePlaces, packetsOf } from "../support/capture/places.js";
import {
  accusations,
  codes,
  dialogue,
  evidence,
  faults,
  finding,
  ikeAuth,
  ikeAuthAnswer,
  informational,
  informationalAnswer,
  mainModeUp,
  opens,
  quickModeUp,
  scenario,
  setsUp,
  transaction,
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

  it("stays silent about the login of XAUTH, for which a person is asked", () => {
    const talk = scenario();
    mainModeUp(talk);
    for (const [id, at] of [
      [1, 1],
      [2, 20],
    ] as const) {
      talk.at(at).responder.sends(transaction({ messageId: id }));
      talk.at(at + 5).initiator.sends(transaction({ messageId: id }));
    }
    quickModeUp(talk, { from: 26 });
    dialogue(talk, [30, 31, 32]);
    expect(accusations(talk.endsAt(60).judge())).toEqual([]);
  });

  it("counts repeats each of which is answered, as over a path that takes seconds", () => {
    for (const [answers, wanted] of [
      [[3, 4], true],
      [[3], false],
    ] as const) {
      const talk = scenario({ near: "initiator" });
      setsUp(talk);
      for (const [id, time] of [
        [2, 10],
        [3, 20],
      ] as const) {
        talk.at(time, time + 1).initiator.sends(informational({ id }));
        talk.at(...answers.map((after) => time + after)).responder.sends(informationalAnswer({ id }));
      }
      expect(codes(talk.endsAt(60).judge()).includes("responder-slow")).toBe(wanted);
    }
  });
});

describe.each(["kernel-rekey-answers-late"])("captures of both ends, %s", (name) => {
  it("tell that the path is slow, and not the peer", async () => {
    const ends = ["initiator", "responder"].map((end) => `${name}-${end}.pcap`);
    const { judgement } = await judgePlaces(await packetsOf(ends));
    const found = finding(judgement, "responder-slow");
    expect(judgement.status).toBe("degraded");
    expect(found.confidence).toBe("certain");
    expect(found.headline).toContain("take up to 2.4 s on the way");
    const [first = []] = await packetsOf(ends.slice(0, 1));
    const alone = await judgePlaces([first]);
    expect(finding(alone.judgement, "responder-slow").headline).toContain("to answer");
  });
});

import { describe, expect, it } from "vitest";
import { inEnglish } from "../../src/texts/texts.js";
import {
  codes,
  createChild,
  createChildAnswer,
  evidence,
  every,
  finding,
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  informational,
  informationalAnswer,
  INNER,
  type Scenario,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

function crossing(): { readonly talk: Scenario; readonly begins: (number | undefined)[] } {
  const talk = scenario();
  const other = talk.newSa("responder");
  const [first] = talk.at(0).initiator.sends(ikeSaInit());
  const [second] = talk.at(0.01).responder.sends(ikeSaInit({ sa: other }));
  talk.at(0.05).responder.sends(ikeSaInitAnswer());
  talk.at(0.06).initiator.sends(ikeSaInitAnswer({ sa: other }));
  talk.at(0.1).initiator.sends(ikeAuth());
  talk.at(0.11).responder.sends(ikeAuth({ sa: other }));
  talk.at(0.15).responder.sends(ikeAuthAnswer());
  talk.at(0.16).initiator.sends(ikeAuthAnswer({ sa: other }));
  const judged = { talk, begins: [] as (number | undefined)[] };
  talk.judge();
  judged.begins.push(first?.number, second?.number);
  return judged;
}

const moments = Array.from({ length: 30 }, (_, index) => 1 + index);

describe("simultaneous-initiation", () => {
  it("warns of two setups that cross and both come up", () => {
    const { talk, begins } = crossing();
    const found = finding(talk.endsAt(60).judge(), "simultaneous-initiation");
    expect(found.severity).toBe("warning");
    expect(evidence(found)).toEqual(begins);
  });

  it.each([
    ["only explains that one of them was deleted soon", 8, "info"],
    ["warns where an announcement as long as a delete follows at once, and both stay", 0.5, "warning"],
  ])("%s", (_name, second, severity) => {
    const { talk } = crossing();
    talk.at(second).initiator.sends(informational({ inner: INNER.deleteIke }));
    talk.at(second + 0.05).responder.sends(informationalAnswer());
    talk.at(...moments).initiator.esp();
    talk.at(...moments.map((moment) => moment + 0.02)).responder.esp();
    const found = finding(talk.endsAt(60).judge(), "simultaneous-initiation");
    expect(found.severity).toBe(severity);
  });

  it("says where the children are doubled and both carry traffic", () => {
    const { talk } = crossing();
    talk.at(...moments).initiator.esp({ spi: 0xc1000001 });
    talk.at(...moments).initiator.esp({ spi: 0xc1000002 });
    talk.at(...moments).responder.esp({ spi: 0xc2000001 });
    talk.at(...moments).responder.esp({ spi: 0xc2000002 });
    const judgement = talk.endsAt(60).judge();
    expect(finding(judgement, "simultaneous-initiation").headline).toContain("twice");
    expect(judgement.status).toBe("degraded");
  });

  it("stays silent about setups that follow one another", () => {
    const talk = scenario();
    setsUp(talk);
    setsUp(talk, { from: 1, sa: talk.newSa("responder") });
    expect(codes(talk.endsAt(60).judge())).not.toContain("simultaneous-initiation");
  });
});

describe("rekey-collision", () => {
  const collide = (talk: Scenario, from: number, turn: number) => {
    const frames = [
      ...talk.at(from).initiator.sends(createChild({ id: 2 + turn })),
      ...talk.at(from + 0.01).responder.sends(createChild({ id: turn })),
    ];
    talk.at(from + 0.05).responder.sends(createChildAnswer({ id: 2 + turn }));
    talk.at(from + 0.06).initiator.sends(createChildAnswer({ id: turn }));
    return frames;
  };

  it("warns, and counts", () => {
    const talk = scenario();
    setsUp(talk);
    const frames = collide(talk, 100, 0);
    const found = finding(talk.endsAt(150).judge(), "rekey-collision");
    expect(found.severity).toBe("warning");
    expect(evidence(found)).toEqual(frames.map(({ number }) => number));
    collide(talk, 200, 1);
    expect(finding(talk.endsAt(300).judge(), "rekey-collision").headline).toContain("2 times");
  });

  it("only explains where the capture ends before it tells how that was solved", () => {
    const talk = scenario();
    setsUp(talk);
    collide(talk, 100, 0);
    expect(finding(talk.endsAt(105).judge(), "rekey-collision").severity).toBe("info");
  });

  it("only explains where the IKE SA was rekeyed, and the old one and one of the new ones were deleted", () => {
    const talk = scenario();
    setsUp(talk);
    collide(talk, 100, 0);
    talk.at(100.1).initiator.sends(informational({ id: 3, inner: INNER.deleteIke }));
    talk.at(100.15).responder.sends(informationalAnswer({ id: 3 }));
    const spare = talk.newSa("responder");
    talk.at(100.2).responder.sends(informational({ sa: spare, id: 0, inner: INNER.deleteIke }));
    talk.at(100.25).initiator.sends(informationalAnswer({ sa: spare, id: 0 }));
    expect(finding(talk.endsAt(150).judge(), "rekey-collision").severity).toBe("info");
  });

  /** A collision at 20 s that is solved; ESP both ways before it, after it that of each side again. */
  const solved = (responderUntil: number, responderFrom: number): ReturnType<Scenario["judge"]> => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 20, "initiator");
    traffic(talk, 1, responderUntil, "responder");
    collide(talk, 20, 0);
    for (const [index, id] of [3, 4].entries()) {
      talk.at(20.1 + index / 10).initiator.sends(informational({ id, inner: INNER.deleteEsp }));
      talk.at(20.15 + index / 10).responder.sends(informationalAnswer({ id, inner: INNER.deleteEsp }));
    }
    talk.at(...every(0.5, 20.5, 50)).initiator.esp({ spi: 0xc1000010 });
    talk.at(...every(0.5, responderFrom, 50)).responder.esp({ spi: 0xc2000010 });
    return talk.endsAt(60).judge();
  };

  it("is a warning where the traffic of one side pauses with it, while that of the other side goes on", () => {
    const judgement = solved(20, 32);
    expect(finding(judgement, "rekey-collision").severity).toBe("warning");
    expect(judgement.status).toBe("degraded");
    expect(inEnglish(finding(judgement, "rekey-collision").summary)).toContain(
      "ESP of one side pauses with it",
    );
  });

  it.each([
    ["goes on both ways", 20, 20.6],
    ["pauses for 4 s on one side", 20, 24],
    ["of one side had ended before", 16, 32],
  ])("only explains where traffic %s", (_name, responderUntil, responderFrom) => {
    expect(finding(solved(responderUntil, responderFrom), "rekey-collision").severity).toBe("info");
  });

  it("stays silent about rekeys that follow one another", () => {
    const talk = scenario();
    setsUp(talk);
    talk.at(100).initiator.sends(createChild({ id: 2 }));
    talk.at(100.05).responder.sends(createChildAnswer({ id: 2 }));
    talk.at(100.1).responder.sends(createChild({ id: 0 }));
    talk.at(100.15).initiator.sends(createChildAnswer({ id: 0 }));
    expect(codes(talk.endsAt(150).judge())).not.toContain("rekey-collision");
  });
});

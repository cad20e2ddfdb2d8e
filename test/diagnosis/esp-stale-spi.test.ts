import { describe, expect, it } from "vitest";
import {
  accusations,
  codes,
  createChild,
  createChildAnswer,
  dialogue,
  evidence,
  every,
  faults,
  finding,
  informational,
  informationalAnswer,
  type Scenario,
  scenario,
  setsUp,
} from "../support/scenario/index.js";

const CODE = "esp-stale-spi";

/** A tunnel in use, which the responder deletes 40 s later. */
function deleted(talk: Scenario): void {
  setsUp(talk);
  dialogue(talk, every(1, 1, 40));
  talk.at(40).responder.sends(informational({ id: 0, inner: 8 }));
  talk.at(40.1).initiator.sends(informationalAnswer({ id: 0 }));
}

describe(CODE, () => {
  it("fires where ESP goes on after the peer deleted the IKE SA", () => {
    const talk = scenario();
    deleted(talk);
    const on = talk.at(...every(1, 41, 71)).initiator.esp();
    const judgement = talk.endsAt(90).judge();
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "critical", confidence: "likely" });
    expect(found.headline).toContain("after 198.51.100.20 deleted the IKE SA");
    expect(evidence(found)).toContain(on.at(-1)?.number);
    expect(faults(judgement)).toEqual([CODE]);
  });

  it("fires where the peer began anew and ESP still goes to the old SPI", () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(1, 1, 40));
    setsUp(talk, { from: 50, sa: talk.newSa("responder") });
    talk.at(...every(1, 51, 120)).responder.esp({ spi: 0xbeef });
    talk.at(...every(1, 51, 120)).initiator.esp();
    const judgement = talk.endsAt(130).judge();
    expect(finding(judgement, CODE).headline).toContain("began anew and uses other SPIs");
    expect(faults(judgement)).toEqual([CODE]);
  });

  it("is a warning where the sender uses a new SPI too by then", () => {
    const talk = scenario();
    deleted(talk);
    talk.at(...every(1, 41, 71)).initiator.esp();
    setsUp(talk, { from: 72, sa: talk.newSa() });
    dialogue(talk, every(1, 73, 90), { ask: { spi: 0xa2 }, answer: { spi: 0xb2 } });
    const judgement = talk.endsAt(100).judge();
    expect(finding(judgement, CODE).severity).toBe("warning");
    expect(faults(judgement)).toEqual([]);
  });
});

describe(`${CODE} is silent`, () => {
  it("where traffic ends with the delete", () => {
    const talk = scenario();
    deleted(talk);
    talk.at(40.2, 40.3).initiator.esp();
    const judgement = talk.endsAt(90).judge();
    expect(accusations(judgement)).toEqual([]);
    expect(codes(judgement)).toContain("sa-deleted-by-peer");
  });

  it("where ESP goes on both ways: an IKE SA that was rekeyed hands its children on", () => {
    const talk = scenario();
    deleted(talk);
    dialogue(talk, every(1, 41, 91));
    expect(accusations(talk.endsAt(120).judge())).toEqual([]);
  });

  it("where reports go on in a Child SA that a rekey of the IKE SA handed on, and nothing of the next one is seen yet", () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(1, 1, 39));
    talk.at(39.5).responder.sends(createChild({ id: 0 }));
    talk.at(39.6).initiator.sends(createChildAnswer({ id: 0, inner: 180 }));
    talk.at(39.65).responder.sends(informational({ id: 1, inner: 8 }));
    talk.at(39.7).initiator.sends(informationalAnswer({ id: 1 }));
    talk.at(...every(7, 41, 120)).initiator.esp();
    expect(codes(talk.endsAt(150).judge())).not.toContain(CODE);
  });

  it("where a re-authentication lets both SAs live for some seconds", () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(1, 1, 40));
    setsUp(talk, { from: 40, sa: talk.newSa("responder") });
    talk.at(...every(1, 41, 45)).initiator.esp();
    dialogue(talk, every(1, 45, 90), { ask: { spi: 0xa2 }, answer: { spi: 0xb2 } });
    expect(codes(talk.endsAt(120).judge())).not.toContain(CODE);
  });

  it("where an announcement of the length of a delete follows the setup", () => {
    const talk = scenario();
    setsUp(talk);
    talk.at(1).responder.sends(informational({ id: 0, inner: 8 }));
    talk.at(1.1).initiator.sends(informationalAnswer({ id: 0 }));
    dialogue(talk, [0.5, 0.8, 1.05]);
    talk.at(...every(1, 2, 30)).initiator.esp();
    expect(codes(talk.endsAt(60).judge())).not.toContain(CODE);
  });
});
